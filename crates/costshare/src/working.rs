//! The working of each pool, project and reserve figure.
use explain::{Step, read::Given};
use money::{Amount, exact_text, normal_text};

use crate::{
    Pool, PoolResult, Project, ProjectResult, Request, Reserve, ReserveResult, Status,
    reserve::cap_ratio,
};

const SPLIT_METHOD: &str = "hk-lsg-cost-apportionment-demo, CA-P5";
const EXEMPTION_METHOD: &str = "hk-lsg-cost-apportionment-demo, exemption";
const RESERVE_METHOD: &str = "hk-lsg-cost-apportionment-demo, reserve_check";

pub(crate) fn of(
    request: &Request,
    pools: &[PoolResult],
    projects: &[ProjectResult],
    reserve: Option<&ReserveResult>,
) -> Vec<Step> {
    let mut steps: Vec<Step> = request
        .pools
        .iter()
        .zip(pools)
        .map(|(pool, result)| pool_step(pool, result))
        .collect();
    steps.extend(
        request
            .projects
            .iter()
            .zip(projects)
            .map(|(project, result)| project_step(request, project, result)),
    );
    if let (Some(given), Some(result)) = (&request.reserve, reserve) {
        steps.push(reserve_step(given, result));
    }
    steps
}

fn pool_step(pool: &Pool, result: &PoolResult) -> Step {
    let basis = result
        .basis
        .values()
        .try_fold(Amount::ZERO, |sum, weight| {
            sum.checked_add(Amount::from_decimal(*weight))
        })
        .unwrap_or_default();
    let shares = result.shares.iter().map(|(activity, share)| {
        let id = format!("pool.{}.{activity}", pool.id);
        let Some(weight) = result.basis.get(activity) else {
            return Step::new(
                id,
                "costshare.left_out",
                "every project of the activity is exempt, so its weight leaves the basis",
                share.to_string(),
                EXEMPTION_METHOD,
            );
        };
        let exact = Amount::from_decimal(pool.amount.decimal())
            .checked_mul(*weight)
            .and_then(|product| product.ratio_to(basis))
            .map_or_else(|_| share.to_string(), |exact| exact_text(exact.decimal()));
        Step::new(
            id,
            "costshare.share",
            "amount × weight ÷ basis",
            exact,
            SPLIT_METHOD,
        )
        .with("amount", pool.amount.to_string())
        .with("weight", normal_text(*weight))
        .with("basis", basis.to_string())
        .rounded(format!(
            "{share}: cut to cents; cents left over go to the largest remainders, ties to the \
             activity whose id comes first in byte order"
        ))
    });
    Step::new(
        format!("pool.{}", pool.id),
        "costshare.pool",
        "sum of shares = total",
        result.total.to_string(),
        SPLIT_METHOD,
    )
    .with("basis", pool.basis.clone())
    .children(shares)
}

fn project_step(request: &Request, project: &Project, result: &ProjectResult) -> Step {
    let formula = match result.status {
        Status::Exempt => "financial year from 2025-26, scheme listed",
        Status::ExemptRetroactive => {
            "financial year 2024-25, scheme listed, started before 2025-04-01, continuing"
        }
        Status::InsideFsa => {
            "the proposal on employability is switched on: inside the Funding and Service Agreement"
        }
        Status::Apportion => "no exemption applies",
        Status::NeedsInformation => "a fact is unknown, and unknown is never an exemption",
    };
    let unknown: Vec<&str> = result.unknown.iter().map(|fact| fact.code()).collect();
    let scheme = match &project.scheme {
        Given::Missing => "unknown",
        Given::None => "none",
        Given::Some(scheme) => scheme,
    };
    let end = match project.end {
        Given::Missing => "unknown".to_owned(),
        Given::None => "open-ended".to_owned(),
        Given::Some(end) => end.to_string(),
    };
    let start = project
        .start
        .map_or_else(|| "unknown".to_owned(), |day| day.to_string());
    let step = Step::new(
        format!("project.{}", project.id),
        "costshare.exemption",
        formula,
        result.status.word(),
        EXEMPTION_METHOD,
    )
    .with("financial_year", request.financial_year.to_string())
    .with("scheme", scheme)
    .with("start", start)
    .with("end", end);
    if unknown.is_empty() {
        step
    } else {
        step.with("unknown", unknown.join(", "))
    }
}

fn reserve_step(given: &Reserve, result: &ReserveResult) -> Step {
    let exact = given
        .cap_exact()
        .map_or_else(|_| result.cap.to_string(), exact_text);
    let cap = Step::new(
        "reserve.cap",
        "costshare.reserve_cap",
        "(operating expenditure − Provident Fund expenditure) × cap ratio",
        exact,
        RESERVE_METHOD,
    )
    .with(
        "operating_expenditure",
        given.operating_expenditure.to_string(),
    )
    .with(
        "provident_fund_expenditure",
        given.provident_fund_expenditure.to_string(),
    )
    .with("cap_ratio", normal_text(cap_ratio()))
    .rounded("2 places, half away from zero");
    Step::new(
        "reserve.excess",
        "costshare.reserve_excess",
        "the larger of reserve − cap and 0",
        result.excess.to_string(),
        RESERVE_METHOD,
    )
    .with("reserve", given.lsg_reserve.to_string())
    .with("cap", result.cap.to_string())
    .child(cap)
}
