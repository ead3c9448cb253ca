//! The shortlist and letters as files: the same views that the screens show, in one plain shape for the
//! workbook and the page.
use access::{Action, Actor};
use explain::{Language, Text};
use money::{Decimal, Hkd, Share};
use print::{LetterPrint, PrintError};
use report::shortlist::{
    Adoption, CheckLine, CriterionLine, PriceLine, Run, SelectionLine, ShortlistLine,
    ShortlistSheet, SroiLine, Standing,
};
use store::{letters, published, received};
use uuid::Uuid;
use workbook::ExportError;

use crate::{
    CaseError, CaseResult, Casework, LetterView, RunRefView, SelectionView, ShortlistRowView,
    ShortlistView,
    assembly::hong_kong_day,
    context::deed,
    letter::{delivered_view, sent_view},
    names::name_read,
    rounds::own_round,
    shortlist::{shown, view},
};

/// Stands on paper for the name of somebody whose personal data was erased.
const ERASED: &str = "已刪除個人資料 person erased";

/// What a shortlist is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// With live sums.
    Workbook(Language),
    /// Tagged, with the run and its hash on every page.
    Page(Language),
}

/// The shown shortlist as a file, with the code of its round. That it was taken away is recorded.
pub async fn shortlist_export(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
    kind: PaperKind,
) -> CaseResult<(String, Vec<u8>)> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let row = own_round(&mut tx, actor, round).await?;
    let ranking = shown(&mut tx, &row).await?.ok_or(CaseError::NotFound)?;
    let view = view(&mut tx, &row, &ranking).await?;
    let programme = published::programme(&mut tx, row.programme_id, &view.rules_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    let word = |key: &str| programme.body[key].as_str().unwrap_or_default();
    let adopted = match &view.adopted {
        Some((by, at)) => Some(Adoption {
            by: Some(name_read(casework, by).await?)
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| ERASED.to_owned()),
            at: *at,
        }),
        None => None,
    };
    let sheet = sheet(
        (&view, adopted),
        row.code.clone(),
        Text::new(&row.name_en, &row.name_zh),
        Text::new(word("funder_en"), word("funder_zh")),
        word("label").starts_with("ILLUSTRATIVE"),
    )?;
    let detail = serde_json::json!({"ranking": view.ranking});
    let entry = deed(actor, "shortlist_export", "round", round, detail);
    casework.commit(tx, entry, &[]).await?;
    let code = row.code;
    let written = tokio::task::spawn_blocking(move || match kind {
        PaperKind::Workbook(language) => {
            workbook::shortlist::write(&sheet, language).map_err(unwritten)
        }
        PaperKind::Page(language) => print::shortlist_pdf(&sheet, language)
            .map(|printed| printed.pdf)
            .map_err(unprinted),
    });
    Ok((code, written.await.map_err(CaseError::internal)??))
}

fn unwritten(error: ExportError) -> CaseError {
    match error {
        ExportError::Problems(problems) => problems.into(),
        other @ ExportError::Writing(_) => CaseError::internal(other),
    }
}

fn unprinted(error: PrintError) -> CaseError {
    match error {
        PrintError::Problems(problems) => problems.into(),
        other => CaseError::internal(other),
    }
}

fn sheet(
    (view, adopted): (&ShortlistView, Option<Adoption>),
    round_code: String,
    round_name: Text,
    funder: Text,
    fictional: bool,
) -> CaseResult<ShortlistSheet> {
    let run = |kind: &str| view.runs.iter().find(|run| run.kind == kind).map(run_line);
    Ok(ShortlistSheet {
        round_code,
        round_name,
        funder,
        fictional,
        computed_at: view.computed_at,
        adopted,
        ranking_id: view.ranking.to_string(),
        rank_run: run("rank").ok_or(CaseError::NotFound)?,
        select_run: run("select"),
        rules_version: view.rules_version.clone(),
        budget: view.budget,
        committed: view.committed,
        left: view.left,
        criteria: view
            .weights
            .iter()
            .map(|weight| {
                Ok(CriterionLine {
                    id: weight.criterion.clone(),
                    name: weight.name.clone(),
                    weight: Share::try_from_decimal(weight.weight.decimal())
                        .map_err(CaseError::internal)?,
                    zero: weight.zero.decimal(),
                    hundred: weight.hundred.decimal(),
                })
            })
            .collect::<CaseResult<_>>()?,
        rows: view.rows.iter().map(line).collect::<CaseResult<_>>()?,
        selection: view.selection.as_ref().map(chosen).transpose()?,
        notes: Vec::new(),
    })
}

fn run_line(run: &RunRefView) -> Run {
    Run {
        id: run.id.to_string(),
        input_hash: run.input_hash.clone(),
        engine: format!("{} {}", ranking::ENGINE_NAME, run.engine_version),
    }
}

fn decimal(text: &str) -> CaseResult<Decimal> {
    money::decimal_from_text(text).map_err(CaseError::internal)
}

fn maybe(text: Option<&String>) -> CaseResult<Option<Decimal>> {
    text.map(|text| decimal(text)).transpose()
}

