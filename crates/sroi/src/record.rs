//! What a value map says beside its figures: who was asked, what was left out, where prices come
//! from. It is hashed with the figures and feeds the hints and the principles.
use std::collections::BTreeMap;

use money::{Amount, Decimal};

use crate::types::Range;

/// Most stakeholders, and most exclusions, of one map.
pub const STAKEHOLDERS_MAX: usize = 200;

/// A group that experiences change or causes it. Guide to SROI, stage 1.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakeholder {
    /// The group.
    pub name: String,
    /// A part of it that differs.
    pub subgroup: Option<String>,
    /// How many they are.
    pub number: u32,
    /// How many of them were asked.
    pub consulted: u32,
    /// How they were asked.
    pub method: Option<String>,
}

/// What was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excluded {
    /// A group.
    Stakeholder,
    /// A change.
    Outcome,
}

impl Excluded {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stakeholder => "stakeholder",
            Self::Outcome => "outcome",
        }
    }
}

/// A stakeholder or outcome that was left out, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// Which of the two.
    pub kind: Excluded,
    /// Its name.
    pub name: String,
    /// Why it was left out.
    pub reason: String,
}

/// Prices of one year in prices of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceIndex {
    /// Name of the index.
    pub name: String,
    /// Where it was published.
    pub source: String,
    /// Index by year; every value is above zero.
    pub values: BTreeMap<i64, Decimal>,
}

/// The entry of the proxy library that an outcome names, as it stood when the question was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryProxy {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// Its value.
    pub value: Amount,
    /// Lowest plausible value.
    pub low: Amount,
    /// Highest plausible value.
    pub high: Amount,
    /// What one unit is.
    pub unit: Option<String>,
    /// Year of its prices.
    pub price_year: Option<i64>,
    /// From elsewhere: no value here without a local basis.
    pub needs_local_basis: bool,
    /// Whether the council has approved it.
    pub approved: bool,
}

/// What an outcome says beside its figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutcomeRecord {
    /// How the change is measured.
    pub indicator: Option<String>,
    /// What one unit of the proxy is.
    pub proxy_unit: Option<String>,
    /// Code in the outcome catalogue.
    pub catalogue: Option<String>,
    /// Year of the proxy's prices.
    pub price_year: Option<i64>,
    /// Why a value from elsewhere holds here.
    pub local_basis: Option<String>,
    /// The library entry that the proxy follows.
    pub library: Option<LibraryProxy>,
    /// How the proxy came to be in prices of the map's year; none when it already was.
    pub reindexed: Option<Reindexed>,
}

/// A proxy that was brought to the prices of the map's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reindexed {
    /// The proxy as stated.
    pub stated: Amount,
    /// Its range as stated.
    pub stated_range: Option<Range>,
    /// Index of the year of its prices.
    pub index_from: Decimal,
    /// Index of the map's year.
    pub index_to: Decimal,
}

/// What a value map says beside its figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Who experiences change.
    pub stakeholders: Vec<Stakeholder>,
    /// What was left out.
    pub exclusions: Vec<Exclusion>,
    /// What will be done with the findings.
    pub responsiveness: Option<String>,
    /// Index by which prices are compared.
    pub price_index: Option<PriceIndex>,
}

impl Reindexed {
    /// Places to which a re-indexed proxy is rounded: those of any amount.
    pub const PLACES: u32 = 6;

    /// `value × index of the map's year ÷ index of the price's year`, rounded to six places.
    pub(crate) fn moved(value: Decimal, from: Decimal, to: Decimal) -> Option<Decimal> {
        let moved = value.checked_mul(to)?.checked_div(from)?;
        Some(money::round_half_away(moved, Self::PLACES))
    }
}
