//! What is said where a criterion has no words of its own: a reason and a fix per operator, in
//! both languages.
use explain::Text;

use crate::{Outcome, operator::RuleOp};

type Words = (&'static str, &'static str);

/// Reason for a period that ends before it starts, whatever the rule's own words.
pub(crate) const BACKWARDS_REASON: Words = (
    "The end date is before the start date.",
    "結束日期早於開始日期。",
);
/// What to do about such a period.
pub(crate) const BACKWARDS_FIX: Words = (
    "Correct the dates so that the end date is on or after the start date.",
    "請更正日期，結束日期不得早於開始日期。",
);

/// Both languages as one text.
pub(crate) fn text(words: Words) -> Text {
    Text::new(words.0, words.1)
}

/// The reason for an outcome of this operator.
pub(crate) fn reason(op: RuleOp, outcome: Outcome) -> Text {
    text(match outcome {
        Outcome::Pass => pass(op),
        Outcome::Fail => fail(op),
        Outcome::Unknown => unknown(op),
        Outcome::Info => ("The ratio is {value}.", "有關比率為{value}。"),
    })
}

/// What to do about an outcome of this operator; nothing where all is well. `gap` says
/// whether the amount by which it falls short is known.
pub(crate) fn fix(op: RuleOp, outcome: Outcome, gap: bool) -> Option<Text> {
    match outcome {
        Outcome::Fail => Some(text(mend(op, gap))),
        Outcome::Unknown => Some(text(supply(op))),
        Outcome::Pass | Outcome::Info => None,
    }
}

const fn pass(op: RuleOp) -> Words {
    match op {
        RuleOp::And => ("All parts of this condition are met.", "各項條件均已符合。"),
        RuleOp::Or => ("One of the alternatives is met.", "已符合其中一項條件。"),
        RuleOp::Not => (
            "What is ruled out does not apply here.",
            "並無不獲接納的情況。",
        ),
        RuleOp::Implies => (
            "The condition is met, or does not apply to this application.",
            "已符合有關條件，或有關條件不適用於本申請。",
        ),
        RuleOp::Any => (
            "At least one item meets the condition.",
            "最少有一項符合條件。",
        ),
        RuleOp::All => ("Every item meets the condition.", "每項均符合條件。"),
        RuleOp::None => (
            "No item falls under what is ruled out.",
            "並無不獲接納的項目。",
        ),
        RuleOp::Eq => ("{value} is what is required.", "{value}，符合要求。"),
        RuleOp::Ne => ("{value} is acceptable.", "{value}，可予接納。"),
        RuleOp::Lt => ("{value} is below {threshold}.", "{value}低於{threshold}。"),
        RuleOp::Lte => (
            "{value} is within the limit of {threshold}.",
            "{value}，不超過上限{threshold}。",
        ),
        RuleOp::Gt => ("{value} is above {threshold}.", "{value}高於{threshold}。"),
        RuleOp::Gte => (
            "{value} reaches the minimum of {threshold}.",
            "{value}，達到下限{threshold}。",
        ),
        RuleOp::Between => (
            "{value} lies between {low} and {high}.",
            "{value}，介乎{low}至{high}之間。",
        ),
        RuleOp::In => ("{value} is accepted.", "{value}屬可接納類別。"),
        RuleOp::Superset => ("Everything required is covered.", "所需項目均已涵蓋。"),
        RuleOp::Subset => ("Everything listed is allowed.", "所列項目均獲接納。"),
        RuleOp::Intersects => (
            "At least one of the required entries is listed.",
            "已列出最少一項所需項目。",
        ),
        RuleOp::Matches => ("The format is correct.", "格式正確。"),
        RuleOp::Present => ("The information is given.", "已提供所需資料。"),
        RuleOp::AllPresent => ("All the information is given.", "所需資料均已提供。"),
        RuleOp::MinLength => (
            "The text has {value} characters; at least {threshold} are needed.",
            "內容共{value}字，達到最少{threshold}字的要求。",
        ),
        RuleOp::MaxLength => (
            "The text has {value} characters; at most {threshold} are allowed.",
            "內容共{value}字，不超過{threshold}字的上限。",
        ),
        RuleOp::MinCount => (
            "{value} entries are given; at least {threshold} are needed.",
            "已提供{value}項，達到最少{threshold}項的要求。",
        ),
        RuleOp::MaxCount => (
            "{value} entries are given; at most {threshold} are allowed.",
            "已提供{value}項，不超過{threshold}項的上限。",
        ),
        RuleOp::Ruleset | RuleOp::Criterion => {
            ("The rules for this have been met.", "已符合有關規則。")
        }
        RuleOp::Ratio => ("The ratio is {value}.", "有關比率為{value}。"),
    }
}

