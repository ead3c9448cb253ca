//! Reads `calc rank`, listing every problem at once.
use std::collections::{BTreeMap, BTreeSet};

use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields, Given},
};
use money::Decimal;

use super::{
    APPLICATIONS_MAX, Application, CONCENTRATION_MAX, CRITERIA_MAX, Criterion, Direction, LineRule,
    Request, SAMPLES_MAX, Source, Stability, TieKey, WeightSpread, check, check_asks, read_asks,
};

/// Most keys that break a tie.
const TIE_KEYS_MAX: usize = 10;

const DIRECTIONS: [(&str, Direction); 2] = [("max", Direction::Max), ("min", Direction::Min)];

const SOURCES: [(&str, Source); 2] = [
    (Source::Reviewers.word(), Source::Reviewers),
    (Source::Machine.word(), Source::Machine),
];

/// Reads the JSON of `plumbline calc rank`.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    let known = [
        "format",
        "criteria",
        "applications",
        "stability",
        "tie_break",
    ];
    fields.refuse_unknown(&[&known[..], &read_asks::FIELDS].concat(), &mut problems);
    let asks = read_asks::asks(&fields, &mut problems);
    let mut criterion_ids = Vec::new();
    let criteria = read_criteria(&fields, &mut criterion_ids, &mut problems);
    let tie_break = fields.given("tie_break", &mut problems, |json, path, problems| {
        read::list(json, path, TIE_KEYS_MAX, problems, tie_key)
    });
    let tie_break = tie_break.into_option().unwrap_or_default();
    let known = check::known_scores(
        criterion_ids.iter().filter_map(Option::as_deref),
        &tie_break,
    );
    let applications = read_applications(&fields, &known, asks.line, &mut problems);
    let stability = fields
        .given("stability", &mut problems, read_stability)
        .into_option();
    if let (Some(spread), Some(applications), Some(criteria)) =
        (&stability, &applications, &criteria)
    {
        check::sampling_work(
            spread,
            applications.len(),
            criteria.len(),
            asks.pairwise,
            &mut problems,
        );
    }
    let request = criteria
        .zip(applications)
        .map(|(criteria, applications)| Request {
            criteria,
            applications,
            stability,
            tie_break,
            asks,
        });
    problems.into_result(request)
}

fn read_criteria(
    fields: &Fields<'_>,
    ids: &mut Vec<Option<String>>,
    problems: &mut Problems,
) -> Option<Vec<Criterion>> {
    let mut weights = Vec::new();
    let criteria = fields.list(
        "criteria",
        CRITERIA_MAX,
        problems,
        |json, path, problems| {
            let item = Fields::of(json, path, problems);
            item.refuse_unknown(
                &["id", "weight", "direction", "zero", "hundred", "source"],
                problems,
            );
            let id = item.text("id", problems);
            ids.push(id.clone());
            let weight = item.decimal("weight", problems);
            weights.push(weight);
            let direction = item.want("direction", problems, |json, path, problems| {
                read::one_of(json, path, &DIRECTIONS, problems)
            });
            let zero = item.decimal("zero", problems);
            let hundred = item.decimal("hundred", problems);
            let source = item.given("source", problems, |json, path, problems| {
                read::one_of(json, path, &SOURCES, problems)
            });
            let criterion = Criterion {
                id: id?,
                weight: weight?,
                direction: direction?,
                zero: zero?,
                hundred: hundred?,
                source: source.into_option(),
            };
            check::criterion(&criterion, path, problems);
            Some(criterion)
        },
    );
    let borrowed: Vec<_> = ids.iter().map(Option::as_deref).collect();
    check::unique_ids("criteria", &borrowed, problems);
    // A sum with an unreadable weight in it would be a second complaint about the same mistake.
    let weights: Option<Vec<Decimal>> = weights.into_iter().collect();
    if let (Some(weights), Some(Json::List(_))) = (weights, fields.get("criteria"))
        && (criteria.is_some() || !weights.is_empty())
    {
        check::weights_sum_to_one(&weights, problems);
    }
    criteria
}

