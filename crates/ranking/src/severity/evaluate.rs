//! From reviews to severities, adjusted levels, outliers and what to look at.
use std::collections::{BTreeMap, BTreeSet};

use explain::Problems;
use money::{Decimal, round_half_away};

use super::{
    ApplicationLevel, Dimension, Flag, Outlier, Overall, Request, ReviewerSeverity, Severity, Why,
    design::Design,
    read::check,
    solve::{Inverses, Solved},
};
use crate::square_root::square_root;

/// Digits after the point of a mean or an estimate.
const PLACES: u32 = 6;

/// Estimates every dimension by itself.
pub fn evaluate(request: &Request) -> Result<Severity, Problems> {
    let problems = check(request);
    if !problems.is_empty() {
        return Err(problems);
    }
    let ids: BTreeSet<&str> = request
        .reviews
        .iter()
        .flat_map(|review| review.scores.keys().map(String::as_str))
        .collect();
    let mut inverses = Inverses::default();
    let dimensions: Option<Vec<Dimension>> = ids
        .into_iter()
        .map(|id| dimension(request, id, &mut inverses))
        .collect();
    let mut problems = Problems::new();
    if dimensions.is_none() {
        problems.add(
            "overflow",
            "reviews",
            "The levels are too large to compute exactly; use levels such as \"0\" to \"5\".",
        );
    }
    let dimensions = problems.into_result(dimensions)?;
    Ok(Severity {
        reviewers: overall(&dimensions),
        flags: flags(&dimensions),
        dimensions,
    })
}

fn dimension(request: &Request, id: &str, inverses: &mut Inverses) -> Option<Dimension> {
    let design = Design::of(request, id);
    let solved = Solved::of(&design, inverses)?;
    let degrees_of_freedom = design.degrees_of_freedom();
    let why = if design.parts.len() > 1 {
        Some(Why::NotConnected)
    } else if degrees_of_freedom == 0 {
        Some(Why::NoSpare)
    } else {
        None
    };
    let residual_sd = if why.is_none() {
        let variance = solved
            .residual_squares
            .checked_div(Decimal::from(degrees_of_freedom))?;
        Some(square_root(variance)?)
    } else {
        None
    };
    let error = |factor: Option<Decimal>| -> Option<Option<Decimal>> {
        let Some(sd) = residual_sd else {
            return Some(None);
        };
        // Rounding may leave a hair below zero where there is none.
        let root = square_root(factor?.max(Decimal::ZERO))?;
        Some(Some(shown(sd.checked_mul(root)?)))
    };
    let mut reviewers = Vec::with_capacity(design.reviewers.len());
    let counts = design.reviews();
    for (place, (name, severity)) in design.reviewers.iter().zip(&solved.severities).enumerate() {
        reviewers.push(ReviewerSeverity {
            id: (*name).to_owned(),
            severity: shown(*severity),
            standard_error: error(solved.reviewer_factor(place))?,
            reviews: counts.get(place).copied().unwrap_or_default(),
        });
    }
    let mut applications = Vec::with_capacity(design.applications.len());
    let rows = design.levels.iter().zip(&solved.applications);
    for (name, (row, own)) in design.applications.iter().zip(rows) {
        let mut level = raw(request, &design, name, row)?;
        if why.is_none() {
            let kept = (*own).clamp(request.from, request.to);
            level.clamped = kept != *own;
            level.adjusted = Some(shown(kept));
            level.standard_error = error(solved.application_factor(row))?;
        }
        applications.push(level);
    }
    let name = |place: &usize| Some((*design.reviewers.get(*place)?).to_owned());
    Some(Dimension {
        id: id.to_owned(),
        why,
        parts: design
            .parts
            .iter()
            .map(|part| part.iter().filter_map(name).collect())
            .collect(),
        degrees_of_freedom,
        residual_sd: residual_sd.map(shown),
        reviewers,
        applications,
    })
}

fn shown(value: Decimal) -> Decimal {
    round_half_away(value, PLACES)
}

/// What the levels say before anything is adjusted.
fn raw(
    request: &Request,
    design: &Design<'_>,
    name: &str,
    row: &[(usize, Decimal)],
) -> Option<ApplicationLevel> {
    let sum = row
        .iter()
        .try_fold(Decimal::ZERO, |sum, (_, level)| sum.checked_add(*level))?;
    let levels = || row.iter().map(|(_, level)| *level);
    let (lowest, highest) = (levels().min()?, levels().max()?);
    let mut outliers = Vec::new();
    if row.len() > 1 {
        let others = Decimal::from(row.len() - 1);
        for (reviewer, level) in row {
            let mean = sum.checked_sub(*level)?.checked_div(others)?;
            let distance = level.checked_sub(mean)?.abs();
            if distance >= request.gap {
                outliers.push(Outlier {
                    reviewer: (*design.reviewers.get(*reviewer)?).to_owned(),
                    level: *level,
                    distance: shown(distance),
                });
            }
        }
    }
    Some(ApplicationLevel {
        id: name.to_owned(),
        raw: shown(sum.checked_div(Decimal::from(row.len()))?),
        adjusted: None,
        clamped: false,
        standard_error: None,
        lowest,
        highest,
        outliers,
    })
}

/// The mean of a reviewer's severities over the dimensions that could be adjusted.
fn overall(dimensions: &[Dimension]) -> Vec<Overall> {
    let mut found: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
    for dimension in dimensions {
        for reviewer in &dimension.reviewers {
            let severities = found.entry(&reviewer.id).or_default();
            if dimension.why.is_none() {
                severities.push(reviewer.severity);
            }
        }
    }
    found
        .into_iter()
        .map(|(id, severities)| {
            let sum: Decimal = severities.iter().sum();
            let mean = sum.checked_div(Decimal::from(severities.len()));
            Overall {
                id: id.to_owned(),
                severity: mean.map(shown),
                dimensions: severities.len(),
            }
        })
        .collect()
}

/// What somebody should look at, dimension by dimension.
fn flags(dimensions: &[Dimension]) -> Vec<Flag> {
    let mut flags = Vec::new();
    for dimension in dimensions {
        let mut flag = |code, reviewer: Option<&str>, application: Option<&str>| {
            flags.push(Flag {
                code,
                dimension: dimension.id.clone(),
                reviewer: reviewer.map(ToOwned::to_owned),
                application: application.map(ToOwned::to_owned),
            });
        };
        if let Some(why) = dimension.why {
            flag(why.word(), None, None);
        }
        for reviewer in &dimension.reviewers {
            // Two standard errors: about one in twenty by chance alone.
            let differs = reviewer.standard_error.is_some_and(|error| {
                error > Decimal::ZERO && reviewer.severity.abs() >= error * Decimal::TWO
            });
            if differs && dimension.why.is_none() {
                flag("severity", Some(&reviewer.id), None);
            }
        }
        for application in &dimension.applications {
            if application.clamped {
                flag("clamped", None, Some(&application.id));
            }
            for outlier in &application.outliers {
                flag("outlier", Some(&outlier.reviewer), Some(&application.id));
            }
        }
    }
    flags
}