const fn fail(op: RuleOp) -> Words {
    match op {
        RuleOp::And => (
            "Part of this condition is not met.",
            "未能符合其中部分條件。",
        ),
        RuleOp::Or => ("None of the alternatives is met.", "各項條件均未能符合。"),
        RuleOp::Not => (
            "Something that is ruled out applies here.",
            "有不獲接納的情況。",
        ),
        RuleOp::Implies => (
            "The condition applies to this application and is not met.",
            "有關條件適用於本申請，但未能符合。",
        ),
        RuleOp::Any => ("No item meets the condition.", "沒有任何一項符合條件。"),
        RuleOp::All => (
            "Item {item} does not meet the condition.",
            "第{item}項不符合條件。",
        ),
        RuleOp::None => (
            "Item {item} falls under what is ruled out.",
            "第{item}項不獲接納。",
        ),
        RuleOp::Superset => ("Not yet covered: {missing}.", "尚未涵蓋：{missing}。"),
        RuleOp::Subset => (
            "Something listed is not allowed; allowed are {threshold}.",
            "所列項目中有不獲接納者；可接納者為：{threshold}。",
        ),
        RuleOp::Intersects => (
            "None of the required entries is listed: {threshold}.",
            "並未列出任何所需項目：{threshold}。",
        ),
        RuleOp::AllPresent => (
            "{value} of {threshold} pieces of information are given.",
            "所需資料共{threshold}項，只提供了{value}項。",
        ),
        RuleOp::Ruleset | RuleOp::Criterion => (
            "The rules for this have not been met.",
            "未能符合有關規則。",
        ),
        RuleOp::Eq
        | RuleOp::Ne
        | RuleOp::Lt
        | RuleOp::Lte
        | RuleOp::Gt
        | RuleOp::Gte
        | RuleOp::Between
        | RuleOp::In
        | RuleOp::Matches
        | RuleOp::Present
        | RuleOp::MinLength
        | RuleOp::MaxLength
        | RuleOp::MinCount
        | RuleOp::MaxCount
        | RuleOp::Ratio => fail_of_value(op),
    }
}

/// Operators that hold one value against another.
const fn fail_of_value(op: RuleOp) -> Words {
    match op {
        RuleOp::Eq => (
            "{value} is given where {threshold} is required.",
            "所填為{value}，要求則為{threshold}。",
        ),
        RuleOp::Ne => ("{value} is not acceptable.", "{value}不獲接納。"),
        RuleOp::Lt => (
            "{value} is not below {threshold}.",
            "{value}並非低於{threshold}。",
        ),
        RuleOp::Lte => (
            "{value} is above the limit of {threshold}.",
            "{value}，超過上限{threshold}。",
        ),
        RuleOp::Gt => (
            "{value} is not above {threshold}.",
            "{value}並非高於{threshold}。",
        ),
        RuleOp::Gte => (
            "{value} is below the minimum of {threshold}.",
            "{value}，低於下限{threshold}。",
        ),
        RuleOp::Between => (
            "{value} does not lie between {low} and {high}.",
            "{value}，不在{low}至{high}之間。",
        ),
        RuleOp::In => (
            "{value} is not accepted; accepted are {threshold}.",
            "{value}不屬可接納類別；可接納者為：{threshold}。",
        ),
        RuleOp::Matches => (
            "{value} is not in the right format.",
            "{value}的格式不正確。",
        ),
        RuleOp::Present => (
            "The information is stated as none.",
            "所需資料填報為「無」。",
        ),
        RuleOp::MinLength => (
            "The text has {value} characters; at least {threshold} are needed.",
            "內容只有{value}字，最少須有{threshold}字。",
        ),
        RuleOp::MaxLength => (
            "The text has {value} characters; at most {threshold} are allowed.",
            "內容共{value}字，超過{threshold}字的上限。",
        ),
        RuleOp::MinCount => (
            "{value} entries are given; at least {threshold} are needed.",
            "只提供了{value}項，最少須有{threshold}項。",
        ),
        RuleOp::MaxCount => (
            "{value} entries are given; at most {threshold} are allowed.",
            "共有{value}項，超過{threshold}項的上限。",
        ),
        RuleOp::Ratio => ("The ratio is {value}.", "有關比率為{value}。"),
        RuleOp::And
        | RuleOp::Or
        | RuleOp::Not
        | RuleOp::Implies
        | RuleOp::Any
        | RuleOp::All
        | RuleOp::None
        | RuleOp::Superset
        | RuleOp::Subset
        | RuleOp::Intersects
        | RuleOp::AllPresent
        | RuleOp::Ruleset
        | RuleOp::Criterion => ("The condition is not met.", "未能符合有關條件。"),
    }
}

const fn unknown(op: RuleOp) -> Words {
    match op {
        RuleOp::Ruleset | RuleOp::Criterion => (
            "The rules for this have not been checked yet.",
            "有關規則尚待查核。",
        ),
        RuleOp::Present | RuleOp::AllPresent => (
            "It has not been stated whether this exists.",
            "尚未說明是否備有所需資料。",
        ),
        RuleOp::MinLength | RuleOp::MaxLength => ("The text is not there yet.", "內容尚待填寫。"),
        RuleOp::Any
        | RuleOp::All
        | RuleOp::None
        | RuleOp::MinCount
        | RuleOp::MaxCount
        | RuleOp::Superset
        | RuleOp::Subset
        | RuleOp::Intersects => (
            "The list is missing or not complete.",
            "有關清單尚未提供，或資料並未齊備。",
        ),
        RuleOp::Matches => (
            "The number is missing, or its type has no known format.",
            "尚未提供號碼，或該類號碼並無既定格式可供核對。",
        ),
        RuleOp::And | RuleOp::Or | RuleOp::Not | RuleOp::Implies => (
            "Some of the information needed is missing.",
            "尚欠部分所需資料，暫未能確定。",
        ),
        RuleOp::Eq
        | RuleOp::Ne
        | RuleOp::Lt
        | RuleOp::Lte
        | RuleOp::Gt
        | RuleOp::Gte
        | RuleOp::Between
        | RuleOp::In
        | RuleOp::Ratio => (
            "The information needed is missing.",
            "尚欠所需資料，暫未能確定。",
        ),
    }
}

