//! The one typeface of printed documents: which glyph shows a character and how wide it is. A
//! character that it lacks is drawn as a box and named in the result, never left out.
use std::{io::Read as _, sync::LazyLock};

use flate2::read::GzDecoder;
use krilla::text::Font;
use skrifa::{FontRef, MetadataProvider as _, charmap::Charmap, raw::TableProvider as _};

/// Its source, licence and what was cut from it stand in `font/README.md`.
const PACKED: &[u8] = include_bytes!("../font/NotoSansHK-Regular.ttf.gz");
/// Size of the unpacked file, so that it is read into one piece of memory.
const UNPACKED_BYTES: usize = 6_700_000;
/// Units of one em in this typeface.
pub(crate) const UNITS_PER_EM: i32 = 1000;
/// Shown in place of a character that the typeface lacks.
const BOX: char = '□';

/// Unpacked when the first document is printed.
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bytes = Vec::with_capacity(UNPACKED_BYTES);
    // A file that cannot be unpacked is empty, and an empty file is no font.
    if GzDecoder::new(PACKED).read_to_end(&mut bytes).is_err() {
        bytes.clear();
    }
    bytes
});

static FACE: LazyLock<Option<Face>> = LazyLock::new(|| Face::of(&BYTES));

/// One character as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub(crate) id: u32,
    /// In units of [`UNITS_PER_EM`].
    pub(crate) advance: u16,
    /// Whether the typeface has this character.
    pub(crate) known: bool,
}

/// The typeface.
pub(crate) struct Face {
    pub(crate) font: Font,
    charmap: Charmap<'static>,
    reference: FontRef<'static>,
}

impl Face {
    /// The typeface of every document; none when the file in the crate is damaged.
    pub(crate) fn get() -> Option<&'static Self> {
        FACE.as_ref()
    }

    fn of(bytes: &'static [u8]) -> Option<Self> {
        let reference = FontRef::new(bytes).ok()?;
        let units = i32::from(reference.head().ok()?.units_per_em());
        let face = Self {
            font: Font::new(bytes.into(), 0)?,
            charmap: reference.charmap(),
            reference,
        };
        (units == UNITS_PER_EM && face.find(BOX).is_some()).then_some(face)
    }

    fn find(&self, letter: char) -> Option<Glyph> {
        let id = self.charmap.map(letter)?;
        let advance = self.reference.hmtx().ok()?.advance(id)?;
        Some(Glyph {
            id: id.to_u32(),
            advance,
            known: true,
        })
    }

    /// What shows a character: its own glyph, or the box.
    pub(crate) fn glyph(&self, letter: char) -> Glyph {
        self.find(letter).unwrap_or_else(|| {
            let shown = self.find(BOX);
            Glyph {
                id: shown.map_or(0, |glyph| glyph.id),
                advance: shown.map_or(0, |glyph| glyph.advance),
                known: false,
            }
        })
    }

    /// Width of a text in units of [`UNITS_PER_EM`].
    pub(crate) fn width(&self, text: &str) -> i32 {
        text.chars()
            .map(|letter| i32::from(self.glyph(letter).advance))
            .fold(0, i32::saturating_add)
    }
}

/// A text as it can be drawn: line ends and tabs are blanks, what has no look of its own is gone.
pub(crate) fn drawable(text: &str) -> String {
    let shown = text.chars().filter_map(|letter| match letter {
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if is_invisible(letter) => None,
        _ => Some(letter),
    });
    shown.collect()
}

/// Marks that steer shaping or direction, and control characters: nothing to see.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_typeface_has_the_characters_of_hong_kong() {
        let face = Face::get().unwrap();
        // The last ones are of the supplementary set: 𠝹 (cut), 㗎 and 嘅 of spoken Cantonese,
        // 邨, 埗 and 鰂 of place names, 𨋢 (lift).
        for letter in "HK$é–“”「」，。衡善評審撥款埗邨鰂嘅㗎𠝹𨋢①→✓".chars()
        {
            assert!(face.glyph(letter).known, "{letter}");
        }
    }

    #[test]
    fn a_character_that_the_typeface_lacks_is_shown_as_a_box() {
        let face = Face::get().unwrap();
        let missing = face.glyph('😀');
        assert_eq!(missing.id, face.glyph(BOX).id);
        assert!(!missing.known && missing.advance > 0);
    }

    #[test]
    fn digits_are_equally_wide_so_that_figures_align() {
        let face = Face::get().unwrap();
        let widths: Vec<_> = "0123456789"
            .chars()
            .map(|d| face.glyph(d).advance)
            .collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(face.width("撥款"), 2 * UNITS_PER_EM);
    }

    #[test]
    fn what_has_no_look_is_not_drawn_and_line_ends_are_blanks() {
        assert_eq!(drawable("a\u{feff}b\tc\r\nd\u{200b}"), "ab c  d");
    }
}
