//! Every mutation of the schema, done: it leaves exactly one entry in the audit trail, and none when it is refused
//! (trust 29); with a key it is done once, however often and however fast it is sent (trust 27).
use std::collections::BTreeSet;

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::World;
use uuid::Uuid;

use crate::{
    drafting::{EDITOR, ENDORSER, FINANCE, OPEN_ROUND, PAST_ROUND, complete_draft},
    files::attached,
    isolation::{EVERYBODY, OTHER_FUNDER, has_right, mutations},
    proxies::proposal,
    purchases::{self, AWARDED, OTHER_HEAD, project, quotations},
    registration::new_notice,
    rules::{CHAIR, OFFICER},
};

const APPROVER: &str = "approver@funder.example";

/// How often a deed with a key is sent at the same time.
const TRIES: usize = 20;
const KEY: &str = "idempotencyKey";

/// What was done so far, and what can be done at all.
struct Deeds {
    world: World,
    sdl: String,
    /// How often what has a key is sent.
    tries: usize,
    done: BTreeSet<String>,
}

impl Deeds {
    async fn new(tries: usize) -> Self {
        Self {
            world: World::seeded().await,
            sdl: api::schema_sdl(),
            tries,
            done: BTreeSet::new(),
        }
    }

    async fn entries(&self, actor: Uuid) -> i64 {
        let count = "select count(*) from tenant.audit_entries where actor_id = $1 and action not like '%\\_read'";
        sqlx::query_scalar(count)
            .bind(actor)
            .fetch_one(self.world.sql())
            .await
            .unwrap()
    }

    /// What was answered, after counting what it left.
    async fn tried(&mut self, who: &str, name: &str, document: &str, variables: Value) -> Value {
        let actor = self.world.actor(who).await.user.0;
        let client = self.world.graphql(Some(who)).await;
        let has_key = variables["input"][KEY].is_string();
        let tries = if has_key { self.tries } else { 1 };
        let before = self.entries(actor).await;
        let sent = (0..tries).map(|_| client.send(document, variables.clone()));
        let mut answers = futures_util::future::join_all(sent).await;
        answers.dedup();
        assert_eq!(answers.len(), 1, "{name}: {answers:?}");
        let answer = answers.remove(0);
        let left = self.entries(actor).await - before;
        let done = answer["errors"].is_null() && answer["data"][name]["problems"] == json!([]);
        assert_eq!(left, i64::from(done), "{name}: {answer}");
        if done {
            self.done.insert(name.to_owned());
            if has_key {
                let other = client.send(document, another(variables)).await;
                let problem = &other["data"][name]["problems"][0];
                assert_eq!(problem["code"], "idempotency_key_reused", "{name}: {other}");
            }
        }
        answer
    }

    /// Does it with this input; it must be done.
    async fn deed(&mut self, who: &str, name: &str, input: Value) {
        let opening = format!("\t{name}(input: ");
        let kind = self.sdl.split_once(&opening).unwrap().1;
        let kind = kind.split_once(')').unwrap().0;
        let made = match name {
            "applicationStart" | "applicationSubmit" | "outturnSend" | "appealSend" => {
                "application { id }"
            }
            "purchaseRequest" => "purchase { id }",
            "proxyPropose" => "proposal { id }",
            _ => "",
        };
        let document = format!(
            "mutation($input: {kind}) {{ {name}(input: $input) {{ {made} problems {{ code path message }} }} }}"
        );
        let answer = self
            .tried(who, name, &document, json!({"input": input}))
            .await;
        assert!(self.done.contains(name), "{name}: {answer}");
    }

    /// The id that a statement finds.
    async fn id(&self, statement: &str) -> Uuid {
        sqlx::query_scalar(AssertSqlSafe(statement.to_owned()))
            .fetch_one(self.world.sql())
            .await
            .unwrap()
    }

    /// Every mutation that is done with one id, by the first who may; whoever is refused leaves nothing.
    async fn with_an_id(&mut self) {
        for (field, id, owner) in mutations(&self.world).await {
            if self.tries > 1 && !(field.variables)(id)["input"][KEY].is_string() {
                continue;
            }
            for address in EVERYBODY {
                if address == OTHER_FUNDER {
                    continue;
                }
                let actor = self.world.actor(address).await;
                if !has_right(Some(&actor), field, owner) {
                    continue;
                }
                let variables = (field.variables)(id);
                let answer = self
                    .tried(address, field.name, field.document, variables)
                    .await;
                if answer["data"][field.name]["problems"] == json!([]) {
                    break;
                }
            }
        }
    }

