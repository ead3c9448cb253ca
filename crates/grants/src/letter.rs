//! The letter of a decision, made from what was decided and why, in both languages. Facts in, text
//! out: nothing is said that is not in the decision, the verdict or the ranking.
use explain::Text;
use money::Hkd;

use crate::DecisionOutcome;

/// A letter in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetterText {
    /// Line above the text.
    pub subject: String,
    /// Paragraphs in order.
    pub paragraphs: Vec<String>,
}

/// What a letter says.
#[derive(Debug, Clone)]
pub struct LetterFacts {
    /// `DF-26-001`.
    pub reference: String,
    /// Names of the applicant.
    pub organisation: Text,
    /// Titles of the project.
    pub title: Text,
    /// Names of the round.
    pub round: Text,
    /// How it ends.
    pub outcome: DecisionOutcome,
    /// What was asked for.
    pub asked: Hkd,
    /// What is awarded.
    pub awarded: Hkd,
    /// Budget line as its applicant named it, asked, approved; empty unless approved in part.
    pub lines: Vec<(String, Hkd, Hkd)>,
    /// Coded reasons.
    pub codes: Vec<Text>,
    /// The reason in the decider's words.
    pub reason: String,
    /// Conditions in the decider's words; may be empty.
    pub conditions: String,
    /// Criteria that are not met: the question and why.
    pub failed: Vec<(Text, Text)>,
    /// Score and rank in the adopted ranking, and how many were ranked.
    pub ranked: Option<(String, u32, usize)>,
    /// Version of the rules that applied.
    pub rules_version: String,
    /// Days to appeal.
    pub appeal_days: i64,
    /// The programme is made up for demonstration.
    pub illustrative: bool,
}

/// Composes the letter: English, then Chinese.
pub fn compose(facts: &LetterFacts) -> (LetterText, LetterText) {
    (english(facts), chinese(facts))
}

fn english(facts: &LetterFacts) -> LetterText {
    let outcome = match facts.outcome {
        DecisionOutcome::Approve => "funding approved",
        DecisionOutcome::ApproveInPart => "funding approved in part",
        DecisionOutcome::Reserve => "placed on the reserve list",
        DecisionOutcome::Decline => "not funded",
    };
    let mut text = vec![
        format!(
            "We have decided on \u{201c}{}\u{201d} ({}), which {} submitted to {}.",
            facts.title.en, facts.reference, facts.organisation.en, facts.round.en
        ),
        decided_en(facts),
    ];
    text.extend(facts.lines.iter().map(|(name, asked, approved)| {
        format!(
            "{name}: HK${} asked, HK${} approved.",
            grouped(*asked),
            grouped(*approved)
        )
    }));
    if !facts.codes.is_empty() {
        let codes: Vec<&str> = facts.codes.iter().map(|code| code.en.as_str()).collect();
        text.push(format!("Reasons: {}.", codes.join("; ")));
    }
    text.push(format!("In our own words: {}", facts.reason));
    text.extend(
        facts
            .failed
            .iter()
            .map(|(question, reason)| format!("Criterion not met: {} {}", question.en, reason.en)),
    );
    if let Some((score, rank, of)) = &facts.ranked {
        text.push(format!(
            "In the adopted ranking it has {score} of 100 points and rank {rank} of {of}. The ranking \
             proposes; people decided."
        ));
    }
    if !facts.conditions.is_empty() {
        text.push(format!("Conditions: {}", facts.conditions));
    }
    text.push(format!(
        "If you disagree you may appeal within {} days of the date of this letter. Somebody who took no \
         part in the decision will decide the appeal.",
        facts.appeal_days
    ));
    text.push(format!(
        "Version {} of the programme's rules applied. Every figure behind this decision can be asked for.",
        facts.rules_version
    ));
    if facts.illustrative {
        text.push("This is a demonstration programme; the letter has no legal effect.".to_owned());
    }
    LetterText {
        subject: format!("Application {}: {outcome}", facts.reference),
        paragraphs: text,
    }
}

fn chinese(facts: &LetterFacts) -> LetterText {
    let outcome = match facts.outcome {
        DecisionOutcome::Approve => "批准資助",
        DecisionOutcome::ApproveInPart => "批准部分資助",
        DecisionOutcome::Reserve => "列入後備名單",
        DecisionOutcome::Decline => "不獲資助",
    };
    let mut text = vec![
        format!(
            "我們已就{}於「{}」提交的「{}」（編號{}）作出決定。",
            facts.organisation.zh, facts.round.zh, facts.title.zh, facts.reference
        ),
        decided_zh(facts),
    ];
    text.extend(facts.lines.iter().map(|(name, asked, approved)| {
        format!(
            "{name}：申請港幣{}元，獲批港幣{}元。",
            grouped(*asked),
            grouped(*approved)
        )
    }));
    if !facts.codes.is_empty() {
        let codes: Vec<&str> = facts.codes.iter().map(|code| code.zh.as_str()).collect();
        text.push(format!("理由：{}。", codes.join("；")));
    }
    text.push(format!("說明：{}", facts.reason));
    text.extend(
        facts
            .failed
            .iter()
            .map(|(question, reason)| format!("未符合的準則：{}{}", question.zh, reason.zh)),
    );
    if let Some((score, rank, of)) = &facts.ranked {
        text.push(format!(
            "申請在已採納的排名中得{score}分（滿分100分），在{of}份申請中排第{rank}位。排名只供參考，決定由評審人員作出。"
        ));
    }
    if !facts.conditions.is_empty() {
        text.push(format!("撥款條件：{}", facts.conditions));
    }
    text.push(format!(
        "如不同意這項決定，可於本函日期起計{}日內申請覆核。覆核會由沒有參與這項決定的人員處理。",
        facts.appeal_days
    ));
    text.push(format!(
        "這項決定依據計劃規則第{}版作出；決定所依據的每項數字，均可向我們索取。",
        facts.rules_version
    ));
    if facts.illustrative {
        text.push("這是示範計劃，本函並無法律效力。".to_owned());
    }
    LetterText {
        subject: format!("申請{}：{outcome}", facts.reference),
        paragraphs: text,
    }
}

