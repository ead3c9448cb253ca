//! The two languages of a workbook's headings. What a person typed is never translated.

/// The same words in English and in Hong Kong Chinese.
pub(crate) type Words = (&'static str, &'static str);

/// Language of headings and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Chinese as written in Hong Kong.
    Zh,
}

impl Language {
    /// Both, in the order of [`Words`].
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The words in this language.
    pub(crate) const fn of(self, words: Words) -> &'static str {
        match self {
            Self::En => words.0,
            Self::Zh => words.1,
        }
    }
}