    async fn of_an_applicant(&mut self) {
        let actor = self.world.actor(ENDORSER).await;
        let start = json!({"roundId": OPEN_ROUND, "idempotencyKey": Uuid::now_v7()});
        self.deed(EDITOR, "applicationStart", start).await;
        let draft = complete_draft(&self.world, &actor).await;
        let upload =
            json!({"applicationId": draft, "kind": "QUOTATION", "name": "a.pdf", "bytes": 1000});
        self.deed(EDITOR, "fileUploadGrant", upload).await;
        let file = attached(&self.world, ENDORSER, draft).await;
        self.deed(EDITOR, "fileRemove", json!({"fileId": file}))
            .await;
        let submit = json!({"applicationId": draft, "idempotencyKey": Uuid::now_v7()});
        self.deed(ENDORSER, "applicationSubmit", submit).await;
        let mut proxy = proposal();
        proxy["name"]["en"] = json!("Another walk");
        self.deed(FINANCE, "proxyPropose", proxy).await;
    }

    /// What came of it, what was bought, and an appeal.
    async fn of_an_awarded_project(&mut self) {
        // As if nothing had been reported yet.
        for forget in [
            "alter table tenant.received_outturns disable trigger user; delete from tenant.received_outturns",
            "alter table tenant.outturns disable trigger user; delete from tenant.outturns",
        ] {
            self.world.arrange(forget).await;
        }
        let application = project(&self.world, AWARDED).await;
        let own = self.world.graphql(Some(ENDORSER)).await;
        let forecast = "query($id: ID!) { application(id: $id) { outturn { forecast } } }";
        let forecast = own.ask(forecast, json!({"id": application})).await;
        let save = json!({"applicationId": application, "expectedVersion": 0,
                          "content": forecast["application"]["outturn"]["forecast"]});
        self.deed(ENDORSER, "outturnSave", save).await;
        let send = json!({"applicationId": application, "idempotencyKey": Uuid::now_v7()});
        self.deed(ENDORSER, "outturnSend", send).await;

        let request = json!({"applicationId": application, "lineId": "b2", "note": "", "interest": false,
                             "content": purchases::content("chairs", "30000.00"), "idempotencyKey": Uuid::now_v7()});
        self.deed(EDITOR, "purchaseRequest", request).await;
        let purchase = self
            .id("select purchase_id from tenant.purchases order by purchase_id desc limit 1")
            .await;
        let award = json!({"purchaseId": purchase, "deed": "AWARD", "expectedSeq": 1, "interest": false,
                           "content": quotations(2, "28000.00"), "reasons": [], "note": ""});
        self.deed(ENDORSER, "purchaseAct", award).await;
        let finance = self.world.graphql(Some(FINANCE)).await;
        let policy = finance
            .ask("{ purchasePolicy { version body } }", json!({}))
            .await["purchasePolicy"]
            .take();
        let policy = json!({"body": policy["body"], "expectedVersion": policy["version"]});
        self.deed(FINANCE, "purchasePolicySave", policy).await;

        let appeal = json!({"applicationId": application, "grounds": "Line b2 was not read.",
                            "idempotencyKey": Uuid::now_v7()});
        self.deed(ENDORSER, "appealSend", appeal).await;
        let appeal = self
            .id("select appeal_id from tenant.received_appeals order by received_at desc limit 1")
            .await;
        let approver = self.world.graphql(Some(APPROVER)).await;
        let bundle = "query($id: ID!) { appealBundle(appealId: $id) { sha256 } }";
        let bundle = approver.ask(bundle, json!({"id": appeal})).await;
        let decide = json!({"appealId": appeal, "outcome": "UPHELD", "reason": "It was not read.",
                            "bundleSha256": bundle["appealBundle"]["sha256"]});
        self.deed(APPROVER, "appealDecide", decide).await;
    }

