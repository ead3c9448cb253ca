//! Text and tables as text. What is not wholly text is none; what a browser or a spreadsheet would run is refused.
use explain::{Problem, Problems};

use crate::{Format, inspect::refused_type, marks};

/// How far into a text a mail's head is looked for.
const HEAD_BYTES: usize = 4096;

/// The text, if there is nothing else in the file: UTF-8 without control marks.
pub(crate) fn text_of(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let usual =
        |letter: char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r' | '\u{c}');
    text.chars().all(usual).then_some(text)
}

/// A table when its name says so, else a text.
pub(crate) fn recognised(name: &str, text: &str) -> Result<Format, Problem> {
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    if begin.starts_with('<') || marks::has_markup(text.as_bytes()) {
        return Err(Problem::new(
            "file_markup",
            "file",
            "The file holds markup or a script of a web page; send it as PDF.",
        ));
    }
    if begin.starts_with("#!") {
        return Err(refused_type("text/x-shellscript"));
    }
    if begin.starts_with("{\\rtf") {
        return Err(refused_type("application/rtf"));
    }
    let head = begin.get(..HEAD_BYTES).unwrap_or(begin).to_lowercase();
    if head.contains("mime-version:") && head.contains("content-type:") {
        return Err(refused_type("message/rfc822"));
    }
    let is_table = name
        .rsplit_once('.')
        .map(|(_, ending)| Format::of_ending(ending));
    Ok(if is_table == Some(Some(Format::Csv)) {
        Format::Csv
    } else {
        Format::Text
    })
}

/// Cells that a spreadsheet program would compute or run.
pub(crate) fn csv_refusals(bytes: &[u8]) -> Problems {
    let text = text_of(bytes)
        .unwrap_or_default()
        .trim_start_matches('\u{feff}');
    let line = text
        .lines()
        .position(|line| line.split([',', ';', '\t']).any(is_formula));
    match line {
        None => Problems::new(),
        Some(line) => Problem::new(
            "file_formulas",
            "file",
            format!(
                "Line {} has a cell that begins with =, @, + or - and would be computed; save the values instead.",
                line + 1
            ),
        )
        .with("line", (line + 1).to_string())
        .into(),
    }
}

fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches([' ', '"', '\'']);
    let mut letters = cell.chars();
    match letters.next() {
        Some('=' | '@') => true,
        // A signed number is a value.
        Some('+' | '-') => letters
            .next()
            .is_some_and(|next| next.is_alphabetic() || "(=@".contains(next)),
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_amounts_are_values_and_formulas_are_not() {
        for line in ["a,-12.50,+3", "名稱;報價", "x,- ,y", "a@b.example,1"] {
            assert!(csv_refusals(line.as_bytes()).is_empty(), "{line}");
        }
        for line in [
            "=1+1",
            "a,\"=cmd|' /C calc'!A0\"",
            "a\t@SUM(1)",
            "a;+cmd(1)",
            "a,-(2)",
        ] {
            assert!(!csv_refusals(line.as_bytes()).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_file_with_a_control_mark_or_another_encoding_is_no_text() {
        assert!(text_of(b"plain\ttext\r\n").is_some());
        assert!(text_of(b"a\0b").is_none());
        assert!(text_of(b"a\x1b[2J").is_none());
        assert!(text_of(&[0xff, 0xfe, b'a', 0]).is_none());
    }
}
