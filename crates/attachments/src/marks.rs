//! Signs that are looked for in files of any type, and the refusals that several types share.
use explain::Problem;
use memchr::memmem;

use crate::UNPACKED_BYTES_MAX;

/// The agreed test signature of virus scanners, in two halves so that this source is no finding itself.
const TEST_VIRUS: [&[u8]; 2] = [
    br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-",
    b"ANTIVIRUS-TEST-FILE!$H+H*",
];

/// How a page or a script begins, in small letters.
const MARKUP: [&[u8]; 6] = [
    b"<script",
    b"<?php",
    b"<html",
    b"<svg ",
    b"<iframe",
    b"<!doctype",
];

/// Whether the test signature is in it.
pub(crate) fn has_test_virus(bytes: &[u8]) -> bool {
    let [head, tail] = TEST_VIRUS;
    memmem::find_iter(bytes, head).any(|at| {
        bytes
            .get(at + head.len()..)
            .is_some_and(|rest| rest.starts_with(tail))
    })
}

/// Whether a browser could take a part of it for a page or a script.
pub(crate) fn has_markup(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let rest = &bytes[at..];
        MARKUP.iter().any(|mark| {
            rest.get(..mark.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(mark))
        })
    })
}

pub(crate) fn infected() -> Problem {
    Problem::new(
        "file_infected",
        "file",
        "The file carries the signature EICAR-Test-File; it was not kept.",
    )
    .with("signature", "EICAR-Test-File")
}

pub(crate) fn damaged() -> Problem {
    Problem::new(
        "file_damaged",
        "file",
        "The file is damaged or cut off; open it, save it again and send the new file.",
    )
}

/// Something else stands in the same file.
pub(crate) fn two_in_one() -> Problem {
    Problem::new(
        "file_two_in_one",
        "file",
        "The file holds a second file behind or inside its own content; save it again and send the new file.",
    )
}

pub(crate) fn unpacks_over_limit() -> Problem {
    let mib = (UNPACKED_BYTES_MAX / (1024 * 1024)).to_string();
    let message = format!("The file unpacks to more than {mib} MiB; send it in parts.");
    Problem::new("file_unpacks_over_limit", "file", message).with("mib", mib)
}

pub(crate) fn locked() -> Problem {
    Problem::new(
        "file_locked",
        "file",
        "The file is protected by a password or encrypted; save it without protection.",
    )
}

/// What runs, starts, loads, sends or carries something when a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Active {
    Macros,
    Scripts,
    Launch,
    Forms,
    Embedded,
    External,
    Commands,
    Hidden,
}

impl Active {
    pub(crate) fn problem(self) -> Problem {
        let (code, words) = match self {
            Self::Macros => ("file_has_macros", "macros; save it without them"),
            Self::Scripts => ("file_has_scripts", "scripts; print it to a new PDF"),
            Self::Launch => (
                "file_has_launch",
                "an action that starts a program; print it to a new PDF",
            ),
            Self::Forms => (
                "file_has_forms",
                "a form that sends data; print it to a new PDF",
            ),
            Self::Embedded => (
                "file_has_embedded",
                "another file inside; send that file by itself",
            ),
            Self::External => (
                "file_has_external",
                "content that is loaded from elsewhere; break the links and save it again",
            ),
            Self::Commands => (
                "file_has_commands",
                "fields that start other programs; replace them by their text",
            ),
            Self::Hidden => (
                "file_has_hidden",
                "packed content that cannot be checked; print it to a new PDF",
            ),
        };
        Problem::new(code, "file", format!("The file holds {words}."))
    }
}
