//! The cells of the sheets that a person edits, found by their hidden machine keys whatever the
//! language or the name of the sheet. Cells are streamed, never laid out as a rectangle: two cells
//! in opposite corners of a sheet would fill all memory.
use std::{
    collections::BTreeMap,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use rust_xlsxwriter::utility::column_number_to_name;

use crate::{
    column::{Content, TEXT_CHARS_MAX},
    refusal::Refusal,
};

/// The machine keys stand in one of the first rows, wherever a person has moved them.
pub(crate) const KEY_ROWS_MAX: u32 = 20;
/// Last row and column that are looked at; both are far beyond what a map may have.
const ROW_MAX: u32 = 20_000;
const COLUMN_MAX: u32 = 200;
/// Most cells with something in them.
const CELLS_MAX: usize = 200_000;
/// Most bytes of text in all cells: one text may stand in many cells.
const TEXT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What stands in the cells of a sheet.
pub(crate) type Cells = BTreeMap<(u32, u32), Content>;

/// One editable sheet as it came back.
pub(crate) struct Grid {
    pub(crate) name: String,
    /// Row with the machine keys.
    pub(crate) key_row: u32,
    /// Column by machine key.
    pub(crate) columns: BTreeMap<String, u32>,
    cells: BTreeMap<(u32, u32), Content>,
    /// Merged areas: first and last row and column.
    pub(crate) merged: Vec<((u32, u32), (u32, u32))>,
}

impl Grid {
    /// What stands in a cell.
    pub(crate) fn cell(&self, row: u32, column: u32) -> &Content {
        self.cells.get(&(row, column)).unwrap_or(&Content::Blank)
    }

    /// `Outcomes!H7`.
    pub(crate) fn cell_name(&self, row: u32, column: u32) -> String {
        let letters = column_number_to_name(u16::try_from(column).unwrap_or(u16::MAX));
        format!("{}!{letters}{}", self.name, u64::from(row) + 1)
    }

    /// The rows below the headings with something in them.
    pub(crate) fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self
            .cells
            .keys()
            .map(|(row, _)| *row)
            .filter(|row| *row > self.key_row + 1)
            .collect();
        rows.dedup();
        rows
    }

    /// The rows below the row of keys with something in them.
    pub(crate) fn rows_below(&self) -> Vec<u32> {
        let all = self.cells.keys().map(|(row, _)| *row);
        let mut rows: Vec<u32> = all.filter(|row| *row > self.key_row).collect();
        rows.dedup();
        rows
    }
}

/// Reads every sheet that has machine keys beginning with one of `prefixes`, by prefix.
pub(crate) fn read(
    bytes: &[u8],
    prefixes: &[&'static str],
) -> Result<BTreeMap<&'static str, Grid>, Refusal> {
    // The parser is not ours; what it trips over is a damaged file, not an end of the server.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, prefixes)))
        .unwrap_or_else(|_| Err(damaged()))
}

fn read_sheets(
    bytes: &[u8],
    prefixes: &[&'static str],
) -> Result<BTreeMap<&'static str, Grid>, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let mut left = Left {
        cells: CELLS_MAX,
        text_bytes: TEXT_BYTES_MAX,
    };
    let mut found = BTreeMap::new();
    for name in workbook.sheet_names() {
        let is_ours = |cells: &Cells| keys(cells, prefixes).is_some();
        let cells = match read_cells(&mut workbook, &name, &is_ours, &mut left) {
            Err(ReadError::NotASheet) => continue,
            Err(ReadError::Refused(refusal)) => return Err(refusal),
            Ok(cells) => cells,
        };
        let Some((key_row, columns)) = keys(&cells, prefixes) else {
            continue;
        };
        let prefix = prefixes
            .iter()
            .find(|prefix| columns.keys().any(|key| begins(key, prefix)));
        let Some(prefix) = prefix else { continue };
        let merged = workbook.merge_cells_by_sheet_name(&name);
        let merged = merged.map_err(|error| refused(&error))?;
        let grid = Grid {
            key_row,
            columns,
            cells,
            merged: merged.iter().map(|area| (area.start, area.end)).collect(),
            name,
        };
        if let Some(first) = found.insert(*prefix, grid) {
            return Err(sheet_twice(&first.name));
        }
    }
    Ok(found)
}

/// Finds the row of headings among the first cells of a sheet, and the column of each.
type Headings<'a> = dyn Fn(&Cells) -> Option<(u32, BTreeMap<String, u32>)> + 'a;

/// Reads the first sheet in whose first rows `headings` finds a row of headings and its columns; the
/// columns are named as `headings` names them.
pub(crate) fn read_plain(bytes: &[u8], headings: &Headings<'_>) -> Result<Option<Grid>, Refusal> {
    catch_unwind(AssertUnwindSafe(|| read_plain_sheets(bytes, headings)))
        .unwrap_or_else(|_| Err(damaged()))
}

