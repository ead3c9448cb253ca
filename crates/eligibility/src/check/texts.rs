//! Whether every outcome of a criterion is explained: a question, reasons and fixes.
use explain::{json::Json, read::join};

use super::{Checker, Look as _};

impl Checker<'_> {
    pub(super) fn criterion(&mut self, criterion: &Json, path: &str) {
        if let Some(rule) = criterion.at("rule") {
            self.rule(rule, &join(path, "rule"));
        }
        let is_report = criterion
            .at("rule")
            .and_then(|rule| rule.text_at("op"))
            .is_some_and(|op| op == "ratio");
        let outcomes: &[&str] = if is_report {
            &["info", "unknown"]
        } else {
            &["pass", "fail", "unknown"]
        };
        let mending: &[&str] = if is_report {
            &["unknown"]
        } else {
            &["fail", "unknown"]
        };
        self.question(criterion, path);
        self.explained(criterion, path, "reason", outcomes);
        self.explained(criterion, path, "fix", mending);
        self.pointers(criterion, path);
    }

    fn question(&mut self, criterion: &Json, path: &str) {
        let given = |key: &str| {
            let text = criterion.text_at(key);
            text.is_some_and(|text| !text.trim().is_empty())
        };
        if given("question_en") || given("question_zh") || criterion.at("question").is_some() {
            return;
        }
        for key in ["question_en", "question_zh"] {
            let at = join(path, key);
            let message = format!(
                "{at} is missing; give the question an applicant reads, such as \"Is the project \
                 period within the limit?\"."
            );
            self.refuse("missing_text", &at, message);
        }
    }

    fn explained(&mut self, criterion: &Json, path: &str, key: &str, outcomes: &[&str]) {
        let texts = criterion.at(key);
        if texts.is_some_and(|texts| texts.at("en").is_some() || texts.at("zh").is_some()) {
            return;
        }
        for outcome in outcomes {
            let found = texts.and_then(|texts| texts.at(outcome));
            if found.is_none_or(|found| *found == Json::Null) {
                let at = join(&join(path, key), outcome);
                let message = format!(
                    "{at} is missing; say it in both languages, such as \
                     {{\"en\":\"It comes to {{value}}.\",\"zh\":\"合共{{value}}。\"}}."
                );
                self.refuse("missing_text", &at, message);
            }
        }
    }

    /// The field that mends it is a fact; the sources it names are listed.
    fn pointers(&mut self, criterion: &Json, path: &str) {
        if let Some(field) = criterion.text_at("fix_field") {
            self.fact(&field, &join(path, "fix_field"));
        }
        let (Some(Json::List(named)), Some(Json::Object(known))) =
            (criterion.at("source"), self.sources)
        else {
            return;
        };
        for (position, source) in named.iter().enumerate() {
            if let Json::Text(source) = source
                && !known.iter().any(|(key, _)| key == source)
            {
                let at = format!("{}[{position}]", join(path, "source"));
                let message = format!(
                    "{at} \"{source}\" is not among the sources of the rule set; add it there, or \
                     name one of them, such as \"ILL\"."
                );
                self.refuse("unknown_source", &at, message);
            }
        }
    }
}
