//! Attributes of the applicant's own people can never be a criterion. A stated attribute is refused
//! by what it names; as a safety net, so is wording that names such an attribute beside staff,
//! board or members.
use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields},
};

/// Why an attribute is protected.
#[derive(Clone, Copy)]
enum Ground {
    /// Under this ordinance of Hong Kong.
    Ordinance(&'static str),
    /// Under the programme's own principle.
    Principle,
}

/// One attribute, its ground, and the words by which it is recognised (stems end in `*`).
struct Attribute {
    name: &'static str,
    ground: Ground,
    words: &'static [&'static str],
}

const SDO: Ground = Ground::Ordinance("Sex Discrimination Ordinance (Cap. 480)");
const DDO: Ground = Ground::Ordinance("Disability Discrimination Ordinance (Cap. 487)");
const FSDO: Ground = Ground::Ordinance("Family Status Discrimination Ordinance (Cap. 527)");
const RDO: Ground = Ground::Ordinance("Race Discrimination Ordinance (Cap. 602)");

const fn attribute_of(
    name: &'static str,
    ground: Ground,
    words: &'static [&'static str],
) -> Attribute {
    Attribute {
        name,
        ground,
        words,
    }
}

const ATTRIBUTES: [Attribute; 15] = [
    attribute_of(
        "sex",
        SDO,
        &[
            "sex", "women", "men", "woman", "man", "female*", "male", "males", "性別", "男女",
            "女性", "男性",
        ],
    ),
    attribute_of(
        "marital status",
        SDO,
        &["marital", "married", "marriage", "婚姻", "已婚", "未婚"],
    ),
    attribute_of("pregnancy", SDO, &["pregnan*", "maternity", "懷孕", "孕婦"]),
    attribute_of("breastfeeding", SDO, &["breastfeed*", "餵哺母乳", "哺乳"]),
    attribute_of(
        "family status",
        FSDO,
        &["family status", "parental status", "家庭崗位"],
    ),
    attribute_of(
        "disability",
        DDO,
        &["disab*", "handicap*", "殘疾", "傷健", "殘障"],
    ),
    attribute_of(
        "race",
        RDO,
        &["race", "racial*", "colour of skin", "種族", "膚色"],
    ),
    attribute_of(
        "ethnic origin",
        RDO,
        &["ethnic*", "descent", "national origin", "族裔", "世系"],
    ),
    attribute_of(
        "nationality",
        Ground::Principle,
        &["nationalit*", "citizenship", "國籍"],
    ),
    attribute_of("gender", Ground::Principle, &["gender*"]),
    attribute_of(
        "age",
        Ground::Principle,
        &["age", "ages", "aged", "年齡", "年紀", "歲"],
    ),
    attribute_of(
        "religion",
        Ground::Principle,
        &["religio*", "faith", "宗教", "信仰"],
    ),
    attribute_of(
        "political opinion",
        Ground::Principle,
        &["political*", "政治", "政見"],
    ),
    attribute_of(
        "sexual orientation",
        Ground::Principle,
        &["sexual orientation", "lgbt*", "性傾向"],
    ),
    attribute_of(
        "social origin",
        Ground::Principle,
        &["social origin", "social class", "社會出身"],
    ),
];

/// The applicant's own people.
const OWN_PEOPLE: [&str; 18] = [
    "staff",
    "board",
    "boards",
    "director*",
    "member",
    "members",
    "membership",
    "employee*",
    "trustee*",
    "committee",
    "management",
    "workforce",
    "職員",
    "員工",
    "董事",
    "理事",
    "會員",
    "委員",
];

/// Those whom the project serves; a clause about them is about targeting.
const SERVED: [&str; 13] = [
    "beneficiar*",
    "served",
    "service users",
    "users",
    "clients",
    "participants",
    "carers",
    "residents",
    "受惠",
    "服務對象",
    "服務使用者",
    "使用者",
    "受助",
];

