//! A decision letter on A4 portrait, with the id and the hash of the stored letter at the foot of
//! every page, so that the paper can be held against the record.
use chrono::{DateTime, NaiveDate, NaiveTime};
use explain::{Language, Problem, Problems};

use crate::{
    PrintError, Printed,
    draft::{Look, Tone},
    draw::{self, About},
    face::Face,
    flow::Flow,
    unit::{A4_LONG, A4_SHORT, POINT},
};

/// Most characters of one paragraph.
pub const PARAGRAPH_CHARS_MAX: usize = 20_000;
/// Most paragraphs of one letter.
pub const PARAGRAPHS_MAX: usize = 200;

const NAME: Look = Look::new(13 * POINT, Tone::Accent).strong();
const SIDE: Look = Look::new(9 * POINT, Tone::Muted);
const SUBJECT: Look = Look::new(12 * POINT, Tone::Ink).strong();
const BODY: Look = Look::new(21 * POINT / 2, Tone::Ink);

/// A letter as it is printed. Its words are stored elsewhere and only set here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterPrint {
    /// Who writes, in the letter's language.
    pub funder: String,
    /// `DF-26-001`.
    pub reference: String,
    /// Day of the letter.
    pub date: NaiveDate,
    /// What it is about.
    pub subject: String,
    /// Line ends inside a paragraph are kept.
    pub paragraphs: Vec<String>,
    /// Language of the letter.
    pub language: Language,
    /// Id of the stored letter.
    pub letter_id: String,
    /// Hash of the stored letter.
    pub sha256: String,
}

/// Prints one letter.
pub fn letter_pdf(letter: &LetterPrint) -> Result<Printed, PrintError> {
    letters_pdf(std::slice::from_ref(letter))
}

/// Prints letters into one file, each beginning on a new page: one letter in both languages.
pub fn letters_pdf(letters: &[LetterPrint]) -> Result<Printed, PrintError> {
    check(letters)?;
    let Some(first) = letters.first() else {
        let problem = Problem::new("missing", "letters", "There is no letter to print.");
        return Err(PrintError::Problems(problem.into()));
    };
    let face = Face::get().ok_or(PrintError::Typeface)?;
    let mut flow = Flow::new(face, (A4_SHORT, A4_LONG), 68 * POINT);
    for letter in letters {
        flow.part(letter.language);
        write(&mut flow, letter);
    }
    let foot = [
        format!("{} · {}", first.reference, first.letter_id),
        format!("SHA-256 {}", first.sha256),
    ];
    let draft = flow.finish(first.language, &foot);
    let about = About {
        title: format!("{} · {}", first.subject, first.reference),
        author: first.funder.clone(),
        language: first.language,
        created: DateTime::from_naive_utc_and_offset(
            first.date.and_time(NaiveTime::MIN),
            chrono::Utc,
        ),
    };
    draw::draw(face, &draft, &about)
}

fn check(letters: &[LetterPrint]) -> Result<(), Problems> {
    let mut problems = Problems::new();
    for (position, letter) in letters.iter().enumerate() {
        let path = format!("letters[{position}].paragraphs");
        if letter.paragraphs.len() > PARAGRAPHS_MAX {
            let message = format!(
                "The letter has {} paragraphs; at most {PARAGRAPHS_MAX} are printed.",
                letter.paragraphs.len()
            );
            problems.push(Problem::new("too_many_rows", path.clone(), message));
        }
        for (number, paragraph) in letter.paragraphs.iter().enumerate() {
            let length = paragraph.chars().count();
            if length > PARAGRAPH_CHARS_MAX {
                let message = format!(
                    "The paragraph has {length} characters; at most {PARAGRAPH_CHARS_MAX} are \
                     printed, such as a paragraph of half a page."
                );
                problems.push(Problem::new(
                    "text_too_long",
                    format!("{path}[{number}]"),
                    message,
                ));
            }
        }
    }
    problems.into_result(Some(()))
}

fn write(flow: &mut Flow, letter: &LetterPrint) {
    let language = letter.language;
    flow.paragraph(&letter.funder, NAME);
    flow.space(4 * POINT);
    flow.rule(POINT, Tone::Accent);
    flow.space(12 * POINT);
    let reference = language.of(("Our reference: ", "檔案編號："));
    flow.right(&format!("{reference}{}", letter.reference), SIDE);
    flow.right(&language.date(letter.date), SIDE);
    flow.space(22 * POINT);
    flow.heading(1, &letter.subject, SUBJECT);
    flow.space(10 * POINT);
    for paragraph in &letter.paragraphs {
        flow.paragraph(paragraph, BODY);
        flow.space(8 * POINT);
    }
}
