//! Refusals of the plain routes: a status and problems, in the shape that GraphQL payloads have.
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use casework::CaseError;
use explain::Problem;
use serde_json::{Value, json};

use crate::answer;

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
    /// Nobody is signed in.
    NotSignedIn,
    /// Address and password do not fit.
    SignInRefused,
    /// Too many guesses.
    SignInThrottled,
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
            Self::Broken | Self::Malformed | Self::Batch => StatusCode::BAD_REQUEST,
            Self::NotSignedIn | Self::SignInRefused => StatusCode::UNAUTHORIZED,
            Self::SignInThrottled => StatusCode::TOO_MANY_REQUESTS,
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
            Self::NotSignedIn => ("not_signed_in", "Sign in first."),
            Self::SignInRefused => ("sign_in_refused", "E-mail address and password do not fit."),
            Self::SignInThrottled => ("sign_in_throttled", "Too many attempts. Wait 15 minutes."),
            Self::Busy => ("busy", "Too many connections. Try again later."),
            Self::NotFound => ("not_found", "There is no such thing here."),
            Self::Internal(message) => ("internal", message),
            Self::Problems(_) => ("", ""),
        }
    }

    fn problems(&self) -> Vec<Value> {
        if let Self::Problems(problems) = self {
            return problems.iter().map(problem_json).collect();
        }
        let (code, message) = self.words();
        vec![problem_json(&Problem::new(code, "", message))]
    }
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

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Json(json!({"problems": self.problems()}))).into_response()
    }
}
