//! What is on the paper, read back by another library: words, figures, pages, tags, the same bytes.
#![expect(clippy::unwrap_used, reason = "a helper that fails, fails its test")]

#[path = "../../report/tests/sample/mod.rs"]
mod sample;

use chrono::NaiveDate;
use explain::Language;
use print::{LetterPrint, Printed, letter_pdf, letters_pdf, shortlist_pdf};

/// The words of each page without blanks: where a line is broken is the layout's business.
fn pages(printed: &Printed) -> Vec<String> {
    let document = lopdf::Document::load_mem(&printed.pdf).unwrap();
    let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = |number: &u32| document.extract_text(&[*number]).unwrap();
    let without_blanks = |text: String| text.split_whitespace().collect();
    numbers.iter().map(text).map(without_blanks).collect()
}

fn letter(language: Language, paragraphs: &[&str]) -> LetterPrint {
    LetterPrint {
        funder: language.of(("Demonstration Fund", "示範基金")).to_owned(),
        reference: "DF-26-001".to_owned(),
        date: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        subject: language.of(("Your application is approved in part", "申請獲部分批准")).to_owned(),
        paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
        language,
        letter_id: "01990d2e-7c1b-7a31-9c55-0000000000bb".to_owned(),
        sha256: "0123456789abcdef".repeat(4),
    }
}

#[test]
fn the_words_and_figures_of_a_shortlist_can_be_read_back_in_both_languages() {
    let sheet = sample::sheet(20);
    let english = pages(&shortlist_pdf(&sheet, Language::En).unwrap()).concat();
    let chinese = pages(&shortlist_pdf(&sheet, Language::Zh).unwrap()).concat();
    for words in ["DF-26-001", "462,345.67", "2.35", "1.20–3.99", "96.3%"] {
        assert!(english.contains(words) && chinese.contains(words), "{words}");
    }
    for words in ["BUDGETLINE:HK$", "HarbourLaneCommunityAssociationNo.1", "robustlyshortlisted"] {
        assert!(english.contains(words), "{words}");
    }
    for words in ["撥款界線：預算", "海港里社區服務會（第1分會）", "鄰里探訪：深水埗長者照顧者暫託計劃"] {
        assert!(chinese.contains(words), "{words}");
    }
}

#[test]
fn run_hash_and_page_number_stand_at_the_foot_of_every_page() {
    let sheet = sample::sheet(60);
    let printed = shortlist_pdf(&sheet, Language::En).unwrap();
    let pages = pages(&printed);
    assert_eq!(pages.len(), printed.pages);
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains(&format!("Page{number}of{}", pages.len())));
        assert!(page.contains(&sheet.rank_run.id) && page.contains(&sheet.rank_run.input_hash));
    }
    if let Some(out) = std::env::var_os("PRINT_OUT") {
        let out = std::path::PathBuf::from(out);
        std::fs::write(out.join("en.pdf"), &printed.pdf).unwrap();
        std::fs::write(out.join("zh.pdf"), shortlist_pdf(&sheet, Language::Zh).unwrap().pdf).unwrap();
    }
}

#[test]
fn the_same_value_gives_the_same_bytes() {
    let sheet = sample::sheet(12);
    for language in Language::ALL {
        let first = shortlist_pdf(&sheet, language).unwrap();
        assert_eq!(first, shortlist_pdf(&sheet, language).unwrap());
        let letter = letter(language, &["One paragraph. 一段文字。"]);
        assert_eq!(letter_pdf(&letter).unwrap(), letter_pdf(&letter).unwrap());
    }
}
