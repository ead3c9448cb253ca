//! Reading a request so that all its problems come out at once, each with its path.
use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use money::{Decimal, Share};

use crate::{
    discount::Discounting,
    fixed::Fixed,
    model::{input_years, position},
    options::DRAWS_TIMES_OUTCOMES_MAX,
    read_input::read_input,
    read_options::{read_sensitivity, read_simulation},
    read_outcome::{read_grade_map, read_outcomes},
    read_record::{RECORD_FIELDS, read_record, reindex},
    types::{INPUTS_MAX, Input, Outcome, Price, RateSpan, Rates, Request, Stated, Timing},
};

const FIELDS: [&str; 16] = [
    "format",
    "currency",
    "convention",
    "discount_rate",
    "discount_schedule",
    "inputs",
    "outcomes",
    "bands",
    "price_year",
    "stated",
    "sensitivity",
    "simulation",
    RECORD_FIELDS[0],
    RECORD_FIELDS[1],
    RECORD_FIELDS[2],
    RECORD_FIELDS[3],
];
/// Years of a schedule that may be named; Green Book tables end with "301 and later".
const SCHEDULE_YEAR_MAX: i64 = 1_000;
/// Most spans of a schedule.
const SPANS_MAX: usize = 20;

/// Reads a whole document.
pub fn read(body: &Json) -> Result<Request, Problems> {
    read_at(body, "")
}

/// Reads a value map that stands at `path` inside a larger document, so that problems carry the
/// larger document's paths.
pub fn read_at(body: &Json, path: &str) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let request = read_request(body, path, &mut problems);
    problems.into_result(request)
}

fn read_request(body: &Json, path: &str, problems: &mut Problems) -> Option<Request> {
    let fields = Fields::of(body, path, problems);
    fields.format_one(problems);
    let currency = fields.text("currency", problems);
    let timing = read_convention(&fields, problems);
    let rates = read_rates(&fields, problems);
    let inputs = fields.list("inputs", INPUTS_MAX, problems, read_input);
    let mut outcomes = read_outcomes(&fields, problems);
    let bands = fields
        .given("bands", problems, |json, path, problems| {
            Some(read_grade_map(json, path, problems))
        })
        .into_option()
        .unwrap_or_default();
    let price_year = fields
        .given("price_year", problems, |json, path, problems| {
            read::integer(json, path, 1900, 2200, problems)
        })
        .into_option();
    let record = read_record(&fields, problems);
    if let Some(outcomes) = &mut outcomes {
        let at = fields.path_of("outcomes");
        let index = record.price_index.as_ref();
        reindex(outcomes, price_year, index, &at, problems);
    }
    let stated = fields
        .given("stated", problems, |json, path, problems| {
            Some(read_stated(json, path, problems))
        })
        .into_option();
    let sensitivity = fields
        .given("sensitivity", problems, |json, path, problems| {
            let outcomes = outcomes.as_deref();
            Some(read_sensitivity(json, path, outcomes, problems))
        })
        .into_option();
    let simulation = fields
        .given("simulation", problems, |json, path, problems| {
            Some(read_simulation(json, path, problems))
        })
        .into_option();
    fields.refuse_unknown(&FIELDS, problems);
    if let (Some(rates), Some(inputs)) = (&rates, &inputs) {
        check_investment(&fields.path_of("inputs"), timing, rates, inputs, problems);
    }
    let request = Request {
        path: path.to_owned(),
        currency: currency?,
        timing,
        rates: rates?,
        inputs: inputs?,
        outcomes: outcomes?,
        bands,
        price_year,
        stated,
        record,
        sensitivity,
        simulation,
    };
    check_schedule(&request, problems);
    check_grades(&request, problems);
    Some(request)
}

fn read_convention(fields: &Fields<'_>, problems: &mut Problems) -> Timing {
    fields
        .given("convention", problems, |json, path, problems| {
            let fields = Fields::of(json, path, problems);
            let words = [Timing::EndOfYear, Timing::Year1Undiscounted]
                .map(|timing| (timing.word(), timing));
            let timing = fields.given("timing", problems, |json, path, problems| {
                read::one_of(json, path, &words, problems)
            });
            fields.refuse_unknown(&["timing"], problems);
            timing.into_option()
        })
        .into_option()
        .unwrap_or(Timing::EndOfYear)
}

fn read_rates(fields: &Fields<'_>, problems: &mut Problems) -> Option<Rates> {
    let stated = |key| fields.get(key).is_some_and(|json| *json != Json::Null);
    if !stated("discount_schedule") {
        return fields.share("discount_rate", problems).map(Rates::Constant);
    }
    if stated("discount_rate") {
        let at = fields.path_of("discount_schedule");
        problems.add(
            "contradiction",
            &at,
            format!("{at} stands beside discount_rate; give one of the two."),
        );
    }
    let spans = fields.list("discount_schedule", SPANS_MAX, problems, read_span)?;
    let at = fields.path_of("discount_schedule");
    let follows = |pair: &[RateSpan]| {
        let (Some(before), Some(after)) = (pair.first(), pair.last()) else {
            return true;
        };
        before.to_year.and_then(|to| to.checked_add(1)) == Some(after.from_year)
    };
    let starts = spans.first().is_some_and(|span| span.from_year <= 1);
    if !starts || !spans.windows(2).all(follows) {
        problems.add(
            "schedule_gap",
            &at,
            format!(
                "{at} must start at year 0 or 1 and each span must start the year after the one \
                 before ends, such as 0 to 30, then 31 to null."
            ),
        );
        return None;
    }
    Some(Rates::Schedule(spans))
}