    async fn of_a_funder(&mut self) {
        self.world
            .arrange("update published.rounds set closes_at = now() where stage = 'open'")
            .await;
        self.deed(OFFICER, "roundClose", json!({"roundId": OPEN_ROUND}))
            .await;
        self.world.run_jobs().await;
        let newest = format!(
            "select ranking_id from tenant.rankings where round_id = '{PAST_ROUND}' order by ranking_id desc limit 1"
        );
        let newest = self.id(&newest).await;
        self.deed(CHAIR, "rankingAdopt", json!({"rankingId": newest}))
            .await;
        let chair = self.world.actor(CHAIR).await;
        let programme = self
            .id("select programme_id from published.programme_versions limit 1")
            .await;
        let casework = self.world.casework();
        let draft = casework::rule_draft_start(casework, &chair, programme, "later")
            .await
            .unwrap();
        let publish = json!({"id": draft.id, "expectedVersion": 1, "version": "latest", "note": "For this test.",
                             "effectiveFrom": "2025-02-01"});
        self.deed(CHAIR, "ruleDraftPublish", publish).await;
        let apply = json!({"roundId": PAST_ROUND, "version": "latest", "reason": "For this test."});
        self.deed(CHAIR, "roundRulesApply", apply).await;
    }

    /// Roles that sign, given by one and confirmed by another; and a notice that everybody reads anew.
    async fn of_people(&mut self) {
        let invite = json!({"email": "another@kestrel.example", "roles": ["NGO_ENDORSER"]});
        self.deed(ENDORSER, "invitationSend", invite).await;
        let invitation = self
            .id("select invitation_id from identity.invitations where email = 'another@kestrel.example'")
            .await;
        let confirm = json!({"invitationId": invitation});
        self.deed(OTHER_HEAD, "invitationConfirm", confirm).await;
        let finance = self.world.actor(FINANCE).await.user.0;
        let change = json!({"userId": finance, "roles": ["NGO_FINANCE", "NGO_ENDORSER"]});
        self.deed(ENDORSER, "membershipChange", change).await;
        let change = format!(
            "select change_id from identity.role_changes where user_id = '{finance}' and answered_at is null"
        );
        let change = self.id(&change).await;
        let answer = json!({"changeId": change, "confirm": true});
        self.deed(OTHER_HEAD, "membershipAnswer", answer).await;
        new_notice(&self.world, "2").await;
        self.deed(EDITOR, "noticeAgree", json!({"version": "2"}))
            .await;
    }
}

/// The same request with something else in it.
fn another(mut variables: Value) -> Value {
    let input = variables["input"].as_object_mut().unwrap();
    let words = ["grounds", "note", "reason", "source"];
    if let Some(word) = words.iter().find(|word| input.contains_key(**word)) {
        input[*word] = json!("Other words.");
    } else {
        let (_, id) = input
            .iter_mut()
            .find(|(name, _)| name.ends_with("Id"))
            .unwrap();
        *id = json!(Uuid::new_v4());
    }
    variables
}

/// The lines between the opening of a type and its end.
fn lines_of<'a>(sdl: &'a str, opening: &str) -> impl Iterator<Item = &'a str> {
    let body = sdl.split_once(opening).unwrap().1;
    body.split_once("\n}").unwrap().0.lines().map(str::trim)
}

/// The name and the input of everything that the schema lets anybody do.
fn all_of(sdl: &str) -> impl Iterator<Item = (String, &str)> {
    lines_of(sdl, "type Mutation {").filter_map(|line| {
        let (name, input) = line.split_once("(input: ")?;
        Some((name.to_owned(), input.split_once('!')?.0))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_29_every_mutation_leaves_one_entry_or_none_when_it_is_refused() {
    let mut deeds = Deeds::new(1).await;
    deeds.with_an_id().await;
    deeds.of_an_applicant().await;
    deeds.of_an_awarded_project().await;
    deeds.of_people().await;
    deeds.of_a_funder().await;
    let all: BTreeSet<String> = all_of(&deeds.sdl).map(|(name, _)| name).collect();
    assert_eq!(deeds.done, all);
    println!("trust-29 pass {} mutations, 1 entry each", deeds.done.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_27_whatever_has_a_key_is_done_once_however_often_it_is_sent_at_once() {
    let mut deeds = Deeds::new(TRIES).await;
    deeds.with_an_id().await;
    deeds.of_an_applicant().await;
    deeds.of_an_awarded_project().await;
    let keyed: BTreeSet<String> = all_of(&deeds.sdl)
        .filter(|(_, input)| {
            let opening = format!("input {input} {{");
            lines_of(&deeds.sdl, &opening).any(|line| line.starts_with(KEY))
        })
        .map(|(name, _)| name)
        .collect();
    let missing: Vec<&String> = keyed.difference(&deeds.done).collect();
    assert!(missing.is_empty(), "{missing:?} were not done");
    println!(
        "trust-27 pass {} mutations with a key, {TRIES} tries each: 1 effect, equal answers, another body refused",
        keyed.len()
    );
}
