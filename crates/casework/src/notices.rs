//! The notice on personal data: read by anybody, in versions that never change, and agreed to by each person before
//! they go on. An operator publishes versions of their own on the database itself.
use access::Actor;
use chrono::{DateTime, NaiveDate, Utc};
use explain::{
    Problems, Text, canonical_json,
    json::Json,
    read::{self, Fields},
    sha256_hex,
};
use serde_json::{Value, json};
use store::{
    OwnerPool,
    notices::{self as rows, NewNotice, NoticeRow, Published},
};

use crate::{CaseError, CaseResult, Casework, people::deed};

/// Most sections of a notice.
const SECTIONS_MAX: usize = 30;
/// Longest name of a version.
const VERSION_CHARS_MAX: usize = 20;
/// What the Personal Data (Privacy) Ordinance asks to be said when data is collected (principle 1(3)): the purpose,
/// whether it must be given, to whom it may go, the rights to see and correct it, and who answers.
const TOPICS: [&str; 5] = ["purpose", "supply", "transferees", "access", "contact"];

/// One version of the notice.
#[derive(Debug, Clone)]
pub struct NoticeView {
    /// Its name.
    pub version: String,
    /// First day.
    pub effective_from: NaiveDate,
    /// Whether it is the text of the demonstration.
    pub demonstration: bool,
    /// Whether it is the one that holds now.
    pub current: bool,
    /// Title.
    pub title: Text,
    /// Sections in order.
    pub sections: Vec<NoticeSectionView>,
}

/// One section of a notice.
#[derive(Debug, Clone)]
pub struct NoticeSectionView {
    /// Heading.
    pub title: Text,
    /// What it says.
    pub body: Text,
}

/// A version that somebody agreed to.
#[derive(Debug, Clone)]
pub struct AgreementView {
    /// Which.
    pub version: String,
    /// When.
    pub agreed_at: DateTime<Utc>,
    /// On what occasion: registration, invitation, `new_version` or demonstration.
    pub occasion: String,
}

/// Every version, newest first.
pub async fn notices(casework: &Casework) -> CaseResult<Vec<NoticeView>> {
    let found = rows::list(&casework.databases.identity).await?;
    Ok(found.into_iter().map(view).collect())
}

fn view(row: NoticeRow) -> NoticeView {
    let sections = row.body["sections"].as_array().into_iter().flatten();
    NoticeView {
        title: both(&row.body["title"]),
        sections: sections
            .map(|section| NoticeSectionView {
                title: both(&section["title"]),
                body: both(&section["body"]),
            })
            .collect(),
        version: row.version,
        effective_from: row.effective_from,
        demonstration: row.demonstration,
        current: row.current,
    }
}

fn both(value: &Value) -> Text {
    let half = |language: &str| value[language].as_str().unwrap_or_default().to_owned();
    Text::new(half("en"), half("zh"))
}

/// What the person has agreed to, newest first.
pub async fn notices_agreed(casework: &Casework, actor: &Actor) -> CaseResult<Vec<AgreementView>> {
    let found = rows::agreements(&casework.databases.identity, actor.user.0).await?;
    Ok(found
        .into_iter()
        .map(|row| AgreementView {
            version: row.version,
            agreed_at: row.agreed_at,
            occasion: row.occasion,
        })
        .collect())
}

/// Agrees to the version that holds now; agreeing again changes nothing.
pub async fn notice_agree(casework: &Casework, actor: &Actor, version: &str) -> CaseResult<()> {
    if actor.token.is_some() {
        return Err(CaseError::NotFound);
    }
    let pool = &casework.databases.identity;
    let mut problems = Problems::new();
    let holds = rows::current(pool).await?;
    check_notice(holds.as_deref(), Some(version), &mut problems);
    problems.into_result(Some(()))?;
    rows::agree(pool, deed(actor, "notice_agree"), version).await?;
    Ok(())
}

/// Whether the version that holds is the one that was agreed to.
pub(crate) fn check_notice(holds: Option<&str>, agreed: Option<&str>, problems: &mut Problems) {
    match (holds, agreed) {
        (Some(holds), Some(agreed)) if holds != agreed => problems.add(
            "notice_changed",
            "notice",
            "The notice on personal data has a newer version; read it and agree to that one.",
        ),
        (Some(_), None) => problems.add(
            "notice_wanted",
            "notice",
            "Read the notice on personal data and tick that you agree.",
        ),
        (Some(_), Some(_)) | (None, _) => {}
    }
}

/// A version as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLoaded {
    /// Its name.
    pub version: String,
    /// First day.
    pub effective_from: NaiveDate,
    /// False when the same text is there already.
    pub is_new: bool,
}

struct NoticeRead {
    version: String,
    effective_from: NaiveDate,
    demonstration: bool,
    body: Value,
}

