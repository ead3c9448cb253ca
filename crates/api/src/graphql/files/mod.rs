//! Supporting documents: what is known of them, and permissions to send and fetch them. The bytes take `/files`.
mod mutation;
mod types;

pub(crate) use mutation::FilesMutation;
pub(crate) use types::{FileRules, SupportingFile};
