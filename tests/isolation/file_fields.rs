//! The fields through which supporting documents come and go, and how each is tried.
use access::Action;
use serde_json::json;

use super::fields::{Field, Target, mutation};

pub(super) const FILES: [Field; 4] = [
    mutation(
        "fileUploadGrant",
        Target::Application,
        Action::FileAttach,
        "mutation($input: FileUploadGrantInput!) { fileUploadGrant(input: $input) {
            expiresAt problems { code path message } } }",
        |id| json!({"input": {"applicationId": id, "kind": "QUOTATION", "name": "a.pdf", "bytes": 1000}}),
    ),
    mutation(
        "fileDownloadGrant",
        Target::File,
        Action::ApplicationRead,
        DOWNLOAD,
        |id| json!({"input": {"fileId": id}}),
    ),
    mutation(
        "fileDownloadGrant",
        Target::ReceivedFile,
        Action::ReceivedRead,
        DOWNLOAD,
        |id| json!({"input": {"fileId": id}}),
    ),
    mutation(
        "fileRemove",
        Target::File,
        Action::FileAttach,
        "mutation($input: FileRemoveInput!) { fileRemove(input: $input) {
            application { id } problems { code path message } } }",
        |id| json!({"input": {"fileId": id}}),
    ),
];

const DOWNLOAD: &str =
    "mutation($input: FileDownloadGrantInput!) { fileDownloadGrant(input: $input) {
    expiresAt problems { code path message } } }";