fn read_plain_sheets(bytes: &[u8], headings: &Headings<'_>) -> Result<Option<Grid>, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let mut left = Left {
        cells: CELLS_MAX,
        text_bytes: TEXT_BYTES_MAX,
    };
    for name in workbook.sheet_names() {
        let is_ours = |cells: &Cells| headings(cells).is_some();
        let cells = match read_cells(&mut workbook, &name, &is_ours, &mut left) {
            Err(ReadError::NotASheet) => continue,
            Err(ReadError::Refused(refusal)) => return Err(refusal),
            Ok(cells) => cells,
        };
        let Some((key_row, columns)) = headings(&cells) else {
            continue;
        };
        let merged = workbook.merge_cells_by_sheet_name(&name);
        let merged = merged.map_err(|error| refused(&error))?;
        return Ok(Some(Grid {
            key_row,
            columns,
            cells,
            merged: merged.iter().map(|area| (area.start, area.end)).collect(),
            name,
        }));
    }
    Ok(None)
}

/// What may still be read.
struct Left {
    cells: usize,
    text_bytes: usize,
}

impl Left {
    fn take(&mut self, content: &Content) -> Result<(), ReadError> {
        let length = match content {
            Content::Text(text) | Content::Error(text) => text.len(),
            Content::Blank | Content::Number(_) | Content::Truth(_) | Content::Date => 0,
        };
        let cells = self.cells.checked_sub(1);
        let text_bytes = self.text_bytes.checked_sub(length);
        let (Some(cells), Some(text_bytes)) = (cells, text_bytes) else {
            return Err(ReadError::Refused(Refusal::of_file(
                "file_unpacks_too_large",
                "The sheets hold more than a value map may have; keep only the exported rows.",
            )));
        };
        *self = Self { cells, text_bytes };
        Ok(())
    }
}

enum ReadError {
    NotASheet,
    Refused(Refusal),
}

fn read_cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    is_ours: &dyn Fn(&Cells) -> bool,
    left: &mut Left,
) -> Result<Cells, ReadError> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Err(ReadError::NotASheet),
        Err(error) => return Err(ReadError::Refused(refused(&error))),
    };
    let mut cells = BTreeMap::new();
    let mut known = false;
    loop {
        let next = reader
            .next_cell()
            .map_err(|error| ReadError::Refused(refused(&error)))?;
        let Some(cell) = next else { break };
        let (row, column) = cell.get_position();
        let content = content(cell.get_value());
        if content == Content::Blank {
            continue;
        }
        if !known && row >= KEY_ROWS_MAX {
            // A sheet without machine keys is nothing that a person edits for us.
            known = is_ours(&cells);
            if !known {
                return Ok(BTreeMap::new());
            }
        }
        if row > ROW_MAX {
            return Err(ReadError::Refused(too_far(name)));
        }
        if column <= COLUMN_MAX {
            left.take(&content)?;
            cells.insert((row, column), content);
        }
    }
    Ok(cells)
}

fn content(value: &DataRef<'_>) -> Content {
    match value {
        DataRef::Empty => Content::Blank,
        // Whole numbers come as floats from this format; the text form keeps any other exact.
        DataRef::Int(number) => number
            .to_string()
            .parse()
            .map_or(Content::Blank, Content::Number),
        DataRef::Float(number) => Content::Number(*number),
        DataRef::String(text) => text_content(text),
        DataRef::SharedString(text) => text_content(text),
        DataRef::Bool(truth) => Content::Truth(*truth),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Content::Date,
        DataRef::Error(error) => Content::Error(error.to_string()),
    }
}

/// One letter more than allowed is kept, so that a text that is too long shows as such.
fn text_content(text: &str) -> Content {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = unified
        .chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'));
    let cut: String = kept.take(TEXT_CHARS_MAX + 1).collect();
    let trimmed = cut.trim();
    if trimmed.is_empty() {
        Content::Blank
    } else {
        Content::Text(trimmed.to_owned())
    }
}

fn begins(key: &str, prefix: &str) -> bool {
    key.strip_prefix(prefix)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// The row of machine keys and the column of each.
fn keys(
    cells: &BTreeMap<(u32, u32), Content>,
    prefixes: &[&str],
) -> Option<(u32, BTreeMap<String, u32>)> {
    let is_key = |text: &str| prefixes.iter().any(|prefix| begins(text, prefix));
    let mut key_row = None;
    let mut columns = BTreeMap::new();
    for ((row, column), content) in cells.range(..(KEY_ROWS_MAX, 0)) {
        if let (Content::Text(text), true) = (content, key_row.is_none_or(|found| found == *row))
            && is_key(text)
        {
            key_row = Some(*row);
            columns.entry(text.clone()).or_insert(*column);
        }
    }
    key_row.map(|row| (row, columns))
}

fn damaged() -> Refusal {
    Refusal::of_file(
        "file_not_workbook",
        "The workbook is damaged; open it in a spreadsheet program and save it again as .xlsx.",
    )
}

fn refused(error: &XlsxError) -> Refusal {
    if let XlsxError::CellError(found) = error {
        return Refusal::of_file(
            "error_value",
            format!("A cell shows an error that cannot be read ({found}); correct its formula."),
        );
    }
    damaged()
}

fn too_far(sheet: &str) -> Refusal {
    Refusal::of_file(
        "too_many_rows",
        format!("{sheet} has something below row {ROW_MAX}; delete the rows below the table."),
    )
}

fn sheet_twice(sheet: &str) -> Refusal {
    Refusal::of_file(
        "sheet_twice",
        format!("The workbook has a copy of {sheet}; keep one of the two."),
    )
    .with("sheet", sheet)
}
