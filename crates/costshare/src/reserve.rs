//! The Lump Sum Grant reserve against its ceiling: 25% of the year's operating expenditure
//! excluding Provident Fund expenditure. Context for reviewers, never a bar.
use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields, join},
};
use money::{Decimal, Hkd, MoneyError, normal_text, round_half_away};
use serde_json::{Value, json};

use crate::request::not_negative_hkd;

/// What the ceiling is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserve {
    /// Operating expenditure of the year, Provident Fund included.
    pub operating_expenditure: Hkd,
    /// Provident Fund expenditure of the year, part of the above.
    pub provident_fund_expenditure: Hkd,
    /// The reserve at the end of the year; below zero after deficits.
    pub lsg_reserve: Hkd,
}

/// The ceiling and what lies above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReserveResult {
    /// The ceiling, rounded half away from zero to the cent.
    pub cap: Hkd,
    /// What lies above the ceiling, zero at or below it.
    pub excess: Hkd,
}

pub(crate) fn cap_ratio() -> Decimal {
    Decimal::new(25, 2)
}

pub(crate) fn read(json: &Json, path: &str, problems: &mut Problems) -> Option<Reserve> {
    let fields = Fields::of(json, path, problems);
    let known = [
        "operating_expenditure",
        "provident_fund_expenditure",
        "lsg_reserve",
    ];
    fields.refuse_unknown(&known, problems);
    let operating = fields.want("operating_expenditure", problems, not_negative_hkd);
    let provident = fields.want("provident_fund_expenditure", problems, not_negative_hkd);
    let lsg_reserve = fields.want("lsg_reserve", problems, read::hkd);
    let (operating, provident) = (operating?, provident?);
    if provident > operating {
        let at = join(path, "provident_fund_expenditure");
        problems.add(
            "part_exceeds_whole",
            &at,
            format!(
                "{at} {provident} is more than the operating expenditure {operating} it is part \
                 of; give an amount such as \"{operating}\" or less."
            ),
        );
    }
    Some(Reserve {
        operating_expenditure: operating,
        provident_fund_expenditure: provident,
        lsg_reserve: lsg_reserve?,
    })
}

impl Reserve {
    pub(crate) fn normal_json(&self) -> Value {
        json!({
            "operating_expenditure": normal_text(self.operating_expenditure.decimal()),
            "provident_fund_expenditure": normal_text(self.provident_fund_expenditure.decimal()),
            "lsg_reserve": normal_text(self.lsg_reserve.decimal()),
        })
    }

    /// The ceiling before rounding.
    pub(crate) fn cap_exact(&self) -> Result<Decimal, MoneyError> {
        self.operating_expenditure
            .checked_sub(self.provident_fund_expenditure)?
            .decimal()
            .checked_mul(cap_ratio())
            .ok_or(MoneyError::Overflow)
    }

    fn compare(&self) -> Result<ReserveResult, MoneyError> {
        let cap = Hkd::try_from_decimal(round_half_away(self.cap_exact()?, 2))?;
        let over = self.lsg_reserve.checked_sub(cap)?;
        Ok(ReserveResult {
            cap,
            excess: over.max(Hkd::ZERO),
        })
    }
}

pub(crate) fn compare(reserve: &Reserve, path: &str) -> Result<ReserveResult, Problem> {
    let at = join(path, "reserve");
    reserve
        .compare()
        .map_err(|error| Problem::new(error.code(), &at, format!("{at}: the ceiling {error}.")))
}
