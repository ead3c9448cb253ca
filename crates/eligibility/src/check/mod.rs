//! What must hold before a rule set is saved for publication, beyond being readable: every fact is
//! known, units agree, no rule can only pass or only fail, nothing is divided by what may be zero,
//! and every outcome is explained in both languages.
mod catalogue;
mod operands;
mod rules;
mod tables;
mod texts;
mod types;

use explain::{Problem, Problems, json::Json};

pub use catalogue::Catalogue;

/// Everything that is wrong with a rule set, as a document to be published: what keeps it from
/// being read, and what the facts that exist say against it.
pub fn check(ruleset: &Json, catalogue: &Catalogue) -> Problems {
    let mut problems = Problems::new();
    if let Err(found) = crate::Compiled::try_new(ruleset) {
        for problem in found.into_vec() {
            problems.push(problem);
        }
    }
    let mut checker = Checker {
        catalogue,
        parameters: ruleset.at("parameters"),
        tables: ruleset.at("tables"),
        sources: ruleset.at("sources"),
        lists: Vec::new(),
        problems: &mut problems,
    };
    checker.tables();
    if let Some(Json::List(criteria)) = ruleset.at("criteria") {
        for (position, criterion) in criteria.iter().enumerate() {
            checker.criterion(criterion, &format!("criteria[{position}]"));
        }
    }
    crate::once(problems)
}

struct Checker<'a> {
    catalogue: &'a Catalogue,
    parameters: Option<&'a Json>,
    tables: Option<&'a Json>,
    sources: Option<&'a Json>,
    /// The lists we are inside of, by full name.
    lists: Vec<String>,
    problems: &'a mut Problems,
}

impl Checker<'_> {
    fn refuse(&mut self, code: &str, path: &str, message: String) {
        self.problems.push(Problem::new(code, path, message));
    }
}

/// Looking into a document that may be anything: what does not fit is simply not there, because
/// the compiler has its own words for it.
trait Look {
    fn at(&self, key: &str) -> Option<&Json>;
    fn text_at(&self, key: &str) -> Option<String>;
}

impl Look for Json {
    fn at(&self, key: &str) -> Option<&Json> {
        let Self::Object(entries) = self else {
            return None;
        };
        let entry = entries.iter().find(|(name, _)| name == key);
        entry.map(|(_, value)| value)
    }

    fn text_at(&self, key: &str) -> Option<String> {
        let Self::Text(text) = self.at(key)? else {
            return None;
        };
        Some(text.clone())
    }
}
