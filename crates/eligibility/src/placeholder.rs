//! Placeholders in the words of a rule: `{value}`, `{threshold}`, `{shortfall}` and their like.

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholder {
    Value,
    Threshold,
    Shortfall,
    Low,
    High,
    Item,
    Missing,
}

const PLACEHOLDERS: [(&str, Placeholder); 7] = [
    ("value", Placeholder::Value),
    ("threshold", Placeholder::Threshold),
    ("shortfall", Placeholder::Shortfall),
    ("low", Placeholder::Low),
    ("high", Placeholder::High),
    ("item", Placeholder::Item),
    ("missing", Placeholder::Missing),
];

fn find(name: &str) -> Option<Placeholder> {
    PLACEHOLDERS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, placeholder)| *placeholder)
}

/// The placeholders an author may use, for a message.
pub(crate) fn known_words() -> String {
    let known: Vec<String> = PLACEHOLDERS
        .iter()
        .map(|(name, _)| format!("{{{name}}}"))
        .collect();
    known.join(", ")
}

/// The placeholders in `text` that do not exist.
pub(crate) fn unknown_in(text: &str) -> Vec<String> {
    let mut unknown = Vec::new();
    fill(text, |name| {
        if find(name).is_none() {
            unknown.push(name.to_owned());
        }
        String::new()
    });
    unknown
}

/// `text` with every placeholder replaced.
pub(crate) fn filled(text: &str, value_of: impl Fn(Placeholder) -> String) -> String {
    fill(text, |name| find(name).map_or_else(String::new, &value_of))
}

fn fill(text: &str, mut value_of: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        if let Some((name, tail)) = after.split_once('}') {
            out.push_str(&value_of(name));
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_replaced_and_unknown_ones_reported() {
        let text = "over by {shortfall}, that is {value} { ";
        let shown = filled(text, |placeholder| format!("<{placeholder:?}>"));
        assert_eq!(shown, "over by <Shortfall>, that is <Value> { ");
        assert_eq!(unknown_in("{value} of {limit}"), ["limit"]);
    }
}