/// Whose attribute may be stated.
const OF: [(&str, bool); 4] = [
    ("applicant_people", true),
    ("beneficiaries", false),
    ("project", false),
    ("organisation", false),
];

/// Refuses `{"of":"applicant_people","name":"age"}` and paths to such facts.
pub(super) fn attribute(json: &Json, path: &str, problems: &mut Problems) {
    match json {
        Json::Null => {}
        Json::Text(fact) => {
            let plain = plain(fact);
            if OWN_PEOPLE.iter().any(|word| names(&plain, word))
                && let Some(found) = found_in(&plain)
            {
                refuse(found, path, &format!("the fact \"{fact}\""), problems);
            }
        }
        Json::Object(_) => {
            let item = Fields::of(json, path, problems);
            item.refuse_unknown(&["of", "name"], problems);
            let own = item.want("of", problems, |json, path, problems| {
                read::one_of(json, path, &OF, problems)
            });
            let name = item.text("name", problems);
            if let (Some(true), Some(name)) = (own, name)
                && let Some(found) = found_in(&plain(&name))
            {
                refuse(
                    found,
                    path,
                    &format!("\"{name}\" of the applicant's people"),
                    problems,
                );
            }
        }
        Json::Bool(_) | Json::Integer(_) | Json::Fraction | Json::List(_) => problems.add(
            "not_attribute",
            path,
            format!(
                "{path} must be null, a path, or such as \
                 {{\"of\":\"beneficiaries\",\"name\":\"age\"}}, not {}.",
                json.kind()
            ),
        ),
    }
}

/// The safety net: one clause names an attribute and the applicant's people, and nobody served.
pub(super) fn words(texts: &[(String, String)], problems: &mut Problems) {
    let clauses = texts.iter().flat_map(|(at, text)| {
        text.split(['.', ',', ';', ':', '。', '，', '；', '：', '、', '\n'])
            .map(move |clause| (at, clause))
    });
    for (at, clause) in clauses {
        let plain = plain(clause);
        let about = |words: &[&str]| words.iter().any(|word| names(&plain, word));
        if !about(&OWN_PEOPLE) || about(&SERVED) {
            continue;
        }
        if let Some(found) = found_in(&plain) {
            refuse(
                found,
                at,
                &format!("the wording \"{}\"", clause.trim()),
                problems,
            );
            // One complaint for each dimension is enough to find it.
            return;
        }
    }
}

fn found_in(plain: &str) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| {
        names(plain, attribute.name) || attribute.words.iter().any(|word| names(plain, word))
    })
}

/// Lower case, single spaces around every Latin word, separators of paths as spaces.
fn plain(text: &str) -> String {
    let words: String = text
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                ' '
            }
        })
        .collect();
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(" {joined} ")
}

/// Whole words in Latin script, stems up to `*`; Chinese words anywhere.
fn names(plain: &str, word: &str) -> bool {
    if !word.is_ascii() {
        plain.contains(word)
    } else if let Some(stem) = word.strip_suffix('*') {
        plain.contains(&format!(" {stem}"))
    } else {
        plain.contains(&format!(" {word} "))
    }
}

fn refuse(attribute: &Attribute, at: &str, what: &str, problems: &mut Problems) {
    let (ground, code) = match attribute.ground {
        Ground::Ordinance(name) => (format!("protected by the {name}"), "ordinance"),
        Ground::Principle => (
            "protected by the programme's own principle".to_owned(),
            "principle",
        ),
    };
    problems.push(
        Problem::new(
            "protected_attribute",
            at,
            format!(
                "{at} makes {what} a criterion, which is the {} of the applicant's own people, \
                 {ground}; score the project or whom it serves, such as \
                 {{\"of\":\"beneficiaries\",\"name\":\"age\"}}.",
                attribute.name
            ),
        )
        .with("attribute", attribute.name)
        .with("ground", code),
    );
}
