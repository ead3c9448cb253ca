//! The words of a PDF in their order: names and keywords, past strings and comments, which may hold anything.

/// One word.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// `/JavaScript`, without its slash and with `#4a` read as the letter it stands for.
    Name(Vec<u8>),
    /// `obj`, `stream`, a number.
    Bare(Vec<u8>),
}

/// Longest word that is kept; the standard's limit for names is 127.
const WORD_BYTES_MAX: usize = 256;

/// Reads the words of a piece of a PDF.
pub(crate) struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where the next word is looked for.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_comment(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = memchr::memchr2(b'\n', b'\r', rest);
        self.at += end.unwrap_or(rest.len());
    }

    /// Past a string in brackets, which may hold bracketed strings and escaped brackets.
    fn skip_string(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    fn run(&mut self) -> Vec<u8> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest
            .iter()
            .position(|byte| is_between(*byte))
            .unwrap_or(rest.len());
        self.at += end;
        rest.get(..end.min(WORD_BYTES_MAX))
            .unwrap_or_default()
            .to_vec()
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            match self.peek()? {
                b'%' => self.skip_comment(),
                b'(' => self.skip_string(),
                b'/' => {
                    self.at += 1;
                    return Some(Word::Name(plain(&self.run())));
                }
                byte if is_between(byte) => self.at += 1,
                _ => return Some(Word::Bare(self.run())),
            }
        }
    }
}

/// White space and the marks that end a word.
fn is_between(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32) || b"()<>[]{}/%".contains(&byte)
}

/// `#4a` becomes the letter that it stands for.
fn plain(name: &[u8]) -> Vec<u8> {
    let digit = |at: usize| {
        let letter = char::from(*name.get(at)?);
        u8::try_from(letter.to_digit(16)?).ok()
    };
    let mut letters = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some(byte) = name.get(at) {
        if let (b'#', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            letters.push(high << 4 | low);
            at += 3;
        } else {
            letters.push(*byte);
            at += 1;
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_hide_no_names_and_add_none() {
        let text = b"<</Type/Catalog % /Launch\n/Title (CSS /JavaScript \\) (x)) /J#61va#53cript 5 0 R>> endobj";
        let names: Vec<String> = Words::new(text, 0)
            .filter_map(|word| match word {
                Word::Name(name) => Some(String::from_utf8(name).unwrap()),
                Word::Bare(_) => None,
            })
            .collect();
        assert_eq!(names, ["Type", "Catalog", "Title", "JavaScript"]);
    }
}
