//! `export`: a shortlist as a workbook and on paper, at three lengths. The paper holds one table of
//! twelve columns and five more.
use std::hint::black_box;

use explain::Language;
use workbook::shortlist;

use crate::{
    harness::{Engine, compare, growth, not_run, refused},
    sample,
};

const SIZES: [u32; 3] = [50, 500, 5_000];
/// Rows written by one run.
const ROWS_PER_RUN: u32 = 5_000;

pub(crate) fn run() -> anyhow::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let mut workbooks = Vec::new();
    let mut papers = Vec::new();
    for rows in SIZES {
        let sheet = sample::sheet(usize::try_from(rows)?);
        let files = ROWS_PER_RUN / rows;
        let write = || {
            for _ in 0..files {
                black_box(shortlist::write(&sheet, Language::En).map_err(refused)?);
            }
            Ok(())
        };
        let engine = Engine::here("plumbline, XLSX", version, files, write);
        workbooks.push((rows, compare("export-xlsx", rows, vec![engine])?));
        let print = || {
            for _ in 0..files {
                black_box(print::shortlist_pdf(&sheet, Language::Zh).map_err(refused)?);
            }
            Ok(())
        };
        let engine = Engine::here("plumbline, PDF", version, files, print);
        papers.push((rows, compare("export-pdf", rows, vec![engine])?));
    }
    growth("export-xlsx", &workbooks)?;
    growth("export-pdf", &papers)?;
    let reason =
        "a shortlist ends at 5,000 rows; 100,000 rows of 12 columns are no file of ours yet";
    not_run("export-xlsx", "openpyxl, rust_xlsxwriter", reason)?;
    not_run("export-pdf", "WeasyPrint, typst", "not set up as peers")
}
