//! Every code that the calculator names has words in both languages.
use casework::BlockCode;
use procurement::purchase::Code;
use testkit::root;

fn words(language: &str, area: &str) -> String {
    let path = format!("frontend/src/locales/{language}/{area}.ts");
    std::fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn every_finding_and_every_block_has_words_in_both_languages() {
    for language in ["en", "zh"] {
        let (findings, problems) = (words(language, "purchases"), words(language, "problems"));
        for code in Code::ALL {
            let key = format!("\n    {}: '", code.word());
            assert!(findings.contains(&key), "{language}: {}", code.word());
        }
        for code in BlockCode::ALL {
            let key = format!("\n  purchase_{}: '", code.word());
            assert!(problems.contains(&key), "{language}: {}", code.word());
        }
    }
}
