//! What the calculators print, as types: the same shape for a preview and for a stored run.
mod read;
mod sroi;
mod verdict;

pub(crate) use sroi::{SroiResult, sroi_result};
pub(crate) use verdict::{EligibilityState, Severity, Verdict, sources, verdict};

pub(crate) use read::{bilingual, hash_and_run, list, text};
