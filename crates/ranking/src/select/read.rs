//! Reads `calc select`, listing every problem at once.
use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};

use super::{APPLICATIONS_MAX, Application, Constraints, Request, check};
use crate::rank::unique_ids;

/// Reads the JSON of `plumbline calc select`.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(
        &["format", "budget", "applications", "constraints"],
        &mut problems,
    );
    let budget = fields.amount("budget", &mut problems);
    if let Some(budget) = budget {
        check::budget(budget, &mut problems);
    }
    let mut ids = Vec::new();
    let applications = fields.list(
        "applications",
        APPLICATIONS_MAX,
        &mut problems,
        |json, path, problems| application(json, path, &mut ids, problems),
    );
    let borrowed: Vec<_> = ids.iter().map(Option::as_deref).collect();
    unique_ids("applications", &borrowed, &mut problems);
    let constraints = fields
        .given("constraints", &mut problems, |json, path, problems| {
            Some(constraints(json, path, problems))
        })
        .into_option()
        .unwrap_or_default();
    let request = budget
        .zip(applications)
        .map(|(budget, applications)| Request {
            budget,
            applications,
            constraints,
        });
    problems.into_result(request)
}

fn application(
    json: &Json,
    path: &str,
    ids: &mut Vec<Option<String>>,
    problems: &mut Problems,
) -> Option<Application> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(&["id", "group", "small", "cost", "score"], problems);
    let id = item.text("id", problems);
    ids.push(id.clone());
    let group = item.text("group", problems);
    let small = item.want("small", problems, read::boolean);
    let cost = item.amount("cost", problems);
    if let Some(cost) = cost {
        check::cost(cost, path, problems);
    }
    let score = item.decimal("score", problems);
    if let Some(score) = score {
        check::score(score, path, problems);
    }
    Some(Application {
        id: id?,
        group: group?,
        small: small?,
        cost: cost?,
        score: score?,
    })
}

fn constraints(json: &Json, path: &str, problems: &mut Problems) -> Constraints {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["small_share", "max_per_group"], problems);
    let small_share = fields
        .given("small_share", problems, read::share)
        .into_option();
    let max_per_group = fields
        .given("max_per_group", problems, |json, path, problems| {
            read::integer(json, path, 1, i64::from(u32::MAX), problems)
        })
        .into_option();
    Constraints {
        small_share,
        max_per_group: max_per_group.and_then(|most| u32::try_from(most).ok()),
    }
}
