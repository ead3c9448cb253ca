//! Breaking text into lines that fit: between words, inside Chinese text wherever its punctuation
//! permits (Unicode line breaking, UAX #14), and inside a word only where it is wider than a line.
use unicode_linebreak::linebreaks;

use crate::{
    face::{Face, UNITS_PER_EM, drawable},
    unit::Twips,
};

/// One line of a paragraph. A blank at its end keeps words apart for readers that extract text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    /// Without the blanks at the end.
    pub(crate) width: Twips,
}

/// Units of the typeface in twips at a size. Rounded up: a line that is said to fit, fits.
fn scaled(units: i32, size: Twips) -> Twips {
    let em = i64::from(UNITS_PER_EM);
    let scaled = i64::from(units) * i64::from(size) + em - 1;
    i32::try_from(scaled / em).unwrap_or(i32::MAX)
}

/// Width of a text without the blanks at its end.
pub(crate) fn width(face: &Face, text: &str, size: Twips) -> Twips {
    scaled(face.width(text.trim_end_matches(' ')), size)
}

/// The lines of a paragraph in `most` twips. Line ends of the text are kept; an empty text is one
/// empty line.
pub(crate) fn wrap(face: &Face, text: &str, size: Twips, most: Twips) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let paragraph = drawable(paragraph);
        let mut open = Open {
            face,
            size,
            most,
            text: String::new(),
            units: 0,
            lines: &mut lines,
        };
        for piece in pieces(&paragraph) {
            open.add(piece);
        }
        open.close();
    }
    lines
}

/// What must stay together, with the blanks that follow it.
fn pieces(text: &str) -> Vec<&str> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for (end, _) in linebreaks(text) {
        if let Some(piece) = text.get(start..end).filter(|piece| !piece.is_empty()) {
            pieces.push(piece);
        }
        start = end;
    }
    pieces
}

/// The line that is being filled.
struct Open<'a> {
    face: &'a Face,
    size: Twips,
    most: Twips,
    text: String,
    /// Width of the text with its blanks, in units of the typeface.
    units: i32,
    lines: &'a mut Vec<Line>,
}

impl Open<'_> {
    fn fits(&self, more: &str) -> bool {
        let solid = self.face.width(more.trim_end_matches(' '));
        scaled(self.units.saturating_add(solid), self.size) <= self.most
    }

    fn push(&mut self, piece: &str) {
        self.units = self.units.saturating_add(self.face.width(piece));
        self.text.push_str(piece);
    }

    fn add(&mut self, piece: &str) {
        if !self.fits(piece) && !self.text.is_empty() {
            self.close();
        }
        if self.fits(piece) {
            return self.push(piece);
        }
        // Wider than a whole line: by characters, at least one on each line.
        for letter in piece.chars() {
            let mut bytes = [0; 4];
            let letter = letter.encode_utf8(&mut bytes);
            if !self.text.is_empty() && !self.fits(letter) {
                self.close();
            }
            self.push(letter);
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.units = 0;
        let width = width(self.face, &text, self.size);
        self.lines.push(Line { text, width });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: Twips = 200;

    fn lines(text: &str, most: Twips) -> Vec<String> {
        let lines = wrap(Face::get().unwrap(), text, SIZE, most);
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn english_breaks_between_words_and_keeps_the_blank() {
        assert_eq!(lines("one two three", 800), ["one two ", "three"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_closing_punctuation() {
        // Four characters fit: the stop may not begin the second line, so the last one goes along.
        assert_eq!(lines("撥款委員。會議", 800), ["撥款委", "員。會議"]);
        assert_eq!(lines("本會「希望」", 600), ["本會", "「希", "望」"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_inside() {
        let hash = "0123456789abcdef".repeat(4);
        let broken = lines(&hash, 1_000);
        assert!(broken.len() > 5);
        assert_eq!(broken.concat(), hash);
    }

    #[test]
    fn line_ends_of_the_text_are_kept() {
        assert_eq!(lines("a\r\n\r\nb", 800), ["a", "", "b"]);
        assert_eq!(lines("", 800), [""]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_character_is_lost(
            text in "[a-zA-Z0-9,.()/ \u{4e00}-\u{4fff}「」，。；：！？（）]{0,200}",
            most in 400_i32..8_000,
        ) {
            let lines = wrap(Face::get().unwrap(), &text, SIZE, most);
            for line in &lines {
                prop_assert!(line.width <= most, "{line:?}");
            }
            let whole: String = lines.into_iter().map(|line| line.text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
