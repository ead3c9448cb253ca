//! What the record says of an organisation in one financial year, as its papers show it: loaded by the machine's owner,
//! because forms read these facts and never ask for them. Only facts of the record are taken; what follows from others
//! (size band, awards to date) is worked out.
use explain::{
    Problem, Problems, Text,
    json::Json,
    read::{self, Fields},
};
use serde_json::{Value, json};
use store::{
    AuditEntry, TenantTx,
    organisations::{self, FactRow},
    tenants,
};

use crate::{CaseError, CaseResult, Casework, FactView, rule_catalogue::FactSources};

/// Where facts of the record come from, as the catalogue says it.
const OF_THE_RECORD: &str = "organisation_record";
/// Numbers of registers come with the registration.
const IDENTIFIERS: &str = "org.identifiers";
/// How far a fact is to be believed.
const PROVENANCES: [(&str, &str); 2] = [("declared", "declared"), ("verified", "verified")];

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationFactsLoaded {
    /// The organisation's English name.
    pub organisation: String,
    /// The financial year.
    pub financial_year: String,
    /// How many facts.
    pub facts: usize,
}

/// A body that could be read, before the catalogue has looked at it.
struct Stated {
    organisation: String,
    financial_year: String,
    provenance: &'static str,
    source: String,
    facts: Vec<(String, Json)>,
}

/// Loads `{"organisation":"Tin Hau Test Society","financial_year":"2024-25","provenance":"verified","source":"…",
/// "facts":{"org.subvention_mode":"lsg",…}}`; a fact that is there already for that year is replaced.
pub async fn organisation_facts_load(
    casework: &Casework,
    body: &Json,
) -> CaseResult<OrganisationFactsLoaded> {
    let stated = stated(body)?;
    let named = tenants::of_name(&casework.databases.identity, &stated.organisation).await?;
    let [tenant] = named.as_slice() else {
        return Err(CaseError::problem(
            "organisation_unknown",
            "organisation",
            format!(
                "organisation \"{}\" is the English name of {} NGOs; give the name of one as it was registered.",
                stated.organisation,
                named.len()
            ),
        ));
    };
    let tenant = access::TenantId(*tenant);
    let mut tx = TenantTx::begin(&casework.databases.app, tenant).await?;
    let known = FactSources::load(&mut tx)
        .await?
        .views(&Value::Null, &Value::Null);
    let facts = checked(&stated, &known)?;
    let own = organisations::own(&mut tx)
        .await?
        .ok_or(CaseError::NotFound)?;
    for fact in &facts {
        organisations::fact_keep(&mut tx, own.organisation_id, fact).await?;
    }
    let paths: Vec<&str> = facts.iter().map(|fact| fact.path.as_str()).collect();
    let detail = json!({"financial_year": stated.financial_year, "provenance": stated.provenance,
                        "source": stated.source, "facts": paths});
    let entry = AuditEntry {
        actor: None,
        actor_name: "operator".to_owned(),
        action: "organisation_facts_load",
        subject_kind: "organisation",
        subject: own.organisation_id,
        detail,
    };
    casework.commit(tx, entry, &[]).await?;
    Ok(OrganisationFactsLoaded {
        organisation: stated.organisation,
        financial_year: stated.financial_year,
        facts: facts.len(),
    })
}

fn stated(body: &Json) -> Result<Stated, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    let known = [
        "organisation",
        "financial_year",
        "provenance",
        "source",
        "facts",
    ];
    fields.refuse_unknown(&known, &mut problems);
    let organisation = fields.text("organisation", &mut problems);
    let year = fields.want("financial_year", &mut problems, read::financial_year);
    let provenance = fields.want("provenance", &mut problems, |json, path, problems| {
        read::one_of(json, path, &PROVENANCES, problems)
    });
    let source = fields.text("source", &mut problems);
    let facts = fields.want("facts", &mut problems, |json, path, problems| {
        let inner = Fields::of(json, path, problems);
        let all: Vec<(String, Json)> = inner
            .keys()
            .filter_map(|key| Some((key.to_owned(), inner.get(key)?.clone())))
            .collect();
        if all.is_empty() {
            problems.add(
                "missing",
                path,
                format!(
                    "{path} is empty; give at least one, such as \"org.subvention_mode\": \"lsg\"."
                ),
            );
        }
        Some(all)
    });
    let all = organisation
        .zip(year)
        .zip(provenance)
        .zip(source)
        .zip(facts);
    let ((((organisation, financial_year), provenance), source), facts) =
        problems.into_result(all)?;
    Ok(Stated {
        organisation,
        financial_year: financial_year.to_string(),
        provenance,
        source,
        facts,
    })
}

fn checked(stated: &Stated, known: &[FactView]) -> Result<Vec<FactRow>, Problems> {
    let mut problems = Problems::new();
    let mut rows = Vec::new();
    let takes =
        |fact: &&FactView| fact.provenance == OF_THE_RECORD && !fact.path.starts_with(IDENTIFIERS);
    for (path, value) in &stated.facts {
        let at = format!("facts.{path}");
        let Some(fact) = known.iter().filter(takes).find(|fact| fact.path == *path) else {
            let paths: Vec<&str> = known
                .iter()
                .filter(takes)
                .map(|fact| fact.path.as_str())
                .collect();
            let message = format!(
                "{at} is no fact of the record; those are {}.",
                paths.join(", ")
            );
            problems.push(Problem::new("fact_unknown", &at, message));
            continue;
        };
        let read = match fact.kind.as_str() {
            "hkd" => whole_cents(value, &at, &mut problems),
            "financial_year" => {
                read::financial_year(value, &at, &mut problems).map(|year| year.to_string())
            }
            _ => code(&fact.options, value, &at, &mut problems),
        };
        if let Some(text) = read {
            rows.push(FactRow {
                financial_year: stated.financial_year.clone(),
                path: path.clone(),
                value: Value::String(text),
                provenance: stated.provenance.to_owned(),
            });
        }
    }
    problems.into_result(Some(rows))
}

fn code(
    known: &[(String, Text)],
    json: &Json,
    path: &str,
    problems: &mut Problems,
) -> Option<String> {
    let codes: Vec<(&str, &str)> = known
        .iter()
        .map(|(code, _)| (code.as_str(), code.as_str()))
        .collect();
    read::one_of(json, path, &codes, problems).map(str::to_owned)
}

/// Whole cents, as text; a reserve may be below nothing.
fn whole_cents(json: &Json, path: &str, problems: &mut Problems) -> Option<String> {
    let amount = read::decimal(json, path, problems)?;
    if amount.normalize().scale() > 2 {
        problems.add(
            "fraction_of_cent",
            path,
            format!("{path} is not a whole number of cents; write it like \"50000.00\"."),
        );
        return None;
    }
    Some(money::fixed_text(amount, 2))
}