/// `gap`: whether the amount by which it falls short is known.
const fn mend(op: RuleOp, gap: bool) -> Words {
    match op {
        RuleOp::Lt => (
            "It must be below {threshold}; change or correct the entry.",
            "須低於{threshold}，請修改或更正所填資料。",
        ),
        RuleOp::Lte if gap => (
            "Reduce it by {shortfall}, or correct the entry.",
            "請減少{shortfall}，或更正所填資料。",
        ),
        RuleOp::Lte => (
            "It must not go beyond {threshold}; change or correct the entry.",
            "不得超過{threshold}，請修改或更正所填資料。",
        ),
        RuleOp::Gt => (
            "It must be above {threshold}; change or correct the entry.",
            "須高於{threshold}，請修改或更正所填資料。",
        ),
        RuleOp::Gte if gap => (
            "Raise it by {shortfall}, or correct the entry.",
            "請增加{shortfall}，或更正所填資料。",
        ),
        RuleOp::Gte => (
            "It must be {threshold} or later or higher; change or correct the entry.",
            "不得早於或低於{threshold}，請修改或更正所填資料。",
        ),
        RuleOp::Between => (
            "Choose a value between {low} and {high}.",
            "請填寫介乎{low}至{high}之間的數值或日期。",
        ),
        RuleOp::Eq => ("Make the two agree.", "請更正資料，使兩者相符。"),
        RuleOp::Matches => (
            "Check the number against the certificate.",
            "請對照證明文件核實號碼。",
        ),
        RuleOp::Superset => ("Add what is missing: {missing}.", "請補充：{missing}。"),
        RuleOp::In | RuleOp::Intersects => (
            "Choose one of these, where it applies: {threshold}.",
            "如屬以下類別，請選取：{threshold}。",
        ),
        RuleOp::Subset => ("Remove what is not allowed.", "請刪除不獲接納的項目。"),
        RuleOp::Present | RuleOp::AllPresent => (
            "Provide the missing information or document.",
            "請提供所欠的資料或文件。",
        ),
        RuleOp::MinLength => (
            "Write {shortfall} characters more.",
            "請多寫{shortfall}字。",
        ),
        RuleOp::MaxLength => (
            "Shorten the text by {shortfall} characters.",
            "請刪減{shortfall}字。",
        ),
        RuleOp::MinCount => ("Add {shortfall} more.", "請多提供{shortfall}項。"),
        RuleOp::MaxCount => ("Remove {shortfall}.", "請刪減{shortfall}項。"),
        RuleOp::All | RuleOp::None => {
            ("Correct or remove item {item}.", "請更正或刪除第{item}項。")
        }
        RuleOp::Any => (
            "Add or correct an item so that one meets the condition.",
            "請新增或更正項目，使最少一項符合條件。",
        ),
        RuleOp::Ruleset | RuleOp::Criterion => (
            "Look at the result of that check and put right what it names.",
            "請查閱該項查核的結果，並作出更正。",
        ),
        RuleOp::And | RuleOp::Or | RuleOp::Not | RuleOp::Implies | RuleOp::Ne | RuleOp::Ratio => (
            "Check the entries; if they are right, ask the funder.",
            "請核對所填資料；如資料無誤，請向資助機構查詢。",
        ),
    }
}

const fn supply(op: RuleOp) -> Words {
    match op {
        RuleOp::Ruleset | RuleOp::Criterion => (
            "Fill in the part of the form that this check needs.",
            "請填妥該項查核所需的部分。",
        ),
        RuleOp::Any
        | RuleOp::All
        | RuleOp::None
        | RuleOp::MinCount
        | RuleOp::MaxCount
        | RuleOp::Superset
        | RuleOp::Subset
        | RuleOp::Intersects => ("Complete the list.", "請填妥清單。"),
        RuleOp::And
        | RuleOp::Or
        | RuleOp::Not
        | RuleOp::Implies
        | RuleOp::Eq
        | RuleOp::Ne
        | RuleOp::Lt
        | RuleOp::Lte
        | RuleOp::Gt
        | RuleOp::Gte
        | RuleOp::Between
        | RuleOp::In
        | RuleOp::Matches
        | RuleOp::Present
        | RuleOp::AllPresent
        | RuleOp::MinLength
        | RuleOp::MaxLength
        | RuleOp::Ratio => ("Fill in the missing information.", "請補充所欠資料。"),
    }
}
