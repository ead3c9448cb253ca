//! What the calculators print, as types: the same shape for a preview and for a stored run.
mod read;
mod spread;
mod sroi;
mod verdict;

pub(crate) use spread::{Simulation, simulation};
pub(crate) use sroi::{SroiResult, run_result, sroi_result};
pub(crate) use verdict::{CriterionOutcome, EligibilityState, Severity, Verdict, sources, verdict};

pub(crate) use read::{bilingual, decimal, hash_and_run, list, optional_text, text, texts};