fn read_applications(
    fields: &Fields<'_>,
    known: &BTreeSet<&str>,
    line: Option<LineRule>,
    problems: &mut Problems,
) -> Option<Vec<Application>> {
    let mut ids: Vec<Option<String>> = Vec::new();
    let applications = fields.list(
        "applications",
        APPLICATIONS_MAX,
        problems,
        |json, path, problems| {
            let item = Fields::of(json, path, problems);
            item.refuse_unknown(&["id", "scores", "cost"], problems);
            let id = item.text("id", problems);
            ids.push(id.clone());
            let scores = item.want("scores", problems, |json, path, problems| {
                Some(scores(json, path, problems))
            });
            let cost = item.given("cost", problems, read::hkd);
            let unreadable = matches!(item.get("cost"), Some(json) if *json != Json::Null)
                && !matches!(cost, Given::Some(_));
            let application = Application {
                id: id.unwrap_or_default(),
                scores: scores?,
                cost: cost.into_option(),
            };
            if !unreadable {
                check_asks::cost(&application, path, line, problems);
            }
            check::known_only(&application, &item.path_of("scores"), known, problems);
            (!application.id.is_empty()).then_some(application)
        },
    );
    let borrowed: Vec<_> = ids.iter().map(Option::as_deref).collect();
    check::unique_ids("applications", &borrowed, problems);
    applications
}

fn scores(json: &Json, path: &str, problems: &mut Problems) -> BTreeMap<String, Option<Decimal>> {
    let fields = Fields::of(json, path, problems);
    let mut scores = BTreeMap::new();
    for key in fields.keys() {
        // Null: left out of the score. An unreadable value has left a problem.
        let score = fields.given(key, problems, read::decimal).into_option();
        scores.insert(key.to_owned(), score);
    }
    scores
}

fn tie_key(json: &Json, path: &str, problems: &mut Problems) -> Option<TieKey> {
    let text = read::text(json, path, problems)?;
    let parts = text.rsplit_once(':').and_then(|(key, word)| {
        let (_, direction) = DIRECTIONS.iter().find(|(known, _)| *known == word)?;
        (!key.trim().is_empty()).then(|| TieKey {
            key: key.to_owned(),
            direction: *direction,
        })
    });
    if parts.is_none() {
        problems.push(
            Problem::new(
                "not_tie_key",
                path,
                format!(
                    "{path} \"{text}\" must name a value and a direction, such as \"cost:min\"."
                ),
            )
            .with("example", "cost:min"),
        );
    }
    parts
}

fn read_stability(json: &Json, path: &str, problems: &mut Problems) -> Option<Stability> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["samples", "seed", "weights", "concentration"], problems);
    let samples = fields.integer("samples", 1, i64::from(SAMPLES_MAX), problems);
    let seed = fields.integer("seed", 0, i64::MAX, problems);
    let dirichlet = fields.want("weights", problems, |json, path, problems| {
        read::one_of(
            json,
            path,
            &[("dirichlet", true), ("uniform", false)],
            problems,
        )
    });
    let whole = |json: &Json, path: &str, problems: &mut Problems| {
        read::integer(json, path, 1, i64::from(CONCENTRATION_MAX), problems)
    };
    // Without meaning for uniform weights, but still read: a bad value there is a mistake too.
    let concentration = if dirichlet == Some(true) {
        fields.want("concentration", problems, whole)
    } else {
        fields.given("concentration", problems, whole).into_option()
    };
    let weights = if dirichlet? {
        WeightSpread::Dirichlet {
            concentration: u32::try_from(concentration?).ok()?,
        }
    } else {
        WeightSpread::Uniform
    };
    Some(Stability {
        samples: u32::try_from(samples?).ok()?,
        seed: u64::try_from(seed?).ok()?,
        weights,
    })
}
