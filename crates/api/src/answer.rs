//! What a person hears when a deed did not succeed. Their own mistakes come back as problems; the
//! machine's are logged once under a reference, and only the reference leaves the house.
use async_graphql::{Error, ErrorExtensions as _};
use casework::{CaseError, CaseResult};
use explain::Problem;
use uuid::Uuid;

/// Logs the cause of a failure and returns the sentence that may be sent.
pub(crate) fn internal(cause: &str) -> String {
    let reference = Uuid::new_v4();
    tracing::error!(%reference, cause, "a request failed inside");
    format!("internal error, reference {reference}")
}

/// The GraphQL error of a failed deed, with a code that the web app has words for.
pub(crate) fn refused(error: CaseError) -> Error {
    match error {
        CaseError::Problems(problems) => {
            let first = problems.as_slice().first();
            let code = first.map_or("refused", |problem| problem.code.as_str());
            coded(
                code,
                first.map_or("refused", |problem| problem.message.as_str()),
            )
        }
        CaseError::NotFound => coded("not_found", "There is no such thing here."),
        CaseError::Internal(cause) => coded("internal", &internal(&cause)),
    }
}

fn coded(code: &str, message: &str) -> Error {
    Error::new(message).extend_with(|_, values| values.set("code", code))
}

/// For a field that cannot be null.
pub(crate) fn answer<T>(result: CaseResult<T>) -> async_graphql::Result<T> {
    result.map_err(refused)
}

/// For a field that is null when the thing does not exist for the caller.
pub(crate) fn found<T>(result: CaseResult<Option<T>>) -> async_graphql::Result<Option<T>> {
    match result {
        Err(CaseError::NotFound) => Ok(None),
        other => answer(other),
    }
}

/// For a mutation: what came of it, or the problems to put right.
pub(crate) fn outcome<T>(
    result: CaseResult<T>,
) -> async_graphql::Result<(Option<T>, Vec<Problem>)> {
    match result {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(CaseError::Problems(problems)) => Ok((None, problems.into_vec())),
        Err(CaseError::NotFound) => {
            let problem = Problem::new("not_found", "", "There is no such thing here.");
            Ok((None, vec![problem]))
        }
        Err(CaseError::Internal(cause)) => Err(refused(CaseError::Internal(cause))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_of_an_internal_failure_is_never_sent() {
        let error = refused(CaseError::Internal(
            "relation tenant.secrets does not exist".into(),
        ));
        assert!(error.message.starts_with("internal error, reference "));
        assert!(!error.message.contains("tenant.secrets"));
    }

    #[test]
    fn what_does_not_exist_is_null_in_a_query_and_a_problem_in_a_mutation() {
        let nothing: async_graphql::Result<Option<()>> = found(Err(CaseError::NotFound));
        assert!(matches!(nothing, Ok(None)));
        let (value, problems) = outcome::<()>(Err(CaseError::NotFound)).unwrap();
        assert!(value.is_none());
        assert_eq!(problems[0].code, "not_found");
    }
}
