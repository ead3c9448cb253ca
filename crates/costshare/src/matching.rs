//! Matched funding as data: what one source gives for each dollar of others, in tiers, up to a
//! ceiling, counted per year or over the whole project. `1:1 up to a ceiling` is one tier.
use std::collections::BTreeMap;

use explain::{
    FinancialYear, Problems,
    json::Json,
    read::{self, Fields, join},
};
use money::{Decimal, Hkd, MoneyError, normal_text, truncate_to_cent};
use serde_json::{Value, json};

use crate::{
    Source,
    request::{not_negative_hkd, optional},
    who_pays::source,
};

/// Most tiers of a rule.
const TIERS_MAX: usize = 20;
/// Most sources that a rule may match.
const MATCHED_MAX: usize = 20;

/// Over what span the matched money is counted, and the tiers and the ceiling with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// Each financial year for itself.
    PerYear,
    /// The whole project.
    InTotal,
}

impl Counted {
    /// The word in requests and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PerYear => "per_year",
            Self::InTotal => "in_total",
        }
    }
}

/// One band of matched money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// Matched money above this…
    pub over: Hkd,
    /// …up to and with this; none = no end.
    pub up_to: Option<Hkd>,
    /// What the payer gives for each dollar of it.
    pub match_per_dollar: Decimal,
}

/// A rule of matched funding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// Who matches.
    pub payer: Source,
    /// Whose money is matched, all of it together.
    pub matched: Vec<Source>,
    /// The bands from zero upwards, without gap or overlap.
    pub tiers: Vec<Tier>,
    /// The most that the payer gives in the span.
    pub ceiling: Option<Hkd>,
    /// The span.
    pub counted: Counted,
}

/// What a band gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierPart {
    /// The band.
    pub tier: Tier,
    /// Matched money that falls into it.
    pub amount: Hkd,
    /// Exactly what the payer gives for it.
    pub gives: Decimal,
}

/// How one span stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// The year; none for the whole project.
    pub financial_year: Option<FinancialYear>,
    /// Money that is matched.
    pub matched: Hkd,
    /// The most that the payer gives for it, cut to the cent.
    pub entitled: Hkd,
    /// What the payer gives in the plan.
    pub paid: Hkd,
    /// How the entitlement comes about.
    pub parts: Vec<TierPart>,
}

impl Matched {
    /// What could still be asked of the payer; below zero when the plan asks too much.
    pub fn unused(&self) -> Result<Hkd, MoneyError> {
        self.entitled.checked_sub(self.paid)
    }
}

pub(crate) fn read(json: &Json, path: &str, problems: &mut Problems) -> Option<Matching> {
    let fields = Fields::of(json, path, problems);
    let known = ["payer", "matched", "tiers", "ceiling", "counted"];
    fields.refuse_unknown(&known, problems);
    let words = [Counted::PerYear, Counted::InTotal].map(|span| (span.word(), span));
    let payer = fields.want("payer", problems, source);
    let matched = fields.list("matched", MATCHED_MAX, problems, source);
    let tiers = fields.list("tiers", TIERS_MAX, problems, tier);
    let ceiling = fields.given("ceiling", problems, not_negative_hkd);
    let counted = optional(&fields, "counted", problems, |json, path, problems| {
        read::one_of(json, path, &words, problems)
    });
    if let Some(tiers) = &tiers {
        check_tiers(tiers, &fields.path_of("tiers"), problems);
    }
    if let (Some(payer), Some(matched)) = (&payer, &matched) {
        check_matched(payer, matched, &fields.path_of("matched"), problems);
    }
    Some(Matching {
        payer: payer?,
        matched: matched?,
        tiers: tiers?,
        ceiling: ceiling.into_option(),
        counted: counted?.unwrap_or(Counted::InTotal),
    })
}

fn tier(json: &Json, path: &str, problems: &mut Problems) -> Option<Tier> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["over", "up_to", "match_per_dollar"], problems);
    let over = fields.want("over", problems, not_negative_hkd);
    let up_to = fields
        .given("up_to", problems, not_negative_hkd)
        .into_option();
    let rate = fields.decimal("match_per_dollar", problems);
    if rate.is_some_and(|rate| rate < Decimal::ZERO) {
        let at = join(path, "match_per_dollar");
        let message = format!("{at} is below zero; give 0 or more, such as \"1\" for one to one.");
        problems.add("negative", &at, message);
    }
    if let (Some(over), Some(up_to)) = (over, up_to)
        && up_to <= over
    {
        let at = join(path, "up_to");
        let message = format!("{at} {up_to} is not above {over}; give more, or leave it out.");
        problems.add("tier_empty", &at, message);
    }
    Some(Tier {
        over: over?,
        up_to,
        match_per_dollar: rate?,
    })
}