fn read_span(json: &Json, path: &str, problems: &mut Problems) -> Option<RateSpan> {
    let fields = Fields::of(json, path, problems);
    let year = |json: &Json, path: &str, problems: &mut Problems| {
        read::integer(json, path, 0, SCHEDULE_YEAR_MAX, problems)
    };
    let from_year = fields.want("from_year", problems, year);
    let to_year = match fields.required("to_year", problems) {
        Some(Json::Null) => Some(None),
        Some(json) => year(json, &fields.path_of("to_year"), problems).map(Some),
        None => None,
    };
    let rate = fields.share("rate", problems);
    fields.refuse_unknown(&["from_year", "to_year", "rate"], problems);
    let (from_year, to_year) = (count(from_year?), to_year?.map(count));
    if to_year.is_some_and(|to| to < from_year) {
        problems.add(
            "out_of_range",
            fields.path_of("to_year"),
            format!("{path}.to_year is before {path}.from_year."),
        );
        return None;
    }
    Some(RateSpan {
        from_year,
        to_year,
        rate: rate?,
    })
}

fn read_stated(json: &Json, path: &str, problems: &mut Problems) -> Stated {
    let fields = Fields::of(json, path, problems);
    let mut figure = |key| fields.given(key, problems, read::decimal).into_option();
    let stated = Stated {
        ratio: figure("ratio"),
        total_present_value: figure("total_present_value"),
        investment: figure("investment"),
    };
    fields.refuse_unknown(&["ratio", "total_present_value", "investment"], problems);
    stated
}

/// The present value of the inputs must be above zero, or there is nothing to divide by.
fn check_investment(
    path: &str,
    timing: Timing,
    rates: &Rates,
    inputs: &[Input],
    problems: &mut Problems,
) {
    let investment = Discounting::of(rates, timing)
        .and_then(|discounting| discounting.present_value_of(&input_years(inputs)?));
    if !investment.is_ok_and(Fixed::is_positive) {
        problems.add(
            "investment_not_positive",
            path,
            format!(
                "{path} must have a total present value above zero; give at least one input such \
                 as \"50000.00\" in year 0."
            ),
        );
    }
}

/// Every year that is discounted needs a rate.
fn check_schedule(request: &Request, problems: &mut Problems) {
    let inputs = request
        .inputs
        .iter()
        .map(|input| input.year + input.duration - 1);
    let outcomes = request.outcomes.iter().flat_map(|outcome| {
        outcome
            .cohorts
            .iter()
            .map(|cohort| cohort.start + outcome.duration - 1)
    });
    let last = inputs.chain(outcomes).max().unwrap_or_default();
    if let Some(year) = (1..=last).find(|year| request.rates.of_year(*year).is_none()) {
        let at = read::join(&request.path, "discount_schedule");
        problems.add(
            "schedule_gap",
            &at,
            format!("{at} has no rate for year {year}; let its last span end with null."),
        );
    }
}

/// A grade that the bands do not know would silently count as certain; so would a simulation in
/// which nothing varies.
fn check_grades(request: &Request, problems: &mut Problems) {
    for (at, outcome) in request.outcomes.iter().enumerate() {
        let grade = outcome
            .grades
            .values()
            .find(|grade| !request.bands.contains_key(grade));
        if let (Some(grade), false) = (grade, request.bands.is_empty()) {
            let path = read::join(&request.path, &format!("outcomes[{at}].evidence_grade"));
            let message = format!(
                "{path} uses grade {} but bands has no width for it.",
                grade.word()
            );
            problems.add("band_missing", path, message);
        }
    }
    let Some(simulation) = request.simulation else {
        return;
    };
    let at = read::join(&request.path, "simulation");
    if !request
        .outcomes
        .iter()
        .any(|outcome| varies(outcome, request))
    {
        problems.add(
            "simulation_needs_ranges",
            &at,
            format!(
                "{at} needs something to vary: give outcomes a range, or an evidence_grade \
                 together with bands such as {{\"A\":\"0.05\",\"D\":\"0.50\"}}."
            ),
        );
    }
    let per_draw = request.outcomes.len().max(1) * simulation.distribution.cost();
    let work = position(simulation.draws).saturating_mul(per_draw);
    if work > DRAWS_TIMES_OUTCOMES_MAX {
        let most = DRAWS_TIMES_OUTCOMES_MAX / per_draw;
        problems.add(
            "too_many",
            format!("{at}.draws"),
            format!("{at}.draws is too many for so many outcomes; at most {most} are allowed."),
        );
    }
}

fn varies(outcome: &Outcome, request: &Request) -> bool {
    matches!(outcome.price, Price::Proxy(_))
        && (!outcome.ranges.is_empty()
            || outcome.grades.values().any(|grade| {
                request
                    .bands
                    .get(grade)
                    .copied()
                    .map_or(Decimal::ZERO, Share::decimal)
                    > Decimal::ZERO
            }))
}

/// A whole number that the reader has bounded.
pub(crate) fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
