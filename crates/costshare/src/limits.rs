//! The limits that a programme sets on who pays: ceilings and floors on the ask, the own share and
//! other sources, and the matching rule. Each says how far a plan is from it.
use std::collections::BTreeMap;

use explain::{
    FinancialYear, Problems,
    json::Json,
    read::{self, Fields},
};
use money::{Decimal, Hkd, MoneyError, Share, normal_text, truncate_to_cent};
use serde_json::{Value, json};

use crate::{
    Matching, Source,
    request::{not_negative_hkd, optional},
    who_pays::source,
};

/// Most sources with a floor or ceiling of their own.
const SOURCES_MAX: usize = 50;
/// How the matching rule is named among the limits.
pub(crate) const MATCHING: &str = "matching";

/// The limits as given; what nobody stated does not limit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// The most that may be asked.
    pub ask_max: Option<Hkd>,
    /// The most that may be asked, of the whole cost.
    pub ask_share_max: Option<Share>,
    /// The least that the organisation pays.
    pub own_min: Option<Hkd>,
    /// The least that the organisation pays, of the whole cost.
    pub own_share_min: Option<Share>,
    /// Whether what is given in kind counts towards the organisation's least share.
    pub in_kind_counts: bool,
    /// Floors and ceilings of single sources: the least and the most.
    pub sources: Vec<(Source, Option<Hkd>, Option<Hkd>)>,
}

/// Whether a limit is a floor or a ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// No less than the amount.
    AtLeast,
    /// No more than the amount.
    AtMost,
}

impl Side {
    /// The word printed in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
        }
    }
}

/// One limit in dollars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Its name: `ask_max`, `own_share_min`, `matching`…
    pub name: &'static str,
    /// Whose money it looks at, together.
    pub counted: Vec<Source>,
    /// Floor or ceiling.
    pub side: Side,
    /// The amount, after a share was taken of the whole cost.
    pub amount: Hkd,
    /// The share, where it was given as one.
    pub share: Option<Share>,
}

impl Limit {
    /// What the counted sources pay, and how far that is from the limit.
    fn margin(&self, paid: &Paid) -> Result<(Hkd, Hkd), MoneyError> {
        let of = |source: &Source| paid.total.get(source).copied().unwrap_or_default();
        let stands = Hkd::checked_sum(self.counted.iter().map(of))?;
        let margin = match self.side {
            Side::AtLeast => stands.checked_sub(self.amount)?,
            Side::AtMost => self.amount.checked_sub(stands)?,
        };
        Ok((stands, margin))
    }
}

/// How a plan stands towards a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The limit.
    pub limit: Limit,
    /// The year, where a limit counts years apart.
    pub financial_year: Option<FinancialYear>,
    /// What the plan has.
    pub stands: Hkd,
    /// Cents until the limit is reached; below zero when it is broken.
    pub margin: Hkd,
}

impl Standing {
    /// Whether the plan keeps it.
    pub fn keeps(&self) -> bool {
        self.margin >= Hkd::ZERO
    }

    /// Whether one more cent would break it.
    pub fn binds(&self) -> bool {
        self.margin == Hkd::ZERO
    }

    pub(crate) fn to_json(&self) -> Value {
        let limit = &self.limit;
        json!({
            "limit": limit.name,
            "counted": limit.counted.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "side": limit.side.word(),
            "amount": limit.amount.to_string(),
            "share": limit.share.map(|share| normal_text(share.decimal())),
            "financial_year": self.financial_year.map(|year| year.to_string()),
            "stands": self.stands.to_string(),
            "margin": self.margin.to_string(),
            "keeps": self.keeps(),
            "binds": self.binds(),
        })
    }
}

/// What each source pays, in total and by year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Paid {
    pub(crate) total: BTreeMap<Source, Hkd>,
    pub(crate) years: BTreeMap<FinancialYear, BTreeMap<Source, Hkd>>,
}

/// The limits of one plan, in dollars.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rules<'a> {
    pub(crate) limits: Vec<Limit>,
    pub(crate) matching: Option<&'a Matching>,
}

impl Rules<'_> {
    /// Cents until each limit is reached, in the order of the standings.
    pub(crate) fn margins(&self, paid: &Paid) -> Result<Vec<Hkd>, MoneyError> {
        let mut margins = Vec::with_capacity(self.limits.len() + 1);
        for limit in &self.limits {
            margins.push(limit.margin(paid)?.1);
        }
        if let Some(matching) = self.matching {
            for span in matching.spans(&paid.total, &paid.years)? {
                margins.push(span.unused()?);
            }
        }
        Ok(margins)
    }

    /// How a plan stands towards every limit.
    pub(crate) fn standings(&self, paid: &Paid) -> Result<Vec<Standing>, MoneyError> {
        let mut standings = Vec::with_capacity(self.limits.len() + 1);
        for limit in &self.limits {
            let (stands, margin) = limit.margin(paid)?;
            standings.push(Standing {
                limit: limit.clone(),
                financial_year: None,
                stands,
                margin,
            });
        }
        if let Some(matching) = self.matching {
            for span in matching.spans(&paid.total, &paid.years)? {
                standings.push(Standing {
                    limit: Limit {
                        name: MATCHING,
                        counted: vec![matching.payer.clone()],
                        side: Side::AtMost,
                        amount: span.entitled,
                        share: None,
                    },
                    financial_year: span.financial_year,
                    stands: span.paid,
                    margin: span.unused()?,
                });
            }
        }
        Ok(standings)
    }
}

