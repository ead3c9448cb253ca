//! Reads `calc severity`, listing every problem at once; typed requests run the same checks.
use std::collections::{BTreeMap, BTreeSet};

use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields, join},
};
use money::{Decimal, normal_text};

use super::{APPLICATIONS_MAX, DIMENSIONS_MAX, REVIEWERS_MAX, REVIEWS_MAX, Request, Review};

/// Reads the JSON of `plumbline calc severity`.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(&["format", "reviews", "levels", "outlier"], &mut problems);
    let reviews = fields.list("reviews", REVIEWS_MAX, &mut problems, review);
    let levels = fields.want("levels", &mut problems, |json, path, problems| {
        let item = Fields::of(json, path, problems);
        item.refuse_unknown(&["from", "to"], problems);
        let from = item.decimal("from", problems);
        let to = item.decimal("to", problems);
        from.zip(to)
    });
    let gap = fields.want("outlier", &mut problems, |json, path, problems| {
        let item = Fields::of(json, path, problems);
        item.refuse_unknown(&["gap"], problems);
        item.decimal("gap", problems)
    });
    let request = reviews
        .zip(levels)
        .zip(gap)
        .map(|((reviews, (from, to)), gap)| Request {
            reviews,
            from,
            to,
            gap,
        });
    if let Some(request) = &request {
        problems.extend(check(request));
    }
    problems.into_result(request)
}

fn review(json: &Json, path: &str, problems: &mut Problems) -> Option<Review> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(&["reviewer", "application", "scores"], problems);
    let reviewer = item.text("reviewer", problems);
    let application = item.text("application", problems);
    let scores = item.want("scores", problems, |json, path, problems| {
        let fields = Fields::of(json, path, problems);
        let level = |key: &str, problems: &mut Problems| {
            fields.given(key, problems, read::decimal).into_option()
        };
        Some(
            fields
                .keys()
                .map(|key| (key.to_owned(), level(key, problems)))
                .collect::<BTreeMap<_, _>>(),
        )
    });
    Some(Review {
        reviewer: reviewer?,
        application: application?,
        scores: scores?,
    })
}

/// What must hold across the fields.
pub(super) fn check(request: &Request) -> Problems {
    let mut problems = Problems::new();
    ends(request, &mut problems);
    if request.reviews.is_empty() {
        problems.add(
            "empty",
            "reviews",
            "reviews is empty; give at least one, such as \
             {\"reviewer\":\"r1\",\"application\":\"a\",\"scores\":{\"R1\":\"3\"}}.",
        );
    }
    let mut seen = BTreeSet::new();
    let mut counts: [(&str, usize, BTreeSet<&str>); 3] = [
        ("reviewers", REVIEWERS_MAX, BTreeSet::new()),
        ("applications", APPLICATIONS_MAX, BTreeSet::new()),
        ("dimensions", DIMENSIONS_MAX, BTreeSet::new()),
    ];
    for (position, review) in request.reviews.iter().enumerate() {
        let path = format!("reviews[{position}]");
        let (reviewer, application) = (review.reviewer.as_str(), review.application.as_str());
        if !seen.insert((reviewer, application)) {
            problems.add(
                "duplicate_review",
                &path,
                format!(
                    "{path} is the second of reviewer \"{reviewer}\" for application \
                     \"{application}\"; each reviewer gives one."
                ),
            );
        }
        let [(_, _, reviewers), (_, _, applications), (_, _, dimensions)] = &mut counts;
        reviewers.insert(reviewer);
        applications.insert(application);
        dimensions.extend(review.scores.keys().map(String::as_str));
        levels(request, review, &path, &mut problems);
    }
    for (what, most, found) in counts {
        if found.len() > most {
            let count = found.len();
            problems.push(
                Problem::new(
                    "too_many",
                    "reviews",
                    format!("reviews names {count} {what}; at most {most} are allowed."),
                )
                .with("most", most.to_string()),
            );
        }
    }
    problems
}

fn ends(request: &Request, problems: &mut Problems) {
    if request.from >= request.to {
        problems.add(
            "levels_contradict",
            "levels.to",
            format!(
                "levels.to is {} and levels.from is {}; to must be the larger, such as from \"0\" \
                 to \"5\".",
                normal_text(request.to),
                normal_text(request.from)
            ),
        );
    }
    if request.gap <= Decimal::ZERO {
        problems.add(
            "out_of_range",
            "outlier.gap",
            format!(
                "outlier.gap is {}; it must be above 0, such as \"2\".",
                normal_text(request.gap)
            ),
        );
    }
}

fn levels(request: &Request, review: &Review, path: &str, problems: &mut Problems) {
    let scores = join(path, "scores");
    for (dimension, level) in &review.scores {
        let Some(level) = level else { continue };
        if *level < request.from || *level > request.to {
            let at = join(&scores, dimension);
            problems.add(
                "out_of_range",
                &at,
                format!(
                    "{at} is {}; it must be from {} to {}.",
                    normal_text(*level),
                    normal_text(request.from),
                    normal_text(request.to)
                ),
            );
        }
    }
}
