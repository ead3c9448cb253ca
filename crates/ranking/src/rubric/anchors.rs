//! Anchors of a rubric: every dimension has its own, or those of all that people review.
use explain::{
    Problem, Problems,
    json::Json,
    read::{Fields, join},
};
use money::normal_text;

/// The anchors of every dimension without its own.
const REVIEWED: &str = "reviewed";

/// Every dimension has anchors, and all anchors can be used.
pub(super) fn check(
    anchors: Option<&Json>,
    path: &str,
    dimensions: &[&str],
    problems: &mut Problems,
) {
    let Some(json) = anchors else {
        problems.add(
            "missing",
            path,
            format!(
                "{path} is missing; give what counts as worst and best, such as \
                 {{\"reviewed\":{{\"zero\":\"0\",\"hundred\":\"5\"}}}}."
            ),
        );
        return;
    };
    let fields = Fields::of(json, path, problems);
    for key in fields.keys() {
        let at = fields.path_of(key);
        if key != REVIEWED && !dimensions.contains(&key) {
            problems.add(
                "unknown_dimension",
                &at,
                format!(
                    "{at} is not a dimension here; the dimensions are {}.",
                    dimensions.join(", ")
                ),
            );
        }
        if let Some(ends) = fields.get(key) {
            pair(ends, &at, true, problems);
        }
    }
    for id in dimensions {
        if fields.get(id).is_none() && fields.get(REVIEWED).is_none() {
            let at = join(path, id);
            problems.add(
                "no_anchors",
                &at,
                format!(
                    "{at} is missing; every dimension needs anchors, such as \
                     {{\"zero\":\"0\",\"hundred\":\"5\"}}."
                ),
            );
        }
    }
}

/// Zero lies below hundred: more is better on a rubric.
fn pair(json: &Json, path: &str, scopes: bool, problems: &mut Problems) {
    let ends = Fields::of(json, path, problems);
    let known: &[&str] = if scopes {
        &["zero", "hundred", "by_scope"]
    } else {
        &["zero", "hundred"]
    };
    ends.refuse_unknown(known, problems);
    let zero = ends.decimal("zero", problems);
    let hundred = ends.decimal("hundred", problems);
    if let Some((zero, hundred)) = zero.zip(hundred)
        && zero >= hundred
    {
        let at = ends.path_of("hundred");
        problems.push(
            Problem::new(
                "anchors_contradict",
                &at,
                format!(
                    "{at} is {} and zero is {}; the best must lie above the worst, such as zero \
                     \"0\" and hundred \"5\".",
                    normal_text(hundred),
                    normal_text(zero)
                ),
            )
            .with("zero", normal_text(zero))
            .with("hundred", normal_text(hundred)),
        );
    }
    if scopes && let Some(by_scope) = ends.get("by_scope") {
        let each = Fields::of(by_scope, &ends.path_of("by_scope"), problems);
        for scope in each.keys() {
            if let Some(ends) = each.get(scope) {
                pair(ends, &each.path_of(scope), false, problems);
            }
        }
    }
}
