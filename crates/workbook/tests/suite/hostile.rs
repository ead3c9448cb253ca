//! Files made to do harm end as refused files, never as a panic or without bound.
use proptest::prelude::*;
use workbook::{Language, import};

use crate::{
    maps::Chance,
    package::{OUTCOMES, changed, changed_text, with_cell},
    round_trip::small,
};

fn codes(bytes: &[u8]) -> Vec<String> {
    let import = import(bytes, &small().section);
    import
        .refused
        .into_iter()
        .map(|refusal| refusal.problem.code)
        .collect()
}

#[test]
fn cells_in_opposite_corners_are_no_rectangle_in_memory() {
    let bytes = small().export(Language::En);
    let part = format!("xl/worksheets/sheet{OUTCOMES}.xml");
    let far = changed_text(&bytes, &part, |text| {
        let row = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
        text.replace("</sheetData>", row)
    });
    assert_eq!(codes(&far), ["too_many_rows"]);
    let overflow = with_cell(&bytes, OUTCOMES, "A5", "", "<v>1</v>");
    let overflow = changed_text(&overflow, &part, |text| {
        text.replace("<c r=\"A5\"", "<c r=\"ZZZZZZZZ99999999999\"")
    });
    assert!(!codes(&overflow).is_empty());
}

#[test]
fn one_long_text_in_many_cells_is_bounded() {
    let bytes = small().export(Language::En);
    let part = format!("xl/worksheets/sheet{OUTCOMES}.xml");
    let long = "x".repeat(30_000);
    let many = changed(&bytes, |name, content| {
        let text = String::from_utf8(content.clone());
        match (name, text) {
            ("xl/sharedStrings.xml", Ok(text)) => {
                Some(text.replacen("<t>", &format!("<t>{long}"), 1).into_bytes())
            }
            (name, Ok(text)) if name == part => {
                let row =
                    |row| format!("<row r=\"{row}\"><c r=\"C{row}\" t=\"s\"><v>0</v></c></row>");
                let cells = (100..3_000).map(row).collect::<Vec<_>>().concat();
                Some(
                    text.replace("</sheetData>", &format!("{cells}</sheetData>"))
                        .into_bytes(),
                )
            }
            _ => Some(content),
        }
    });
    assert_eq!(codes(&many), ["file_unpacks_too_large"]);
}

#[test]
fn a_text_that_is_too_long_is_refused_by_its_cell() {
    let bytes = small().export(Language::En);
    let inside = format!("<is><t>{}</t></is>", "長".repeat(16_001));
    let long = with_cell(&bytes, OUTCOMES, "D5", " t=\"inlineStr\"", &inside);
    assert_eq!(codes(&long), ["text_too_long"]);
}

#[test]
fn a_sheet_that_is_there_twice_is_refused() {
    let bytes = small().export(Language::En);
    let twice = changed_text(&bytes, "xl/sharedStrings.xml", |text| {
        text.replace(">volunteer.", ">outcome.")
    });
    assert_eq!(codes(&twice), ["sheet_twice"]);
}

#[test]
fn a_missing_part_is_a_damaged_workbook() {
    let bytes = small().export(Language::En);
    for gone in [
        "xl/workbook.xml",
        "_rels/.rels",
        "xl/worksheets/sheet5.xml",
        "xl/sharedStrings.xml",
    ] {
        let without = changed(&bytes, |name, content| (name != gone).then_some(content));
        assert!(!codes(&without).is_empty(), "{gone}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_file_with_flipped_bytes_never_panics(seed in any::<u64>()) {
        let mut bytes = small().export(Language::En);
        let mut chance = Chance(seed);
        let length = u64::try_from(bytes.len()).unwrap();
        for _ in 0..=chance.below(8) {
            let at = usize::try_from(chance.below(length)).unwrap();
            bytes[at] = chance.next().to_le_bytes()[0];
        }
        if chance.below(4) == 0 {
            bytes.truncate(usize::try_from(chance.below(length)).unwrap());
        }
        let _ = import(&bytes, &small().section);
    }

    #[test]
    fn a_workbook_with_damaged_parts_never_panics(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let damaged = changed(&small().export(Language::En), |_, mut content| {
            let length = u64::try_from(content.len()).unwrap().max(1);
            for _ in 0..chance.below(4) {
                let at = usize::try_from(chance.below(length)).unwrap();
                let with = *b"<>&\"'=/09aA\xff\x00".get(usize::try_from(chance.below(13)).unwrap()).unwrap();
                if let Some(byte) = content.get_mut(at) {
                    *byte = with;
                }
            }
            Some(content)
        });
        let _ = import(&damaged, &small().section);
    }
}
