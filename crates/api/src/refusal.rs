//! Refusals of the plain routes: a status and problems, in the shape that GraphQL payloads have.
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::CaseError;
use explain::Problem;
use serde_json::{Value, json};

use crate::{answer, documents::NoDocument};

/// Why a request was not served.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The content type is not `application/json`.
    NotJson,
    /// The content type is not that of an Excel workbook.
    NotWorkbook,
    /// The workbook is longer than allowed.
    WorkbookTooLarge,
    /// The content type is not that of plain bytes.
    NotBytes,
    /// A supporting document is longer than allowed.
    DocumentTooLarge,
    /// The header that no foreign page can set is missing.
    HeaderMissing,
    /// The request comes from another site.
    ForeignOrigin,
    /// The body is longer than allowed.
    TooLarge,
    /// The body did not arrive, or the answer was not found, in time.
    TooSlow,
    /// The connection broke off.
    Broken,
    /// The body is not the JSON that this route reads.
    Malformed,
    /// More than one operation in one request.
    Batch,
    /// A text holds U+0000.
    NulCharacter,
    /// There is no such trusted document, or it is not one.
    NoDocument(NoDocument),
    /// What this caller may cost is spent for so many seconds.
    OverBudget(u64),
    /// The token is not known, has expired or was ended.
    TokenRefused,
    /// A program sent a cookie beside its token.
    TokenWithCookie,
    /// Nobody is signed in.
    NotSignedIn,
    /// Address and password do not fit.
    SignInRefused,
    /// Too many guesses.
    SignInThrottled,
    /// Address and password fit; the code of the second step is missing.
    CodeWanted,
    /// Address and password fit; the code of the second step does not.
    CodeRefused,
    /// The way back from the identity provider is not known, was used or has aged.
    ProviderState,
    /// A passkey's answer does not hold.
    PasskeyRefused,
    /// Too many connections.
    Busy,
    /// Not there, or not theirs to see.
    NotFound,
    /// What the person can put right.
    Problems(Vec<Problem>),
    /// The machine's fault, logged under this message's reference.
    Internal(String),
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotJson | Self::NotWorkbook | Self::NotBytes => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::HeaderMissing | Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::TooLarge | Self::WorkbookTooLarge | Self::DocumentTooLarge => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken
            | Self::Malformed
            | Self::Batch
            | Self::NulCharacter
            | Self::NoDocument(_)
            | Self::TokenWithCookie => StatusCode::BAD_REQUEST,
            Self::NotSignedIn
            | Self::SignInRefused
            | Self::CodeWanted
            | Self::CodeRefused
            | Self::ProviderState
            | Self::PasskeyRefused
            | Self::TokenRefused => StatusCode::UNAUTHORIZED,
            Self::SignInThrottled | Self::OverBudget(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Problems(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self) -> (&'static str, &str) {
        match self {
            Self::NotJson => (
                "content_type_refused",
                "Send the content type application/json.",
            ),
            Self::NotWorkbook => (
                "content_type_refused",
                "Send an Excel workbook (.xlsx) with its content type.",
            ),
            Self::WorkbookTooLarge => (
                "file_too_large",
                "The file is larger than 2 MiB; send the workbook without pictures and other sheets.",
            ),
            Self::NotBytes => (
                "content_type_refused",
                "Send the file with the content type application/octet-stream.",
            ),
            Self::DocumentTooLarge => (
                "document_too_large",
                "The file is larger than 20 MiB; send it in parts.",
            ),
            Self::HeaderMissing => (
                "header_missing",
                "Send the header x-plumbline, such as x-plumbline: 1.",
            ),
            Self::ForeignOrigin => (
                "origin_refused",
                "Requests are taken from this site's own pages only.",
            ),
            Self::TooLarge => ("body_too_large", "The request is larger than 1 MiB."),
            Self::TooSlow => ("timed_out", "The request took too long. Try again."),
            Self::Broken => ("body_broken", "The request broke off. Try again."),
            Self::Malformed => (
                "body_malformed",
                "The body is not the JSON object that this address reads.",
            ),
            Self::Batch => ("batch_refused", "Send one operation per request."),
            Self::NulCharacter => (
                "nul_character",
                "A text holds the character U+0000, which cannot be stored. Take it out.",
            ),
            Self::NoDocument(why) => why.words(),
            Self::TokenRefused
            | Self::TokenWithCookie
            | Self::NotSignedIn
            | Self::SignInRefused
            | Self::SignInThrottled
            | Self::CodeWanted
            | Self::CodeRefused
            | Self::ProviderState
            | Self::PasskeyRefused => self.words_of_signing_in(),
            Self::Busy => ("busy", "Too many connections. Try again later."),
            Self::NotFound => ("not_found", "There is no such thing here."),
            Self::Internal(message) => ("internal", message),
            Self::OverBudget(_) => ("cost_budget_spent", ""),
            Self::Problems(_) => ("", ""),
        }
    }

    fn words_of_signing_in(&self) -> (&'static str, &'static str) {
        match self {
            Self::TokenRefused => (
                "token_refused",
                "This token is not known, has expired or was ended. Send one as Authorization: Bearer plt_…",
            ),
            Self::TokenWithCookie => (
                "token_with_cookie",
                "Send a token without cookies: a request comes from a program or from a browser.",
            ),
            Self::NotSignedIn => ("not_signed_in", "Sign in first."),
            Self::SignInRefused => ("sign_in_refused", "E-mail address and password do not fit."),
            Self::SignInThrottled => ("sign_in_throttled", "Too many attempts. Wait 15 minutes."),
            Self::CodeWanted => (
                "second_step_wanted",
                "Give the six digits that your app shows now, such as 492 039, or a recovery code.",
            ),
            Self::CodeRefused => (
                "second_step_refused",
                "This code does not fit, or was used before. Wait for the next one in the app, such as 492 039.",
            ),
            Self::ProviderState => (
                "provider_state",
                "This sign-in was begun in another browser, was used before, or is older than 10 minutes. Begin again.",
            ),
            Self::PasskeyRefused => (
                "passkey_refused",
                "This passkey was not taken, or it took longer than 5 minutes. Try again.",
            ),
            _ => ("", ""),
        }
    }

    fn problems(&self) -> Vec<Value> {
        match self {
            Self::Problems(problems) => problems.iter().map(problem_json).collect(),
            Self::OverBudget(seconds) => vec![problem_json(&over_budget(*seconds))],
            other => {
                let (code, message) = other.words();
                let path = match other {
                    Self::CodeWanted | Self::CodeRefused => "code",
                    _ => "",
                };
                vec![problem_json(&Problem::new(code, path, message))]
            }
        }
    }

    /// The answer of `/graphql`: the same problems, as errors that a GraphQL client reads too.
    pub(crate) fn to_graphql(&self) -> Response {
        let problems = self.problems();
        let errors: Vec<Value> = problems
            .iter()
            .map(|problem| {
                json!({"message": problem["message"], "extensions": {"code": problem["code"]}})
            })
            .collect();
        self.respond(json!({"errors": errors, "problems": problems}))
    }

    /// Whether somebody may have tried to get round a control; up-to-date pages of the product do none of it.
    fn goes_round_controls(&self) -> bool {
        matches!(
            self,
            Self::HeaderMissing
                | Self::ForeignOrigin
                | Self::Batch
                | Self::NoDocument(_)
                | Self::OverBudget(_)
                | Self::TokenRefused
                | Self::TokenWithCookie
                | Self::ProviderState
                | Self::PasskeyRefused
        )
    }

    fn respond(&self, body: Value) -> Response {
        if self.goes_round_controls() {
            // The code and no more: what was sent is not for the log.
            tracing::warn!(code = self.words().0, status = %self.status(), "refused at the door");
        }
        let mut response = (self.status(), Json(body)).into_response();
        match self {
            Self::OverBudget(seconds) => {
                let headers = response.headers_mut();
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Self::TokenRefused => {
                let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
                let headers = response.headers_mut();
                headers.insert(header::WWW_AUTHENTICATE, challenge);
            }
            _ => {}
        }
        response
    }
}

fn over_budget(seconds: u64) -> Problem {
    let message = format!(
        "The cost budget of this person, token or address is spent. Ask again in {seconds} s, or ask for less at once, such as first: 20."
    );
    Problem::new("cost_budget_spent", "", message).with("seconds", seconds.to_string())
}

fn problem_json(problem: &Problem) -> Value {
    let params: Vec<Value> = problem
        .params
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    json!({
        "code": problem.code,
        "path": problem.path,
        "message": problem.message,
        "params": params,
    })
}

impl From<CaseError> for Refusal {
    fn from(error: CaseError) -> Self {
        match error {
            CaseError::Problems(problems) => Self::Problems(problems.into_vec()),
            CaseError::NotFound => Self::NotFound,
            CaseError::Internal(cause) => Self::Internal(answer::internal(&cause)),
        }
    }
}

impl From<NoDocument> for Refusal {
    fn from(why: NoDocument) -> Self {
        Self::NoDocument(why)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.respond(json!({"problems": self.problems()}))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(refusal: Refusal) -> String {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || drop(refusal.into_response()));
        let bytes = log.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn what_goes_round_a_control_is_a_line_of_the_log_and_a_slip_is_none() {
        for (refusal, code) in [
            (Refusal::ForeignOrigin, "origin_refused"),
            (Refusal::HeaderMissing, "header_missing"),
            (Refusal::TokenRefused, "token_refused"),
            (Refusal::OverBudget(7), "cost_budget_spent"),
            (Refusal::NoDocument(NoDocument::Unknown), "document_unknown"),
        ] {
            let line = logged(refusal);
            assert!(
                line.contains("refused at the door") && line.contains(code),
                "{line}"
            );
        }
        assert_eq!(logged(Refusal::Malformed), "");
        assert_eq!(logged(Refusal::NotFound), "");
    }
}
