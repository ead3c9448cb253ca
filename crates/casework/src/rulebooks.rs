//! Reading a funder's rules: versions, open drafts, the rounds that run under them, and what
//! criteria may be made of.
use access::{Action, Actor};
use explain::Text;
use serde_json::Value;
use store::{
    TenantTx, published,
    rules::{self as rows, DraftRow, OwnProgrammeRow, VersionRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, RuleDraftView, RuleVersionView, RuleVocabularyView,
    RulebookRoundView, RulebookView,
    rank_round::current,
    rounds,
    rule_catalogue::{FactSources, Known, bilingual, catalogue},
    rule_check,
};

/// The actor's programmes.
pub async fn rulebooks(casework: &Casework, actor: &Actor) -> CaseResult<Vec<RulebookView>> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let mut books = Vec::new();
    for programme in rows::own_programmes(&mut tx).await? {
        books.push(book(&mut tx, &programme).await?);
    }
    tx.end_read().await?;
    Ok(books)
}

/// One of the actor's programmes.
pub async fn rulebook(
    casework: &Casework,
    actor: &Actor,
    programme: Uuid,
) -> CaseResult<RulebookView> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let own = own(&mut tx, programme).await?;
    let book = book(&mut tx, &own).await?;
    tx.end_read().await?;
    Ok(book)
}

/// One draft with what stands against publishing it.
pub async fn rule_draft(
    casework: &Casework,
    actor: &Actor,
    draft: Uuid,
) -> CaseResult<RuleDraftView> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let row = open_draft(&mut tx, draft).await?;
    let view = draft_view(&mut tx, row).await?;
    tx.end_read().await?;
    Ok(view)
}

/// What criteria of the actor's programmes may be made of.
pub async fn rule_vocabulary(casework: &Casework, actor: &Actor) -> CaseResult<RuleVocabularyView> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let sources = FactSources::load(&mut tx).await?;
    let mut newest = None;
    for programme in rows::own_programmes(&mut tx).await? {
        newest = rows::versions(&mut tx, programme.programme_id)
            .await?
            .into_iter()
            .next();
    }
    tx.end_read().await?;
    let (body, sections) =
        newest.map_or((Value::Null, Value::Null), |row| (row.body, row.sections));
    Ok(RuleVocabularyView {
        facts: sources.views(&body, &sections),
        groups: groups(&body),
    })
}

/// The headings in the order in which criteria use them.
fn groups(body: &Value) -> Vec<(String, Text)> {
    let mut found: Vec<(String, Text)> = Vec::new();
    for criterion in body["criteria"].as_array().into_iter().flatten() {
        if let Some(group) = criterion["group"].as_str()
            && !found.iter().any(|(code, _)| code == group)
        {
            let words = &body["words"][group];
            let label = if words.is_object() {
                bilingual(words)
            } else {
                Text::new(group, group)
            };
            found.push((group.to_owned(), label));
        }
    }
    found
}

/// A programme of the tenant; anybody else's does not exist here.
pub(crate) async fn own(tx: &mut TenantTx, programme: Uuid) -> CaseResult<OwnProgrammeRow> {
    let own = rows::own_programmes(tx).await?;
    own.into_iter()
        .find(|row| row.programme_id == programme)
        .ok_or(CaseError::NotFound)
}

/// A draft that can still be changed.
pub(crate) async fn open_draft(tx: &mut TenantTx, draft: Uuid) -> CaseResult<DraftRow> {
    rows::draft(tx, draft)
        .await?
        .filter(|row| row.state == "open")
        .ok_or(CaseError::NotFound)
}

/// The version with this name.
pub(crate) async fn version(
    tx: &mut TenantTx,
    programme: Uuid,
    version: &str,
) -> CaseResult<VersionRow> {
    rows::versions(tx, programme)
        .await?
        .into_iter()
        .find(|row| row.version == version)
        .ok_or(CaseError::NotFound)
}

/// What a draft may name, ready to check it against.
pub(crate) async fn known_to(
    tx: &mut TenantTx,
    body: &Value,
    sections: &Value,
) -> CaseResult<Known> {
    let sources = FactSources::load(tx).await?;
    Ok(Known {
        catalogue: catalogue(&sources.views(body, sections))?,
        codes: sources.codes(),
    })
}

pub(crate) async fn draft_view(tx: &mut TenantTx, row: DraftRow) -> CaseResult<RuleDraftView> {
    let base = version(tx, row.programme_id, &row.based_on).await?;
    let known = known_to(tx, &row.body, &row.sections).await?;
    let problems = rule_check::problems(
        &row.body,
        &row.sections,
        (&base.body, &base.sections),
        &known,
    );
    Ok(RuleDraftView {
        id: row.draft_id,
        programme_id: row.programme_id,
        based_on: row.based_on,
        body: row.body,
        sections: row.sections,
        version: row.version,
        updated_at: row.updated_at,
        updated_by: row.updated_by_name,
        problems,
    })
}

async fn book(tx: &mut TenantTx, programme: &OwnProgrammeRow) -> CaseResult<RulebookView> {
    let id = programme.programme_id;
    let versions = rows::versions(tx, id).await?;
    let newest = versions.first().ok_or(CaseError::NotFound)?;
    let word = |key: &str| newest.body[key].as_str().unwrap_or_default().to_owned();
    let (name, label) = (Text::new(word("name_en"), word("name_zh")), word("label"));
    let mut drafts = Vec::new();
    for row in rows::drafts(tx, id).await? {
        drafts.push(draft_view(tx, row).await?);
    }
    Ok(RulebookView {
        programme_id: id,
        code: programme.code.clone(),
        name,
        label,
        versions: versions.into_iter().map(version_view).collect(),
        drafts,
        rounds: rounds_of(tx, id).await?,
    })
}

fn version_view(row: VersionRow) -> RuleVersionView {
    RuleVersionView {
        version: row.version,
        effective_from: row.effective_from,
        known_from: row.known_from,
        published_at: row.published_at,
        published_by: row.published_by_name,
        note: row.note,
        body: row.body,
        sections: row.sections,
    }
}

async fn rounds_of(tx: &mut TenantTx, programme: Uuid) -> CaseResult<Vec<RulebookRoundView>> {
    let mut found = Vec::new();
    for row in published::rounds(tx).await? {
        if row.programme_id != programme {
            continue;
        }
        let view = rounds::view(&row)?;
        let received = current(tx, row.round_id).await?.len();
        let rescreenings = rows::rescreenings(tx, &[row.round_id]).await?;
        found.push(RulebookRoundView {
            id: view.id,
            code: view.code,
            name: view.name,
            stage: view.stage,
            version: view.programme_version,
            received,
            rescreenings: rescreenings.iter().map(|row| row.rescreening_id).collect(),
        });
    }
    Ok(found)
}
