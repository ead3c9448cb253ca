//! What a request and an award state, read so that all that is wrong comes out at once with the
//! path of the field.
use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields},
};
use procurement::policy::Policy;
use serde_json::Value;

/// Longest title and note.
const TITLE_CHARS_MAX: usize = 160;
/// Longest note of a deed.
pub(crate) const NOTE_CHARS_MAX: usize = 2_000;
/// Largest content of one deed, in bytes of JSON.
const CONTENT_BYTES_MAX: usize = 64 * 1024;

/// Title, department, category, need, days and parts. The parts are read by the calculator.
pub(crate) fn request(content: &Value, policy: &Policy, problems: &mut Problems) {
    if !is_fit(content, problems) {
        return;
    }
    let body = Json::from(content);
    let fields = Fields::of(&body, "", problems);
    let known = [
        "title",
        "department",
        "category",
        "requirement",
        "invited_on",
        "needed_on",
        "parts",
    ];
    fields.refuse_unknown(&known, problems);
    if let Some(title) = fields.text("title", problems) {
        refuse_long("title", &title, TITLE_CHARS_MAX, problems);
    }
    one_of(&fields, "department", &policy.departments, problems);
    one_of(&fields, "category", &policy.categories, problems);
    // Null says that the need is this purchase's own; leaving it out says nothing.
    if let Some(json) = fields.required("requirement", problems)
        && *json != Json::Null
        && let Some(need) = read::text(json, "requirement", problems)
    {
        refuse_long("requirement", &need, TITLE_CHARS_MAX, problems);
    }
    fields.given("invited_on", problems, read::date);
    fields.given("needed_on", problems, read::date);
    fields.required("parts", problems);
}

/// What an award states is read by the calculator; only its keys are looked at here.
pub(crate) fn award(content: &Value, problems: &mut Problems) {
    if !is_fit(content, problems) {
        return;
    }
    let body = Json::from(content);
    let fields = Fields::of(&body, "", problems);
    let known = [
        "invited_on",
        "method",
        "quotations",
        "chosen",
        "lowest_reason",
        "accepted",
    ];
    fields.refuse_unknown(&known, problems);
    fields.required("accepted", problems);
}

fn is_fit(content: &Value, problems: &mut Problems) -> bool {
    let fits = content.to_string().len() <= CONTENT_BYTES_MAX;
    if !fits {
        problems.add(
            "section_too_large",
            "",
            format!("It has more than {CONTENT_BYTES_MAX} bytes; shorten its texts."),
        );
    }
    fits
}

pub(crate) fn refuse_long(path: &str, text: &str, most: usize, problems: &mut Problems) {
    if text.chars().count() > most {
        problems.push(
            Problem::new(
                "too_long",
                path,
                format!("{path} is longer than {most} characters; shorten it."),
            )
            .with("most", most.to_string()),
        );
    }
}

fn one_of(
    fields: &Fields<'_>,
    key: &str,
    codes: &std::collections::BTreeSet<String>,
    problems: &mut Problems,
) {
    if let Some(code) = fields.text(key, problems)
        && !codes.contains(&code)
    {
        let known: Vec<&str> = codes.iter().map(String::as_str).collect();
        let known = known.join(", ");
        let message = format!("{key}: \"{code}\" is not one of the policy's; use one of {known}.");
        problems.push(Problem::new("not_one_of", key, message).with("known", known));
    }
}
