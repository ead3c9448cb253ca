//! A second opinion: TOPSIS (Hwang and Yoon 1981) on the raw scores with vector normalisation. It
//! depends on who else applied, which is why it never gives the official rank.
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use money::{Decimal, exact_text, fixed_text};
use serde_json::{Value, json};

use super::{
    Criterion, Direction, Line, Ranked, Request, agreement,
    evaluate::{by_keys, equal_scale},
    line,
    shares::SHARE_PLACES,
};
use crate::square_root::square_root;

/// What TOPSIS says about everybody, and how far it agrees with the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondOpinion {
    /// In the order of the ranking.
    pub applications: Vec<Closeness>,
    /// Kendall's tau-b of the two ranks; `None` when everybody is equal in one of them.
    pub kendall_tau: Option<Decimal>,
    /// Spearman's rho of the two ranks.
    pub spearman: Option<Decimal>,
    /// How many stand above the line in both; `None` without a line.
    pub same_above_line: Option<u32>,
}

/// How close one application is to the best of every criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closeness {
    /// Id of the application.
    pub id: String,
    /// 0 is the worst of every criterion, 1 the best; `None` when a score is left out or missing,
    /// or everybody is alike.
    pub closeness: Option<Decimal>,
    /// Its place by closeness, equal ones share it.
    pub rank: Option<u32>,
    /// Criteria without a score.
    pub left_out: Vec<String>,
}

impl SecondOpinion {
    pub(super) fn to_json(&self) -> Value {
        let applications: Vec<Value> = self.applications.iter().map(Closeness::to_json).collect();
        let shown = |share: Option<Decimal>| share.map(|share| fixed_text(share, SHARE_PLACES));
        json!({
            "method": "topsis_vector",
            "label": {
                "en": "A second opinion by TOPSIS with vector normalisation; it depends on who \
                       else applied and is never the official rank.",
                "zh": "以TOPSIS（向量標準化）計算的參考意見；結果受其他申請影響，並非正式排名。",
            },
            "applications": applications,
            "agreement": {
                "kendall_tau": shown(self.kendall_tau),
                "spearman": shown(self.spearman),
                "same_above_line": self.same_above_line,
            },
        })
    }
}

impl Closeness {
    fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "closeness": self.closeness.map(|share| fixed_text(share, SHARE_PLACES)),
            "closeness_exact": self.closeness.map(exact_text),
            "rank": self.rank,
            "left_out": self.left_out,
        })
    }
}

/// Judges those who have every score.
pub(super) fn judge(
    request: &Request,
    criteria: &[Criterion],
    applications: &[Ranked],
    official: Option<&Line>,
) -> SecondOpinion {
    let whole: Vec<&Ranked> = applications
        .iter()
        .filter(|ranked| ranked.rank.is_some() && ranked.reweighted.is_empty())
        .collect();
    // Scores have at most 14 digits and columns are scaled to 1 first, so every step fits.
    let closeness = distances(criteria, &whole).unwrap_or_else(|| vec![None; whole.len()]);
    let mut order: Vec<(&Ranked, Decimal)> = whole
        .iter()
        .zip(&closeness)
        .filter_map(|(ranked, share)| Some((*ranked, equal_scale((*share)?))))
        .collect();
    let given = line::by_id(request);
    order.sort_by(|(a, share_a), (b, share_b)| {
        share_b.cmp(share_a).then_with(|| {
            match (given.get(a.id.as_str()), given.get(b.id.as_str())) {
                (Some(a), Some(b)) => by_keys(&request.tie_break, a, b).0,
                _ => Ordering::Equal,
            }
            .then_with(|| a.id.cmp(&b.id))
        })
    });
    let mut ranks: BTreeMap<&str, u32> = BTreeMap::new();
    for (ranked, own) in &order {
        let better = order.partition_point(|(_, share)| share > own);
        ranks.insert(&ranked.id, u32::try_from(better + 1).unwrap_or(u32::MAX));
    }
    let mut shares = whole.iter().zip(closeness);
    let mut pairs = Vec::new();
    let judged: Vec<Closeness> = applications
        .iter()
        .map(|ranked| {
            let whole = ranked.rank.is_some() && ranked.reweighted.is_empty();
            let closeness = if whole {
                shares.next().and_then(|(_, share)| share)
            } else {
                None
            };
            let rank = ranks.get(ranked.id.as_str()).copied();
            pairs.extend(ranked.rank.zip(rank));
            let left_out = ranked.reweighted.iter().chain(&ranked.missing);
            Closeness {
                id: ranked.id.clone(),
                closeness,
                rank,
                left_out: left_out.cloned().collect(),
            }
        })
        .collect();
    let same_above_line = official.map(|official| {
        let ids: Vec<String> = order.iter().map(|(ranked, _)| ranked.id.clone()).collect();
        let above = line::fit(official.rule.room, line::costs(request, &ids).into_iter());
        let theirs: BTreeSet<&String> = official.above.iter().collect();
        let count = ids
            .iter()
            .take(above)
            .filter(|id| theirs.contains(id))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    });
    SecondOpinion {
        applications: judged,
        kendall_tau: agreement::kendall_tau(&pairs),
        spearman: agreement::spearman(&pairs),
        same_above_line,
    }
}

/// Distance to the worst ÷ (distance to the best + distance to the worst), row by row.
fn distances(criteria: &[Criterion], whole: &[&Ranked]) -> Option<Vec<Option<Decimal>>> {
    let mut to_best = vec![Decimal::ZERO; whole.len()];
    let mut to_worst = to_best.clone();
    for (place, criterion) in criteria.iter().enumerate() {
        let scores: Option<Vec<Decimal>> = whole
            .iter()
            .map(|ranked| ranked.contributions.get(place).map(|part| part.score))
            .collect();
        let column = normalised(&scores?, criterion.weight)?;
        let (low, high) = (column.iter().min(), column.iter().max());
        let (Some(low), Some(high)) = (low.copied(), high.copied()) else {
            continue;
        };
        let (worst, best) = match criterion.direction {
            Direction::Max => (low, high),
            Direction::Min => (high, low),
        };
        for ((value, best_sum), worst_sum) in column.iter().zip(&mut to_best).zip(&mut to_worst) {
            *best_sum = best_sum.checked_add(square(value.checked_sub(best)?)?)?;
            *worst_sum = worst_sum.checked_add(square(value.checked_sub(worst)?)?)?;
        }
    }
    to_best
        .into_iter()
        .zip(to_worst)
        .map(|(best, worst)| {
            let (best, worst) = (square_root(best)?, square_root(worst)?);
            // Everybody alike: neither close nor far.
            Some(worst.checked_div(best.checked_add(worst)?))
        })
        .collect()
}

fn square(value: Decimal) -> Option<Decimal> {
    value.checked_mul(value)
}

/// Weight × score ÷ length of the column; a column of zeros stays one.
fn normalised(scores: &[Decimal], weight: Decimal) -> Option<Vec<Decimal>> {
    let largest = scores.iter().map(Decimal::abs).max().unwrap_or_default();
    if largest.is_zero() {
        return Some(vec![Decimal::ZERO; scores.len()]);
    }
    let scaled: Vec<Decimal> = scores
        .iter()
        .map(|score| score.checked_div(largest))
        .collect::<Option<_>>()?;
    let squares = scaled
        .iter()
        .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(square(*value)?))?;
    let length = square_root(squares)?;
    scaled
        .into_iter()
        .map(|value| weight.checked_mul(value)?.checked_div(length))
        .collect()
}
