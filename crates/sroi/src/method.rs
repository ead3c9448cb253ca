//! The method in words, in both languages: the one source from which the working takes its formulas
//! and the public method page its text, so that neither can say what the engine does not do.
use explain::Text;

use crate::{method_conventions::CONVENTIONS, method_steps::STEPS};

/// One step or convention of the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodStep {
    /// The code that a step of the working carries.
    pub id: &'static str,
    /// What it is called.
    pub title: (&'static str, &'static str),
    /// The formula; empty for a convention.
    pub formula: (&'static str, &'static str),
    /// What it means and why it is done so.
    pub text: (&'static str, &'static str),
    /// Where it is laid down.
    pub source: &'static str,
}

impl MethodStep {
    /// Title, formula and text in both languages.
    pub fn texts(&self) -> [Text; 3] {
        [self.title, self.formula, self.text].map(|(en, zh)| Text::new(en, zh))
    }
}

/// The steps in the order of the calculation, then the conventions.
pub fn method() -> impl Iterator<Item = &'static MethodStep> {
    STEPS.iter().chain(CONVENTIONS)
}

/// The step with this code.
pub fn method_step(id: &str) -> Option<&'static MethodStep> {
    method().find(|step| step.id == id)
}

/// English formula of a step, for the working.
pub(crate) fn formula(id: &str) -> &'static str {
    method_step(id).map_or("", |step| step.formula.0)
}

/// Source of a step, for the working.
pub(crate) fn source(id: &str) -> &'static str {
    method_step(id).map_or("", |step| step.source)
}