/// Publishes `{"version", "effective_from", "demonstration", "title": {en, zh}, "sections": [{"topic", "title", "body"}]}`.
pub async fn notice_load(owner: &OwnerPool, body: &Json) -> CaseResult<NoticeLoaded> {
    let read = read(body)?;
    let new = NewNotice {
        version: &read.version,
        effective_from: read.effective_from,
        demonstration: read.demonstration,
        body: &read.body,
        sha256: &sha256_hex(canonical_json(&read.body).as_bytes()),
    };
    let refused = |code: &str, path: &str, message: String| {
        let problem = explain::Problem::new(code, path, message);
        CaseError::Problems(problem.with("version", read.version.clone()).into())
    };
    match rows::publish(owner, &new).await? {
        Published::NameTaken => Err(refused(
            "notice_version_taken",
            "version",
            format!(
                "Version {} is there with another text, and a version never changes; give a new name, such as 2027-01.",
                read.version
            ),
        )),
        Published::BeginsEarlier => Err(refused(
            "notice_begins_earlier",
            "effective_from",
            "A version that begins later is there already; a newer one begins no earlier than it."
                .to_owned(),
        )),
        came @ (Published::New | Published::Same) => Ok(NoticeLoaded {
            version: read.version,
            effective_from: read.effective_from,
            is_new: came == Published::New,
        }),
    }
}

fn read(body: &Json) -> Result<NoticeRead, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(
        &[
            "format",
            "label",
            "version",
            "effective_from",
            "demonstration",
            "title",
            "sections",
        ],
        &mut problems,
    );
    let version = fields.text("version", &mut problems);
    if version
        .as_ref()
        .is_some_and(|name| name.chars().count() > VERSION_CHARS_MAX)
    {
        let message = format!(
            "version has at most {VERSION_CHARS_MAX} characters; give a short name, such as 2027-01."
        );
        problems.add("too_long", "version", message);
    }
    let effective_from = fields.want("effective_from", &mut problems, read::date);
    let demonstration = fields.given("demonstration", &mut problems, read::boolean);
    let title = fields.want("title", &mut problems, bilingual);
    let sections = fields.list("sections", SECTIONS_MAX, &mut problems, section);
    for topic in TOPICS {
        let said = |section: &Value| section["topic"] == topic;
        if !sections.iter().flatten().any(said) {
            let message = format!(
                "No section has the topic {topic}; a notice says the purpose, whether data must be given (supply), to whom it goes (transferees), access and correction (access), and who answers (contact)."
            );
            problems.push(
                explain::Problem::new("notice_topic_missing", "sections", message)
                    .with("topic", topic),
            );
        }
    }
    let all = version.zip(effective_from).zip(title).zip(sections);
    let (((version, effective_from), title), sections) = problems.into_result(all)?;
    Ok(NoticeRead {
        version,
        effective_from,
        demonstration: demonstration.into_option().unwrap_or(false),
        body: json!({"title": title, "sections": sections}),
    })
}

fn section(json: &Json, path: &str, problems: &mut Problems) -> Option<Value> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["topic", "title", "body"], problems);
    let topic = fields.text("topic", problems);
    let title = fields.want("title", problems, bilingual);
    let body = fields.want("body", problems, bilingual);
    let ((topic, title), body) = topic.zip(title).zip(body)?;
    Some(json!({"topic": topic, "title": title, "body": body}))
}

fn bilingual(json: &Json, path: &str, problems: &mut Problems) -> Option<Value> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["en", "zh"], problems);
    let (en, zh) = (fields.text("en", problems), fields.text("zh", problems));
    let (en, zh) = en.zip(zh)?;
    Some(json!({"en": en, "zh": zh}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        let Err(problems) = read(&Json::parse(text).unwrap()) else {
            return Vec::new();
        };
        let problems = problems.into_vec().into_iter();
        problems
            .map(|problem| format!("{} {}", problem.code, problem.path))
            .collect()
    }

    #[test]
    fn a_notice_says_all_that_the_law_asks_in_both_languages_or_is_refused_at_once() {
        let missing = "notice_topic_missing sections";
        assert_eq!(
            codes(
                r#"{"version": "a name that is far too long", "title": {"en": "Notice"}, "sections": [
                    {"topic": "purpose", "title": {"en": "A", "zh": "甲"}, "body": {"en": "A", "zh": "甲"}}]}"#
            ),
            [
                "too_long version",
                "missing effective_from",
                "missing title.zh",
                missing,
                missing,
                missing,
                missing
            ]
        );
    }

    #[test]
    fn the_notice_of_the_demonstration_can_be_loaded_and_says_what_it_is() {
        let text = include_str!("../../../seed/notices/1.json");
        assert_eq!(codes(text), [""; 0]);
        assert!(read(&Json::parse(text).unwrap()).unwrap().demonstration);
    }

    #[test]
    fn what_is_agreed_to_is_the_version_that_holds() {
        let found = |holds, agreed| {
            let mut problems = Problems::new();
            check_notice(holds, agreed, &mut problems);
            problems
                .into_vec()
                .first()
                .map(|problem| problem.code.clone())
        };
        assert_eq!(found(Some("2"), Some("2")), None);
        assert_eq!(found(None, None), None);
        assert_eq!(found(Some("2"), None).as_deref(), Some("notice_wanted"));
        assert_eq!(
            found(Some("2"), Some("1")).as_deref(),
            Some("notice_changed")
        );
    }
}
