//! A social return evaluation: every figure as the engine printed it, never recomputed here.
use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use casework::{AssuranceView, CaseResult, RunView};
use serde_json::Value;
use uuid::Uuid;

use super::{
    read::{decimal, list, optional_text, text},
    spread::{
        Principle, Simulation, SwitchingValue, Unvalued, findings, principles, simulation,
        switching, unvalued,
    },
};
use crate::{
    answer::answer,
    graphql::{
        loaders::{AssurancesOf, load},
        received::Assurance,
        scalars::Decimal,
        types::{Problem, id},
    },
};

/// A social return evaluation with its working.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct SroiResult {
    /// Null in a preview.
    run_id: Option<ID>,
    engine_version: String,
    input_hash: String,
    convention: Value,
    ratio: Decimal,
    ratio_exact: Decimal,
    net_ratio: Decimal,
    total_present_value: Decimal,
    investment: Decimal,
    net_present_value: Decimal,
    gross_value: Decimal,
    /// P5 of the seeded simulation.
    low: Option<Decimal>,
    /// P50 of the seeded simulation.
    mid: Option<Decimal>,
    /// P95 of the seeded simulation.
    high: Option<Decimal>,
    probability_above_one: Option<Decimal>,
    other_timing: OtherTiming,
    #[graphql(complexity = "5 * child_complexity + 1")]
    years: Vec<SroiYear>,
    #[graphql(complexity = "10 * child_complexity + 1")]
    outcomes: Vec<SroiOutcome>,
    #[graphql(complexity = "7 * child_complexity + 1")]
    bridge: Vec<BridgeStep>,
    payback_simple_months: Option<String>,
    payback_discounted_months: Option<String>,
    /// Stated figures that do not hold.
    warnings: Vec<Problem>,
    /// What a reviewer may want to ask about.
    hints: Vec<Problem>,
    #[graphql(complexity = "20 * child_complexity + 1")]
    switching: Vec<SwitchingValue>,
    unvalued: Vec<Unvalued>,
    simulation: Option<Simulation>,
    #[graphql(complexity = "10 * child_complexity + 1")]
    tornado: Vec<TornadoBar>,
    #[graphql(complexity = 50)]
    working: Value,
    #[graphql(skip)]
    run: Option<Uuid>,
    #[graphql(skip)]
    counted: Value,
}

