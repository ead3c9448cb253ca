//! What is on the paper, read back by another library: words, figures, pages, tags, the same bytes.
#![expect(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a helper that fails, fails its test; places on a page are floats in the file"
)]

#[path = "../../report/tests/sample/mod.rs"]
mod sample;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use explain::Language;
use lopdf::{Dictionary, Document, Object};
use print::{LetterPrint, PrintError, Printed, letter_pdf, letters_pdf, shortlist_pdf};

/// The words of each page without blanks: where a line is broken is the layout's business.
fn pages(printed: &Printed) -> Vec<String> {
    let document = Document::load_mem(&printed.pdf).unwrap();
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
        subject: language
            .of(("Your application is approved in part", "申請獲部分批准"))
            .to_owned(),
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
        assert!(
            english.contains(words) && chinese.contains(words),
            "{words}"
        );
    }
    for words in [
        "BUDGETLINE:HK$",
        "HarbourLaneCommunityAssociationNo.1",
        "robustlyshortlisted",
    ] {
        assert!(english.contains(words), "{words}");
    }
    for words in [
        "撥款界線：預算",
        "海港里社區服務會（第1分會）",
        "鄰里探訪：深水埗長者照顧者暫託計劃",
    ] {
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

const ENGLISH: &str = "The Fund has considered your application against the published criteria. \
    The assessment panel found the need well evidenced and the delivery plan feasible, and asks that \
    the project begin with its first phase in two districts.";
const CHINESE: &str = "本基金已按公布的評分準則審議貴機構的申請。評審小組認為計劃的需要有充分證據支持，執行安排亦屬可行；\
    現建議先於兩個地區推行第一階段，並按季提交進度報告及財務報表。";

#[test]
fn long_paragraphs_wrap_inside_the_margins_in_both_languages() {
    for (language, text) in [(Language::En, ENGLISH), (Language::Zh, CHINESE)] {
        let long = text.repeat(30);
        let printed = letter_pdf(&letter(language, &[&long, text])).unwrap();
        assert!(printed.pages > 1 && printed.missing.is_empty());
        let words: String = text.split_whitespace().collect();
        let pages = pages(&printed);
        let body: String = pages.concat();
        assert!(body.contains(words.split(['.', '；']).next().unwrap()));
        assert!(pages.iter().all(|page| page.contains("0123456789abcdef")));
        // A4 with a margin of 68 points: nothing but the blank after a word reaches outside.
        for (left, right) in extents(&printed) {
            assert!(left >= 67.9 && right <= 527.4 + 2.4, "{left} {right}");
        }
    }
}

/// Left and right end of every run of text, from the operators and the widths in the file.
fn extents(printed: &Printed) -> Vec<(f32, f32)> {
    let document = Document::load_mem(&printed.pdf).unwrap();
    let mut extents = Vec::new();
    for page in document.get_pages().values() {
        let fonts = document.get_page_fonts(*page).unwrap();
        let widths: BTreeMap<_, _> = fonts
            .iter()
            .map(|(name, font)| (name.clone(), widths(&document, font)))
            .collect();
        let (mut font, mut size, mut left) = (Vec::new(), 0.0, 0.0);
        for operation in document
            .get_and_decode_page_content(*page)
            .unwrap()
            .operations
        {
            let operands = operation.operands;
            match operation.operator.as_str() {
                "Tf" => {
                    font = operands[0].as_name().unwrap().to_vec();
                    size = operands[1].as_float().unwrap();
                }
                "Tm" => left = operands[4].as_float().unwrap(),
                "TJ" => {
                    let width = shown_width(operands[0].as_array().unwrap(), &widths[&font]);
                    extents.push((left, left + width * size / 1000.0));
                }
                _ => {}
            }
        }
    }
    assert!(!extents.is_empty());
    extents
}

/// Thousandths of the font size that a `TJ` moves on.
fn shown_width(shown: &[Object], widths: &BTreeMap<u16, f32>) -> f32 {
    let of = |part: &Object| match part {
        Object::String(bytes, _) => bytes
            .chunks(2)
            .map(|pair| widths[&u16::from_be_bytes([pair[0], pair[1]])])
            .sum(),
        number => -number.as_float().unwrap(),
    };
    shown.iter().map(of).sum()
}

/// Advance widths by character id, from the ranges of a composite font's `W` array.
fn widths(document: &Document, font: &Dictionary) -> BTreeMap<u16, f32> {
    let follow = |object: &Object| document.dereference(object).unwrap().1.clone();
    let descendants = follow(font.get(b"DescendantFonts").unwrap());
    let descendant = follow(&descendants.as_array().unwrap()[0]);
    let listed = follow(descendant.as_dict().unwrap().get(b"W").unwrap());
    let numbers = listed.as_array().unwrap();
    let mut widths = BTreeMap::new();
    for range in numbers.chunks(3) {
        let id = |object: &Object| u16::try_from(object.as_i64().unwrap()).unwrap();
        let width = range[2].as_float().unwrap();
        widths.extend((id(&range[0])..=id(&range[1])).map(|id| (id, width)));
    }
    widths
}

#[test]
fn a_character_that_the_typeface_lacks_is_named_and_still_found_in_the_text() {
    let odd = "Grüße 😀 from 🏙 and 😀 again, 𠝹 and plain.";
    let printed = letter_pdf(&letter(Language::En, &[odd])).unwrap();
    assert_eq!(printed.missing, ['🏙', '😀']);
    let text = pages(&printed).concat();
    assert!(text.contains("Grüße"), "{text}");
    assert!(text.contains("𠝹andplain"), "{text}");
}

#[test]
fn both_languages_of_a_letter_fit_into_one_file() {
    let both = Language::ALL.map(|language| letter(language, &[language.of((ENGLISH, CHINESE))]));
    let printed = letters_pdf(&both).unwrap();
    assert_eq!(printed.pages, 2);
    let pages = pages(&printed);
    assert!(pages[0].contains("Ourreference:DF-26-001") && pages[0].contains("23November2026"));
    assert!(pages[1].contains("檔案編號：DF-26-001") && pages[1].contains("2026年11月23日"));
}

#[test]
fn what_is_too_long_to_print_is_refused_with_every_place_named() {
    let long = "長".repeat(20_001);
    let error = letter_pdf(&letter(Language::Zh, &[&long, "short", &long])).unwrap_err();
    let PrintError::Problems(problems) = error else {
        panic!("{error}");
    };
    let paths: Vec<_> = problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    let at = |path| ("text_too_long", path);
    assert_eq!(
        paths,
        [
            at("letters[0].paragraphs[0]"),
            at("letters[0].paragraphs[2]")
        ]
    );
    assert!(matches!(letters_pdf(&[]), Err(PrintError::Problems(_))));
}

/// A structure tree, a language and a title, as PDF/UA-1 asks; tables with headings.
#[test]
fn the_file_is_tagged_for_screen_readers() {
    let sheet = sample::sheet(60);
    let printed = shortlist_pdf(&sheet, Language::Zh).unwrap();
    let document = Document::load_mem(&printed.pdf).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-HK");
    let roles = |role: &[u8]| {
        let of = |object: &Object| {
            let dictionary = object.as_dict().ok()?;
            (dictionary.get(b"S").ok()?.as_name().ok()? == role).then_some(())
        };
        document.objects.values().filter_map(of).count()
    };
    // Facts, criteria, the list, the points, the checks, the prices.
    assert_eq!(roles(b"Table"), 6);
    assert_eq!(roles(b"H1"), 1);
    // The headings of the list are there once, however many pages repeat them.
    let headings = 12 + 6 + 4 + 4 + 3;
    let rows = 12 + 4 + 60 + 42 + 2 + 1;
    assert_eq!(roles(b"TH"), headings + rows);
    let metadata = catalog
        .get(b"Metadata")
        .and_then(|it| document.dereference(it))
        .unwrap();
    let stream = metadata.1.as_stream().unwrap();
    let xmp = String::from_utf8(stream.get_plain_content().unwrap()).unwrap();
    assert!(
        xmp.contains("pdfuaid:part") && xmp.contains("入圍名單"),
        "{xmp}"
    );
}

#[test]
fn the_budget_line_stands_between_what_it_divides() {
    let sheet = sample::sheet(30);
    let text = pages(&shortlist_pdf(&sheet, Language::En).unwrap()).concat();
    let above = sheet.rows.iter().filter(|row| row.above_line).count();
    let organisation = |number: usize| format!("AssociationNo.{number}Neighbours");
    let position = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}"));
    let line = position("BUDGETLINE");
    assert!(position(&organisation(above)) < line && line < position(&organisation(above + 1)));
}

