//! What purchases come to: by department and category, the commonest reasons for refusing, and
//! what is committed but not paid yet, by month.
use std::{cmp::Reverse, collections::BTreeMap};

use access::{Action, Actor};
use money::{Amount, MoneyError};
use procurement::policy::{Action as Step, Deed, Stage};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, ForecastView, PurchaseAnalysisView, PurchaseGroupView,
    RefusalCountView,
    purchase_act::funded,
    purchase_book::{Book, Bought},
    purchase_read::label,
};

/// Counts and sums over the purchases of one project, or of all.
pub async fn purchase_analysis(
    casework: &Casework,
    actor: &Actor,
    application: Option<Uuid>,
) -> CaseResult<PurchaseAnalysisView> {
    let mut tx = casework.begin(actor, Action::PurchaseRead).await?;
    if let Some(application) = application {
        funded(&mut tx, application).await?;
    }
    let book = Book::load(casework, &mut tx).await?;
    tx.end_read().await?;
    let bought: Vec<&Bought> = book
        .bought
        .iter()
        .filter(|bought| application.is_none_or(|only| bought.application == only))
        .collect();
    let body = book
        .policies
        .first()
        .map_or(&Value::Null, |(row, _)| &row.body);
    let of = |key: &str, list: &str| {
        groups(&book, &bought, body, (key, list)).map_err(CaseError::internal)
    };
    Ok(PurchaseAnalysisView {
        departments: of("department", "departments")?,
        categories: of("category", "categories")?,
        refusals: refusals(&book, &bought, body),
        forecast: forecast(&bought).map_err(CaseError::internal)?,
    })
}

fn count(book: &Book, bought: &Bought, deed: Deed) -> usize {
    let acts = book.acts_of(bought.id).iter();
    acts.filter(|act| act.action == deed.word()).count()
}

fn groups(
    book: &Book,
    bought: &[&Bought],
    body: &Value,
    (key, list): (&str, &str),
) -> Result<Vec<PurchaseGroupView>, MoneyError> {
    let mut groups: BTreeMap<String, PurchaseGroupView> = BTreeMap::new();
    for bought in bought {
        let code = bought.stated.request[key].as_str().unwrap_or_default();
        let group = groups
            .entry(code.to_owned())
            .or_insert_with(|| PurchaseGroupView {
                code: code.to_owned(),
                label: label(body, list, code),
                requested: 0,
                refused: 0,
                returned: 0,
                estimated: Amount::ZERO,
                committed: Amount::ZERO,
                paid: Amount::ZERO,
            });
        let add = |sum: Amount, part: Option<Amount>| sum.checked_add(part.unwrap_or_default());
        group.requested = group.requested.saturating_add(1);
        group.refused = group
            .refused
            .saturating_add(count(book, bought, Deed::Refuse));
        group.returned = group
            .returned
            .saturating_add(count(book, bought, Deed::Return));
        group.estimated = add(group.estimated, bought.state.amount_of(Step::Request))?;
        group.committed = add(group.committed, bought.committed())?;
        group.paid = add(group.paid, bought.state.amount_of(Step::Payment))?;
    }
    Ok(groups.into_values().collect())
}

fn refusals(book: &Book, bought: &[&Bought], body: &Value) -> Vec<RefusalCountView> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for act in bought.iter().flat_map(|bought| book.acts_of(bought.id)) {
        let deed = Deed::from_word(&act.action);
        for code in &act.reasons {
            let (refused, returned) = counts.entry(code).or_default();
            match deed {
                Some(Deed::Refuse) => *refused = refused.saturating_add(1),
                Some(Deed::Return) => *returned = returned.saturating_add(1),
                Some(Deed::Step(_) | Deed::Waive | Deed::DeclareInterest) | None => {}
            }
        }
    }
    let mut listed: Vec<RefusalCountView> = counts
        .into_iter()
        .filter(|(_, (refused, returned))| refused.saturating_add(*returned) > 0)
        .map(|(code, (refused, returned))| {
            let category = body["refusal_reasons"][code]["category"].as_str();
            RefusalCountView {
                code: code.to_owned(),
                label: label(body, "refusal_reasons", code),
                category: label(body, "refusal_categories", category.unwrap_or_default()),
                refused,
                returned,
            }
        })
        .collect();
    listed.sort_by_key(|row| {
        (
            Reverse(row.refused.saturating_add(row.returned)),
            row.code.clone(),
        )
    });
    listed
}

fn forecast(bought: &[&Bought]) -> Result<Vec<ForecastView>, MoneyError> {
    // No month comes last: an empty first key would put it first.
    let mut months: BTreeMap<(bool, Option<String>), (usize, Amount)> = BTreeMap::new();
    for bought in bought
        .iter()
        .filter(|bought| bought.state.stage() == Stage::Open)
    {
        let Some(committed) = bought.committed() else {
            continue;
        };
        let month = bought.stated.request["needed_on"]
            .as_str()
            .and_then(|day| day.get(..7))
            .map(str::to_owned);
        let (count, sum) = months.entry((month.is_none(), month)).or_default();
        *count = count.saturating_add(1);
        *sum = sum.checked_add(committed)?;
    }
    let rows = months
        .into_iter()
        .map(|((_, month), (count, amount))| ForecastView {
            month,
            count,
            amount,
        });
    Ok(rows.collect())
}
