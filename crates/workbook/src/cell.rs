//! Reading one cell: the value as the section keeps it, or why it is refused, with an example.
use money::{Decimal, normal_text};
use serde_json::{Value, json};
use sroi::Grade;

use crate::{
    column::{Column, Content, Kind, TEXT_CHARS_MAX},
    number::{Unreadable, decimal_of},
    refusal::Refusal,
};

/// A cell as it came back, with its names.
pub(crate) struct Cell<'a> {
    pub(crate) content: &'a Content,
    /// `Outcomes!H7`.
    pub(crate) name: &'a str,
    /// `outcomes[2].deadweight`.
    pub(crate) path: &'a str,
}

impl Cell<'_> {
    fn refuse(&self, code: &str, message: &str) -> Refusal {
        Refusal::of_cell(code, self.name, self.path, message)
    }
}

/// The value of a cell; none when it is empty.
pub(crate) fn read(cell: &Cell<'_>, column: &Column) -> Result<Option<Value>, Refusal> {
    match cell.content {
        Content::Blank => return Ok(None),
        Content::Error(error) => {
            let message =
                format!("shows the error {error}; correct its formula or type the value.");
            return Err(cell.refuse("error_value", &message).with("value", error));
        }
        Content::Date => return Err(date(cell, column.kind)),
        Content::Text(_) | Content::Number(_) | Content::Truth(_) => {}
    }
    match column.kind {
        Kind::Text => text(cell).map(|text| Some(json!(text))),
        Kind::Decimal => decimal(cell, "1540.5").map(|number| Some(json!(normal_text(number)))),
        Kind::Share => share(cell).map(|number| Some(json!(normal_text(number)))),
        Kind::Whole(low, high) => whole(cell, low, high).map(|number| Some(json!(number))),
        Kind::Grade => grade(cell).map(|letter| Some(json!(letter))),
        Kind::Word(words) => word(cell, words).map(|code| Some(json!(code))),
        Kind::Library => library(cell).map(Some),
    }
}

/// A cell as text, whatever it holds: how ids are read.
pub(crate) fn plain_text(content: &Content) -> String {
    match content {
        Content::Text(text) => text.clone(),
        Content::Number(number) => decimal_of(*number).map(normal_text).unwrap_or_default(),
        Content::Blank | Content::Truth(_) | Content::Date | Content::Error(_) => String::new(),
    }
}

fn date(cell: &Cell<'_>, kind: Kind) -> Refusal {
    if kind == Kind::Text {
        let message = "became a date; format the cell as text and type it again.";
        return cell.refuse("date_in_cell", message);
    }
    let message =
        "holds a date; format the cell as a number and type it again, such as 1540 or 0.15.";
    cell.refuse("date_in_cell", message)
}

fn text(cell: &Cell<'_>) -> Result<String, Refusal> {
    let text = if let Content::Truth(truth) = cell.content {
        truth.to_string().to_uppercase()
    } else {
        plain_text(cell.content)
    };
    if text.chars().count() > TEXT_CHARS_MAX {
        let message = format!("has more than {TEXT_CHARS_MAX} characters; shorten it.");
        let refusal = cell.refuse("text_too_long", &message);
        return Err(refusal.with("most", TEXT_CHARS_MAX.to_string()));
    }
    Ok(text)
}

fn decimal(cell: &Cell<'_>, example: &str) -> Result<Decimal, Refusal> {
    let Content::Number(number) = cell.content else {
        let found: String = text(cell)?.chars().take(40).collect();
        let message = format!("holds the text \"{found}\"; type a number, such as {example}.");
        return Err(cell.refuse("not_number", &message).with("value", found));
    };
    decimal_of(*number).map_err(|error| match error {
        Unreadable::OutOfRange => {
            cell.refuse("out_of_range", "is too large; give at most 14 digits before the point.")
        }
        Unreadable::TooManyPlaces => cell.refuse(
            "too_many_places",
            "has more than 6 decimal places; round it, such as =ROUND(1/3,6).",
        ),
        Unreadable::NotExact => cell.refuse(
            "not_exact",
            "has more digits than a spreadsheet keeps; give at most 15, or type it in the web page.",
        ),
    })
}

fn share(cell: &Cell<'_>) -> Result<Decimal, Refusal> {
    let number = decimal(cell, "0.15 or 15%")?;
    if (Decimal::ZERO..=Decimal::ONE).contains(&number) {
        return Ok(number);
    }
    let value = normal_text(number);
    let percent = number
        .checked_mul(Decimal::ONE_HUNDRED)
        .map(normal_text)
        .unwrap_or_default();
    let message = if number > Decimal::ONE && number <= Decimal::ONE_HUNDRED {
        format!(
            "holds {value}, which is {percent} %; if you mean {value} %, type {value}% or its hundredth part, such as 0.15 for 15 %."
        )
    } else {
        format!("holds {value}; a share lies between 0 and 1, such as 0.15 or 15%.")
    };
    Err(cell
        .refuse("share_out_of_range", &message)
        .with("value", value)
        .with("percent", percent))
}

fn whole(cell: &Cell<'_>, low: i64, high: i64) -> Result<i64, Refusal> {
    let number = decimal(cell, &low.max(1).to_string())?;
    let whole = i64::try_from(number).ok().filter(|_| number.is_integer());
    whole
        .filter(|whole| (low..=high).contains(whole))
        .ok_or_else(|| {
            let message = format!(
                "holds {}; give a whole number from {low} to {high}.",
                normal_text(number)
            );
            cell.refuse("not_whole", &message)
                .with("low", low.to_string())
                .with("high", high.to_string())
        })
}

fn grade(cell: &Cell<'_>) -> Result<String, Refusal> {
    let found = text(cell)?.to_uppercase();
    if Grade::WORDS.iter().any(|(word, _)| *word == found) {
        return Ok(found);
    }
    let found: String = found.chars().take(40).collect();
    let message = format!("holds \"{found}\"; an evidence grade is A, B, C or D.");
    Err(cell.refuse("unknown_grade", &message).with("value", found))
}

fn word(
    cell: &Cell<'_>,
    words: &[(&'static str, crate::language::Words)],
) -> Result<&'static str, Refusal> {
    let found = text(cell)?;
    let is_word = |shown: &str| shown.eq_ignore_ascii_case(&found);
    let known = words
        .iter()
        .find(|(code, (en, zh))| [*code, en, zh].into_iter().any(is_word));
    known.map(|(code, _)| *code).ok_or_else(|| {
        let codes: Vec<&str> = words.iter().map(|(code, _)| *code).collect();
        let codes = codes.join(", ");
        let found: String = found.chars().take(40).collect();
        let message = format!("holds \"{found}\"; choose one of {codes}.");
        cell.refuse("not_one_of", &message)
            .with("value", found)
            .with("known", codes)
    })
}

fn library(cell: &Cell<'_>) -> Result<Value, Refusal> {
    let found = text(cell)?;
    let entry = found.rsplit_once('@').and_then(|(id, version)| {
        let version: u32 = version.trim().parse().ok()?;
        let id = id.trim();
        (!id.is_empty()).then(|| json!({"id": id, "version": version}))
    });
    entry.ok_or_else(|| {
        let message = "names no library entry; write its id and version, such as respite-day@1, or \
                       clear the cell.";
        cell.refuse("not_library_entry", message)
    })
}