#[ComplexObject]
impl SroiResult {
    /// What assurers said about this run; empty in a preview.
    #[graphql(complexity = "20 + child_complexity")]
    async fn assurances(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Assurance>> {
        let found = self.statements(context).await?;
        Ok(found.into_iter().map(Assurance::from).collect())
    }

    /// The eight principles of Social Value International as a checklist.
    #[graphql(complexity = "20 + 8 * child_complexity")]
    async fn principles(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Principle>> {
        let assured = self.statements(context).await?.len();
        let kept = casework::principles_with(&self.counted, assured);
        answer(principles(&kept))
    }
}

impl SroiResult {
    /// The figures alone, without what the applicant named or wrote.
    pub(crate) fn without_words(mut self) -> Self {
        self.outcomes.clear();
        self.warnings.clear();
        self.hints.clear();
        self.switching.clear();
        self.unvalued.clear();
        self.tornado.clear();
        self.working = Value::Array(Vec::new());
        self
    }

    async fn statements(&self, context: &Context<'_>) -> async_graphql::Result<Vec<AssuranceView>> {
        match self.run {
            Some(run) => Ok(load(context, AssurancesOf(run)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }
}

/// The same under the other convention of timing.
#[derive(SimpleObject)]
pub(crate) struct OtherTiming {
    timing: String,
    total_present_value: Decimal,
    ratio: Decimal,
}

#[derive(SimpleObject)]
pub(crate) struct SroiYear {
    year: i64,
    value: Decimal,
    present_value: Decimal,
}

#[derive(SimpleObject)]
pub(crate) struct SroiOutcome {
    id: String,
    stakeholder: String,
    name: String,
    impact: Decimal,
    present_value: Decimal,
    evidence_grade: Option<String>,
}

#[derive(SimpleObject)]
pub(crate) struct BridgeStep {
    code: String,
    amount: Decimal,
}

#[derive(SimpleObject)]
pub(crate) struct TornadoBar {
    parameter: String,
    low: Decimal,
    high: Decimal,
    ratio_low: Decimal,
    ratio_high: Decimal,
    swing: Decimal,
}

/// From gross value to total, in the order in which the engine takes the steps.
const BRIDGE: [&str; 7] = [
    "gross",
    "deadweight",
    "displacement",
    "attribution",
    "dropoff",
    "discounting",
    "total",
];

/// The figures of a stored run; none where there is none, or where the map could not be evaluated.
pub(crate) fn run_result(
    run: Option<&RunView>,
    value_map: &Value,
) -> CaseResult<Option<SroiResult>> {
    let run = run.filter(|run| run.output["problems"].is_null());
    run.map(|run| sroi_result(&run.output, Some(run.id), value_map))
        .transpose()
}

/// Types the engine's output. `value_map` is the applicant's section, for the evidence grades.
pub(crate) fn sroi_result(
    output: &Value,
    run: Option<Uuid>,
    value_map: &Value,
) -> CaseResult<SroiResult> {
    let simulated = |key| optional_text(&output["simulation"], key).map(Decimal);
    let figure = |key| decimal(output, key);
    let outcomes = list(&output["outcomes"]);
    Ok(SroiResult {
        run_id: run.map(id),
        run,
        counted: output["principles"].clone(),
        engine_version: text(&output["engine"], "version")?,
        input_hash: text(output, "input_hash")?,
        convention: output["convention"].clone(),
        ratio: figure("ratio")?,
        ratio_exact: figure("ratio_exact")?,
        net_ratio: figure("net_ratio")?,
        total_present_value: figure("total_present_value")?,
        investment: figure("investment")?,
        net_present_value: figure("net_present_value")?,
        gross_value: figure("gross_value")?,
        low: simulated("p5"),
        mid: simulated("p50"),
        high: simulated("p95"),
        probability_above_one: simulated("probability_above_1"),
        other_timing: other_timing(&output["other_timing"])?,
        years: list(&output["years"])
            .iter()
            .map(year)
            .collect::<CaseResult<_>>()?,
        outcomes: outcomes
            .iter()
            .map(|each| outcome(each, value_map))
            .collect::<CaseResult<_>>()?,
        bridge: BRIDGE
            .iter()
            .map(|code| {
                let amount = decimal(&output["bridge"], code)?;
                Ok(BridgeStep {
                    code: (*code).to_owned(),
                    amount,
                })
            })
            .collect::<CaseResult<_>>()?,
        payback_simple_months: optional_text(&output["payback"], "simple_months"),
        payback_discounted_months: optional_text(&output["payback"], "discounted_months"),
        warnings: findings(&output["warnings"])?,
        hints: findings(&output["hints"])?,
        switching: switching(output)?,
        unvalued: unvalued(output)?,
        simulation: simulation(output)?,
        tornado: list(&output["sensitivity"]["tornado"])
            .iter()
            .map(bar)
            .collect::<CaseResult<_>>()?,
        working: output["working"].clone(),
    })
}

fn other_timing(value: &Value) -> CaseResult<OtherTiming> {
    Ok(OtherTiming {
        timing: text(value, "timing")?,
        total_present_value: decimal(value, "total_present_value")?,
        ratio: decimal(value, "ratio")?,
    })
}

fn year(value: &Value) -> CaseResult<SroiYear> {
    Ok(SroiYear {
        year: value["year"].as_i64().unwrap_or_default(),
        value: decimal(value, "value")?,
        present_value: decimal(value, "present_value")?,
    })
}

fn outcome(value: &Value, value_map: &Value) -> CaseResult<SroiOutcome> {
    let stated = list(&value_map["outcomes"])
        .iter()
        .find(|stated| stated["id"] == value["id"]);
    Ok(SroiOutcome {
        id: text(value, "id")?,
        stakeholder: optional_text(value, "stakeholder").unwrap_or_default(),
        name: optional_text(value, "name").unwrap_or_default(),
        impact: decimal(value, "impact")?,
        present_value: decimal(value, "present_value")?,
        evidence_grade: stated
            .and_then(|stated| stated["evidence_grade"].as_str())
            .map(str::to_owned),
    })
}

/// A bar about one outcome names it behind the parameter: `proxy:o1`.
fn bar(value: &Value) -> CaseResult<TornadoBar> {
    let parameter = text(value, "parameter")?;
    let scope = optional_text(value, "scope").filter(|scope| scope != "all");
    Ok(TornadoBar {
        parameter: scope.map_or_else(|| parameter.clone(), |scope| format!("{parameter}:{scope}")),
        low: decimal(value, "low")?,
        high: decimal(value, "high")?,
        ratio_low: decimal(value, "ratio_low")?,
        ratio_high: decimal(value, "ratio_high")?,
        swing: decimal(value, "swing")?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn output() -> Value {
        json!({
            "engine": {"name": "sroi", "version": "1.0.0"}, "input_hash": "v1:00",
            "convention": {"timing": "end_of_year"}, "ratio": "3.1000", "ratio_exact": "3.1",
            "net_ratio": "2.1000", "total_present_value": "310.00", "investment": "100.00",
            "net_present_value": "210.00", "gross_value": "500.00",
            "other_timing": {"timing": "year1_undiscounted", "total_present_value": "320.85", "ratio": "3.2085"},
            "years": [{"year": 1, "value": "320.85", "present_value": "310.00"}],
            "outcomes": [{"id": "o1", "stakeholder": "Members", "name": "Less lonely",
                "impact": "320.85", "present_value": "310.00"}],
            "bridge": {"gross": "500.00", "deadweight": "-50.00", "displacement": "0.00",
                "attribution": "-129.15", "dropoff": "0.00", "discounting": "-10.85", "total": "310.00"},
            "payback": {"simple_months": "3.7403", "discounted_months": null},
            "warnings": [{"code": "stated_ratio_differs", "path": "stated.ratio", "computed": "3.1", "stated": "3.2"}],
            "sensitivity": {"tornado": [{"parameter": "proxy", "scope": "o1", "low": "0.8", "high": "1.2",
                "ratio_low": "2.4800", "ratio_high": "3.7200", "swing": "1.2400"}]},
            "working": {"id": "ratio"},
        })
    }

    #[test]
    fn every_figure_is_the_engines_own_digits() {
        let value_map = json!({"outcomes": [{"id": "o1", "evidence_grade": "B"}]});
        let result = sroi_result(&output(), None, &value_map).unwrap();
        assert_eq!(result.ratio.0, "3.1000");
        assert_eq!(result.outcomes[0].evidence_grade.as_deref(), Some("B"));
        let codes: Vec<&str> = result
            .bridge
            .iter()
            .map(|step| step.code.as_str())
            .collect();
        assert_eq!(codes, BRIDGE);
        assert_eq!(result.payback_simple_months.as_deref(), Some("3.7403"));
        assert_eq!(result.payback_discounted_months, None);
        assert_eq!(result.tornado[0].parameter, "proxy:o1");
        assert_eq!(result.warnings[0].params.len(), 2);
        assert!(result.low.is_none(), "nothing was simulated");
    }
}