fn line(row: &ShortlistRowView) -> CaseResult<ShortlistLine> {
    let points = row.contributions.iter();
    Ok(ShortlistLine {
        rank: row.rank,
        reference: row.reference.clone(),
        organisation: row.organisation.clone(),
        title: row.title.clone(),
        size_band: row.size_band.as_str().to_owned(),
        districts: row
            .districts
            .iter()
            .map(|each| each.label.clone())
            .collect(),
        ask: row.ask,
        cumulative: row.cumulative,
        above_line: row.above_line,
        would_still_fit: row.would_still_fit,
        sroi: row.sroi.map(|(point, low, high)| SroiLine {
            point,
            low,
            high,
            assessed: row.sroi_assessed,
        }),
        score: maybe(row.score.as_ref())?,
        points: points
            .map(|(criterion, points)| Ok((criterion.clone(), decimal(points)?)))
            .collect::<CaseResult<_>>()?,
        stability: maybe(row.stability.as_ref())?,
        standing: row.standing.as_deref().and_then(standing),
        second_rank: row.second.as_ref().map(|(rank, _)| *rank),
        beside_rank: row.beside.as_ref().map(|(rank, _)| *rank),
        decision: row.decision.map(|outcome| outcome.as_str().to_owned()),
        decided_amount: row.decided_amount,
        selected_exact: row.selected_exact,
        level: row.funding_level.as_ref().map(|level| level.name.clone()),
    })
}

fn standing(word: &str) -> Option<Standing> {
    match word {
        "robustly_shortlisted" => Some(Standing::RobustlyShortlisted),
        "contested" => Some(Standing::Contested),
        "robustly_out" => Some(Standing::RobustlyOut),
        _ => None,
    }
}

fn chosen(selection: &SelectionView) -> CaseResult<SelectionLine> {
    let objective = Some(&selection.objective).filter(|text| !text.is_empty());
    Ok(SelectionLine {
        status: selection.status.clone(),
        objective: maybe(objective)?,
        spent: Hkd::try_from_text(&selection.spent).map_err(CaseError::internal)?,
        bound: maybe(selection.bound.as_ref())?,
        gap: maybe(selection.gap.as_ref())?,
        greedy_objective: decimal(&selection.greedy_objective)?,
        method: selection.method.clone(),
        checks: selection
            .checks
            .iter()
            .map(|(rule, value, limit, holds)| {
                Ok(CheckLine {
                    rule: rule.clone(),
                    value: decimal(value)?,
                    limit: decimal(limit)?,
                    holds: *holds,
                })
            })
            .collect::<CaseResult<_>>()?,
        prices: selection
            .price_of_fairness
            .iter()
            .map(|(rule, points, spent)| {
                Ok(PriceLine {
                    rule: rule.clone(),
                    points: maybe(points.as_ref())?,
                    spent: maybe(spent.as_ref())?,
                })
            })
            .collect::<CaseResult<_>>()?,
    })
}

/// A letter as a page: the funder's own, or one that was received.
pub async fn letter_export(
    casework: &Casework,
    actor: &Actor,
    letter: Uuid,
    language: Language,
) -> CaseResult<Vec<u8>> {
    let funder = access::may(actor, Action::ShortlistRead);
    let action = if funder {
        Action::ShortlistRead
    } else {
        Action::ApplicationRead
    };
    let mut tx = casework.begin(actor, action).await?;
    let (view, round) = if funder {
        let row = letters::find(&mut tx, letter)
            .await?
            .ok_or(CaseError::NotFound)?;
        let received = received::find(&mut tx, row.submission_id)
            .await?
            .ok_or(CaseError::NotFound)?;
        (sent_view(&row)?, received.round_id)
    } else {
        let row = letters::find_delivered(&mut tx, letter)
            .await?
            .ok_or(CaseError::NotFound)?;
        let application = store::applications::find(&mut tx, row.application_id)
            .await?
            .ok_or(CaseError::NotFound)?;
        (delivered_view(&row)?, application.round_id)
    };
    let round = published::round(&mut tx, round)
        .await?
        .ok_or(CaseError::NotFound)?;
    let programme = published::programme(&mut tx, round.programme_id, &round.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    tx.end_read().await?;
    let key = match language {
        Language::En => "funder_en",
        Language::Zh => "funder_zh",
    };
    let funder = programme.body[key].as_str().unwrap_or_default().to_owned();
    let page = page(&view, funder, language)?;
    tokio::task::spawn_blocking(move || print::letter_pdf(&page).map(|printed| printed.pdf))
        .await
        .map_err(CaseError::internal)?
        .map_err(unprinted)
}

fn page(view: &LetterView, funder: String, language: Language) -> CaseResult<LetterPrint> {
    let text = match language {
        Language::En => &view.en,
        Language::Zh => &view.zh,
    };
    let sent = view.sent_at.ok_or(CaseError::NotFound)?;
    Ok(LetterPrint {
        funder,
        reference: view.reference.clone(),
        date: hong_kong_day(sent),
        subject: text.subject.clone(),
        paragraphs: text.paragraphs.clone(),
        language,
        letter_id: view.id.map(|id| id.to_string()).unwrap_or_default(),
        sha256: view.sha256.clone().unwrap_or_default(),
    })
}