pub(crate) fn read(json: &Json, path: &str, problems: &mut Problems) -> Option<Limits> {
    let fields = Fields::of(json, path, problems);
    let known = [
        "ask_max",
        "ask_share_max",
        "own_min",
        "own_share_min",
        "in_kind_counts",
        "sources",
    ];
    fields.refuse_unknown(&known, problems);
    let ask_max = fields.given("ask_max", problems, not_negative_hkd);
    let ask_share_max = fields.given("ask_share_max", problems, read::share);
    let own_min = fields.given("own_min", problems, not_negative_hkd);
    let own_share_min = fields.given("own_share_min", problems, read::share);
    let in_kind_counts = optional(&fields, "in_kind_counts", problems, read::boolean);
    let sources = match fields.get("sources") {
        None => Some(Vec::new()),
        Some(_) => fields.list("sources", SOURCES_MAX, problems, source_limit),
    };
    Some(Limits {
        ask_max: ask_max.into_option(),
        ask_share_max: ask_share_max.into_option(),
        own_min: own_min.into_option(),
        own_share_min: own_share_min.into_option(),
        in_kind_counts: in_kind_counts?.unwrap_or(false),
        sources: sources?,
    })
}

type SourceLimit = (Source, Option<Hkd>, Option<Hkd>);

fn source_limit(json: &Json, path: &str, problems: &mut Problems) -> Option<SourceLimit> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["source", "min", "max"], problems);
    let source = fields.want("source", problems, source);
    let min = fields
        .given("min", problems, not_negative_hkd)
        .into_option();
    let max = fields
        .given("max", problems, not_negative_hkd)
        .into_option();
    Some((source?, min, max))
}

impl Limits {
    /// Every limit in dollars of a plan that costs `cost`. A floor goes up to the next cent and a
    /// ceiling down, so that neither is kept by rounding.
    pub(crate) fn in_dollars(&self, cost: Hkd) -> Result<Vec<Limit>, MoneyError> {
        let own = if self.in_kind_counts {
            vec![Source::Own, Source::InKind]
        } else {
            vec![Source::Own]
        };
        let mut limits = Vec::new();
        let mut add = |name, counted: &[Source], side, amount: Option<Hkd>, share| {
            limits.extend(amount.map(|amount| Limit {
                name,
                counted: counted.to_vec(),
                side,
                amount,
                share,
            }));
        };
        let part = |share: Option<Share>, side| share.map(|share| part_of(cost, share, side));
        let grant = [Source::Grant];
        add("ask_max", &grant, Side::AtMost, self.ask_max, None);
        let most = part(self.ask_share_max, Side::AtMost).transpose()?;
        add(
            "ask_share_max",
            &grant,
            Side::AtMost,
            most,
            self.ask_share_max,
        );
        add("own_min", &own, Side::AtLeast, self.own_min, None);
        let least = part(self.own_share_min, Side::AtLeast).transpose()?;
        add(
            "own_share_min",
            &own,
            Side::AtLeast,
            least,
            self.own_share_min,
        );
        for (source, min, max) in &self.sources {
            let counted = [source.clone()];
            add("source_min", &counted, Side::AtLeast, *min, None);
            add("source_max", &counted, Side::AtMost, *max, None);
        }
        Ok(limits)
    }

    pub(crate) fn normal_json(&self) -> Value {
        let amount = |amount: Option<Hkd>| amount.map(|amount| normal_text(amount.decimal()));
        let share = |share: Option<Share>| share.map(|share| normal_text(share.decimal()));
        json!({
            "ask_max": amount(self.ask_max),
            "ask_share_max": share(self.ask_share_max),
            "own_min": amount(self.own_min),
            "own_share_min": share(self.own_share_min),
            "in_kind_counts": self.in_kind_counts,
            "sources": self.sources.iter().map(|(source, min, max)| json!({
                "source": source.to_string(), "min": amount(*min), "max": amount(*max),
            })).collect::<Vec<_>>(),
        })
    }
}

fn part_of(cost: Hkd, share: Share, side: Side) -> Result<Hkd, MoneyError> {
    let exact = cost
        .decimal()
        .checked_mul(share.decimal())
        .ok_or(MoneyError::Overflow)?;
    let cut = truncate_to_cent(exact)?;
    let amount = match side {
        Side::AtLeast if cut < exact => cut + Decimal::new(1, 2),
        Side::AtLeast | Side::AtMost => cut,
    };
    Hkd::try_from_decimal(amount)
}