/// From zero upwards, each where the one before ends, only the last without an end.
fn check_tiers(tiers: &[Tier], path: &str, problems: &mut Problems) {
    if tiers.is_empty() {
        let message = format!(
            "{path} is empty; give one tier such as {{\"over\":\"0\",\"match_per_dollar\":\"1\"}}."
        );
        problems.add("missing", path, message);
    }
    let mut begins = Some(Hkd::ZERO);
    for (position, tier) in tiers.iter().enumerate() {
        let at = format!("{path}[{position}].over");
        match begins {
            Some(end) if tier.over == end => {}
            Some(end) if tier.over > end => problems.add(
                "tiers_gap",
                &at,
                format!(
                    "{at} is {}; the tier must begin at {end}, where nothing is said.",
                    tier.over
                ),
            ),
            end => {
                let before = end.map_or_else(|| "no end".to_owned(), |end| end.to_string());
                let message = format!(
                    "{at} is {}, but the tier before reaches to {before}; tiers must not overlap, \
                     so begin where that one ends.",
                    tier.over
                );
                problems.add("tiers_overlap", &at, message);
            }
        }
        begins = tier.up_to;
    }
}

fn check_matched(payer: &Source, matched: &[Source], path: &str, problems: &mut Problems) {
    if matched.is_empty() {
        let message = format!("{path} is empty; say whose money is matched, such as [\"own\"].");
        problems.add("missing", path, message);
    }
    for (position, one) in matched.iter().enumerate() {
        let at = format!("{path}[{position}]");
        if one == payer {
            let message =
                format!("{at} is {one}, which matches itself; name another, such as own.");
            problems.add("matches_itself", &at, message);
        }
        if matched.iter().take(position).any(|earlier| earlier == one) {
            problems.add(
                "duplicate_id",
                &at,
                format!("{at} {one} is named twice; name it once."),
            );
        }
    }
}

impl Matching {
    /// The most that the payer gives for `matched`, and how each tier adds to it.
    pub fn entitlement(&self, matched: Hkd) -> Result<(Hkd, Vec<TierPart>), MoneyError> {
        let mut sum = Decimal::ZERO;
        let mut parts = Vec::with_capacity(self.tiers.len());
        for tier in &self.tiers {
            let top = tier.up_to.map_or(matched, |end| end.min(matched));
            let amount = top.checked_sub(tier.over)?.max(Hkd::ZERO);
            let gives = amount
                .decimal()
                .checked_mul(tier.match_per_dollar)
                .ok_or(MoneyError::Overflow)?;
            sum = sum.checked_add(gives).ok_or(MoneyError::Overflow)?;
            parts.push(TierPart {
                tier: *tier,
                amount,
                gives,
            });
        }
        let whole = Hkd::try_from_decimal(truncate_to_cent(sum)?)?;
        Ok((self.ceiling.map_or(whole, |most| most.min(whole)), parts))
    }

    /// How every span of a plan stands.
    pub(crate) fn spans(
        &self,
        total: &BTreeMap<Source, Hkd>,
        years: &BTreeMap<FinancialYear, BTreeMap<Source, Hkd>>,
    ) -> Result<Vec<Matched>, MoneyError> {
        match self.counted {
            Counted::InTotal => Ok(vec![self.span(None, total)?]),
            Counted::PerYear => years
                .iter()
                .map(|(year, parts)| self.span(Some(*year), parts))
                .collect(),
        }
    }

    fn span(
        &self,
        financial_year: Option<FinancialYear>,
        paid: &BTreeMap<Source, Hkd>,
    ) -> Result<Matched, MoneyError> {
        let of = |source: &Source| paid.get(source).copied().unwrap_or_default();
        let matched = Hkd::checked_sum(self.matched.iter().map(of))?;
        let (entitled, parts) = self.entitlement(matched)?;
        Ok(Matched {
            financial_year,
            matched,
            entitled,
            paid: of(&self.payer),
            parts,
        })
    }

    pub(crate) fn normal_json(&self) -> Value {
        json!({
            "payer": self.payer.to_string(),
            "matched": self.matched.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "tiers": self.tiers.iter().map(|tier| json!({
                "over": normal_text(tier.over.decimal()),
                "up_to": tier.up_to.map(|end| normal_text(end.decimal())),
                "match_per_dollar": normal_text(tier.match_per_dollar),
            })).collect::<Vec<_>>(),
            "ceiling": self.ceiling.map(|most| normal_text(most.decimal())),
            "counted": self.counted.word(),
        })
    }

    pub(crate) fn to_json(&self, spans: &[Matched]) -> Value {
        let mut out = self.normal_json();
        out["spans"] = spans.iter().map(Matched::to_json).collect();
        out
    }
}

impl Matched {
    fn to_json(&self) -> Value {
        json!({
            "financial_year": self.financial_year.map(|year| year.to_string()),
            "matched": self.matched.to_string(),
            "entitled": self.entitled.to_string(),
            "paid": self.paid.to_string(),
            "unused": self.unused().unwrap_or_default().to_string(),
            "parts": self.parts.iter().map(|part| json!({
                "over": part.tier.over.to_string(),
                "up_to": part.tier.up_to.map(|end| end.to_string()),
                "match_per_dollar": normal_text(part.tier.match_per_dollar),
                "amount": part.amount.to_string(),
                "gives": normal_text(part.gives),
            })).collect::<Vec<_>>(),
        })
    }
}