/// What was decided, in one sentence.
fn decided_en(facts: &LetterFacts) -> String {
    match facts.outcome {
        DecisionOutcome::Approve => format!(
            "We have approved HK${}, the whole amount asked for.",
            grouped(facts.awarded)
        ),
        DecisionOutcome::ApproveInPart => format!(
            "We have approved HK${} of the HK${} asked for. Line by line:",
            grouped(facts.awarded),
            grouped(facts.asked)
        ),
        DecisionOutcome::Reserve => {
            "Your application has been placed on the reserve list. If money \
             becomes available we will decide again, in the order of the list."
                .to_owned()
        }
        DecisionOutcome::Decline => "We are not able to fund this application.".to_owned(),
    }
}

/// What was decided, in one sentence.
fn decided_zh(facts: &LetterFacts) -> String {
    match facts.outcome {
        DecisionOutcome::Approve => format!(
            "我們批准資助港幣{}元，即申請的全數款額。",
            grouped(facts.awarded)
        ),
        DecisionOutcome::ApproveInPart => format!(
            "我們批准資助港幣{}元（申請款額為港幣{}元），各項目如下：",
            grouped(facts.awarded),
            grouped(facts.asked)
        ),
        DecisionOutcome::Reserve => {
            "申請已列入後備名單。如有款項騰出，我們會按名單次序再作決定。".to_owned()
        }
        DecisionOutcome::Decline => "我們未能資助這項申請。".to_owned(),
    }
}

/// `1,234,567.89`.
fn grouped(amount: Hkd) -> String {
    let plain = amount.to_string();
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left.is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{cents}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(outcome: DecisionOutcome) -> LetterFacts {
        LetterFacts {
            reference: "DF-26-001".to_owned(),
            organisation: Text::new("Kestrel", "紅隼"),
            title: Text::new("Records", "記錄"),
            round: Text::new("Round 1", "第一輪"),
            outcome,
            asked: Hkd::from_cents(123_456_789),
            awarded: Hkd::from_cents(100_000_050),
            lines: vec![(
                "Licences".to_owned(),
                Hkd::from_cents(123_456_789),
                Hkd::from_cents(100_000_050),
            )],
            codes: vec![Text::new("Too dear", "價格過高")],
            reason: "Line b1 is above the quotation.".to_owned(),
            conditions: String::new(),
            failed: Vec::new(),
            ranked: Some(("61.20".to_owned(), 3, 54)),
            rules_version: "1".to_owned(),
            appeal_days: 28,
            illustrative: true,
        }
    }

    #[test]
    fn a_letter_says_amounts_reasons_and_how_to_appeal_in_both_languages() {
        let (en, zh) = compose(&facts(DecisionOutcome::ApproveInPart));
        assert_eq!(
            en.subject,
            "Application DF-26-001: funding approved in part"
        );
        assert_eq!(zh.subject, "申請DF-26-001：批准部分資助");
        let en = en.paragraphs.join("\n");
        for part in [
            "HK$1,000,000.50 of the HK$1,234,567.89 asked for",
            "Licences: HK$1,234,567.89 asked, HK$1,000,000.50 approved.",
            "Reasons: Too dear.",
            "Line b1 is above the quotation.",
            "61.20 of 100 points and rank 3 of 54",
            "within 28 days",
            "demonstration",
        ] {
            assert!(en.contains(part), "{part} is missing in {en}");
        }
        let zh = zh.paragraphs.join("\n");
        for part in [
            "港幣1,000,000.50元",
            "理由：價格過高。",
            "排第3位",
            "28日內",
            "示範計劃",
        ] {
            assert!(zh.contains(part), "{part} is missing in {zh}");
        }
        assert!(!zh.contains("撥款條件"));
    }

    #[test]
    fn what_does_not_apply_is_not_said() {
        let mut declined = facts(DecisionOutcome::Decline);
        declined.lines.clear();
        declined.ranked = None;
        declined.failed = vec![(
            Text::new(
                "Is the money asked within the cap?",
                "申請款額是否在上限之內？",
            ),
            Text::new("It is above by HK$1.00.", "超出港幣1.00元。"),
        )];
        let (en, zh) = compose(&declined);
        assert!(en.paragraphs.iter().all(|line| !line.contains("points")));
        assert!(en.paragraphs[1].starts_with("We are not able"));
        assert!(zh.paragraphs.iter().any(|line| line.contains("未符合的準則：申請款額是否在上限之內？超出港幣1.00元。")));
    }

    #[test]
    fn thousands_are_grouped() {
        let text = |cents| grouped(Hkd::from_cents(cents));
        assert_eq!(text(0), "0.00");
        assert_eq!(text(99_999), "999.99");
        assert_eq!(text(100_000), "1,000.00");
        assert_eq!(text(-123_456_700), "-1,234,567.00");
    }
}
