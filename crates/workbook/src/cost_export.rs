//! A cost plan as a workbook: the pools as a plain sheet that a finance department can edit and send
//! back, their apportionment with the cents of the largest remainders visible, the schedules and the
//! cash flow, all as live formulas whose totals tie.
use costshare::{Evaluation, PlanResult, Request};
use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::Value;

use crate::{
    cost_schedules, cost_sheets,
    export::{ExportError, Meta, README, properties},
    language::{Language, Words},
    paper::{Formats, Paper},
};

pub(crate) const POOLS: Words = ("Pools", "成本組別");
pub(crate) const APPORTIONMENT: Words = ("Apportionment", "分攤計算");
pub(crate) const SCHEDULES: Words = ("Schedules", "附表");
pub(crate) const WHO_PAYS: Words = ("Who pays", "資金來源");
pub(crate) const CASH_FLOW: Words = ("Cash flow", "現金流量");

/// What a workbook of a cost plan is written from.
#[derive(Debug, Clone, Copy)]
pub struct CostPlanSource<'a> {
    /// What the workbook says about itself.
    pub meta: &'a Meta,
    /// Language of headings and notes.
    pub language: Language,
    /// The cost-sharing section, for names and evidence.
    pub section: &'a Value,
    /// The shared cost, with schedules; none where nothing is shared.
    pub apportionment: Option<(&'a Request, &'a Evaluation)>,
    /// Who pays.
    pub plan: &'a PlanResult,
    /// What each budget line is called, by its id.
    pub line_names: &'a [(String, String)],
    /// What each scope is called, by its code.
    pub scope_names: &'a [(String, String)],
}

impl CostPlanSource<'_> {
    /// The words in the workbook's language.
    pub(crate) const fn say(&self, words: Words) -> &'static str {
        self.language.of(words)
    }
}

/// Writes a cost plan as a workbook.
pub fn cost_plan_export(source: &CostPlanSource<'_>) -> Result<Vec<u8>, ExportError> {
    Ok(workbook(source)?.save_to_buffer()?)
}

type Write = fn(&mut Paper<'_>, &CostPlanSource<'_>) -> Result<(), XlsxError>;

fn workbook(source: &CostPlanSource<'_>) -> Result<Workbook, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(source.meta)?);
    let sheets: [(Words, bool, Write); 6] = [
        (README, true, cost_sheets::readme),
        (POOLS, false, cost_sheets::pools),
        (APPORTIONMENT, true, cost_sheets::apportionment),
        (SCHEDULES, true, cost_schedules::schedules),
        (WHO_PAYS, true, cost_schedules::who_pays),
        (CASH_FLOW, true, cost_schedules::cash_flow),
    ];
    for (name, computed, write) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(source.say(name))?;
        let mut paper = Paper {
            sheet,
            formats: &formats,
        };
        write(&mut paper, source)?;
        if computed {
            paper.sheet.protect();
        }
    }
    Ok(workbook)
}