#[test]
fn a_row_taller_than_a_page_goes_on_overleaf_and_loses_nothing() {
    let mut sheet = sample::sheet(3);
    let words = "一二三四五六七八九十".repeat(1_000);
    sheet.rows[1].title = explain::Text::new("", &words);
    let printed = shortlist_pdf(&sheet, Language::Zh).unwrap();
    assert!(printed.pages > 5);
    let text = pages(&printed).concat();
    assert_eq!(text.matches('八').count(), 1_000);
    let (left, right) = (36.0 - 0.1, 842.0 - 36.0 + 0.1);
    for (from, to) in extents(&printed) {
        assert!(from >= left && to <= right, "{from} {to}");
    }
}

#[test]
fn a_shortlist_with_nothing_in_it_is_one_page() {
    let mut sheet = sample::sheet(0);
    sheet.criteria.clear();
    sheet.selection = None;
    sheet.adopted = None;
    sheet.select_run = None;
    sheet.notes.clear();
    let printed = shortlist_pdf(&sheet, Language::En).unwrap();
    assert_eq!(printed.pages, 1);
    let text = pages(&printed).concat();
    assert!(text.contains("Proposed,notadopted") && text.contains("BUDGETLINE"));
}

#[test]
fn a_shortlist_of_sixty_is_ten_pages_and_each_row_is_there_once() {
    let sheet = sample::sheet(60);
    let printed = shortlist_pdf(&sheet, Language::En).unwrap();
    assert_eq!((printed.pages, printed.missing.as_slice()), (10, &[][..]));
    let text = pages(&printed).concat();
    for number in 1..=60 {
        let organisation = format!("AssociationNo.{number}Neighbours");
        assert_eq!(text.matches(&organisation).count(), 1, "{organisation}");
    }
}
