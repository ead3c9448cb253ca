//! A file's name as its owner wrote it: shown to people and given back on download, never used to store anything.
use explain::{Problem, Problems};

use crate::{Format, NAME_CHARS_MAX};

/// Letters that no file system or header takes, or that would lead out of a folder.
const REFUSED_LETTERS: &str = "/\\:*?\"<>|";
/// Marks that turn the direction of writing: `gpj.exe` would read as another name.
const DIRECTION_MARKS: [char; 11] = [
    '\u{061c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}',
];
/// Names that some systems keep for devices.
const DEVICES: [&str; 8] = ["con", "prn", "aux", "nul", "com1", "com2", "lpt1", "lpt2"];
/// Endings that some system runs, or that hide a second type before the last ending.
const TELLING_ENDINGS: [&str; 44] = [
    "exe", "scr", "com", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta",
    "msi", "msp", "dll", "cpl", "jar", "lnk", "reg", "sh", "php", "phtml", "asp", "aspx", "jsp",
    "html", "htm", "svg", "xml", "zip", "rar", "7z", "iso", "doc", "docm", "xls", "xlsm", "pdf",
    "docx", "xlsx", "png", "jpg", "jpeg",
];

/// Everything that is wrong with a name.
pub fn check_name(name: &str) -> Problems {
    let mut problems = Problems::new();
    let letters = name.chars().count();
    if letters == 0 || letters > NAME_CHARS_MAX {
        problems.push(
            Problem::new(
                "file_name_length",
                "name",
                format!("The name has 1 to {NAME_CHARS_MAX} characters, such as quotation-1.pdf."),
            )
            .with("max", NAME_CHARS_MAX.to_string()),
        );
    }
    if has_refused_letters(name) {
        problems.add(
            "file_name_letters",
            "name",
            "The name holds characters that a file name must not have, such as / .. or control marks; call it quotation-1.pdf.",
        );
    }
    if let Some(ending) = hidden_ending(name) {
        problems.push(
            Problem::new(
                "file_name_double_ending",
                "name",
                format!("The name has a second ending, .{ending}; call it quotation-1.pdf."),
            )
            .with("ending", ending),
        );
    }
    problems
}

fn has_refused_letters(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    name.contains("..")
        || name.starts_with(['.', ' ', '-', '~'])
        || name.ends_with(['.', ' '])
        || DEVICES.contains(&stem.trim().to_lowercase().as_str())
        || name.chars().any(|letter| {
            letter.is_control()
                || REFUSED_LETTERS.contains(letter)
                || DIRECTION_MARKS.contains(&letter)
                || letter == '\u{2069}'
        })
}

/// An ending before the last one that names a type by itself.
fn hidden_ending(name: &str) -> Option<String> {
    let mut parts: Vec<String> = name
        .split('.')
        .map(|part| part.trim().to_lowercase())
        .collect();
    parts.pop()?;
    parts
        .into_iter()
        .skip(1)
        .find(|part| TELLING_ENDINGS.contains(&part.as_str()))
}

/// A name that says another type than the content is.
pub(crate) fn other_type(name: &str, format: Format) -> Option<Problem> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if Format::of_ending(ending) == Some(format) {
        return None;
    }
    let wanted = format.endings().first().copied().unwrap_or_default();
    Some(
        Problem::new(
            "file_name_other_type",
            "name",
            format!("By its content the file is .{wanted}, but its name says otherwise; let the name end in .{wanted}."),
        )
        .with("ending", wanted),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(name: &str) -> Vec<String> {
        let problems = check_name(name).into_vec();
        problems.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn ordinary_names_in_both_languages_are_taken() {
        for name in [
            "quotation-1.pdf",
            "報價單 (第 2 份).pdf",
            "50% deposit.pdf",
            "v1.2 board minutes.docx",
            "Audited accounts 2025-26, final.xlsx",
            "a",
        ] {
            assert!(codes(name).is_empty(), "{name}: {:?}", codes(name));
        }
    }

    #[test]
    fn names_that_lead_elsewhere_or_pretend_are_refused() {
        for name in [
            "../minutes.pdf",
            "a/b.pdf",
            "a\\b.pdf",
            ".htaccess",
            "nul.pdf",
            "a\u{202e}fdp.exe",
            "a\r\nb.pdf",
            "a\".pdf",
            "..%2fa.pdf",
            "minutes.pdf ",
        ] {
            assert_eq!(codes(name), ["file_name_letters"], "{name:?}");
        }
        assert_eq!(codes("quotation.exe.pdf"), ["file_name_double_ending"]);
        assert_eq!(codes("quotation.pdf.exe"), ["file_name_double_ending"]);
        assert_eq!(codes(""), ["file_name_length"]);
        assert_eq!(codes(&"a".repeat(81)), ["file_name_length"]);
    }

    #[test]
    fn the_name_must_say_what_the_content_is() {
        assert_eq!(other_type("a.JPEG", Format::Jpeg), None);
        let told = other_type("a.pdf", Format::Png).map(|problem| problem.params["ending"].clone());
        assert_eq!(told.as_deref(), Some("png"));
        assert!(other_type("minutes", Format::Pdf).is_some());
    }
}
