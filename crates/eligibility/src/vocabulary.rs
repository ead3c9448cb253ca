//! The operators with their operands and names, so that an editor never has a list of its own.

/// One operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// The word in rule files.
    pub word: &'static str,
    /// Says yes or no; otherwise it gives a value.
    pub yes_or_no: bool,
    /// Operands in the order in which they are read.
    pub operands: &'static [Operand],
    /// English name.
    pub en: &'static str,
    /// Chinese name.
    pub zh: &'static str,
}

/// One operand of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operand {
    /// Its key in the rule.
    pub key: &'static str,
    /// What stands there: rule, rules, values, number, date, scalar, list, `list_field`,
    /// `item_key`, field, fields, pattern, count, any, name.
    pub kind: &'static str,
    /// May be left out.
    pub optional: bool,
}

const fn needs(key: &'static str, kind: &'static str) -> Operand {
    Operand {
        key,
        kind,
        optional: false,
    }
}

const RULES: &[Operand] = &[needs("args", "rules")];
const VALUES: &[Operand] = &[needs("args", "values")];
const EACH: &[Operand] = &[needs("over", "list_field"), needs("where", "rule")];
const TWO: &[Operand] = &[needs("left", "scalar"), needs("right", "scalar")];
const AMONG: &[Operand] = &[needs("left", "scalar"), needs("right", "list")];
const LISTS: &[Operand] = &[needs("left", "list"), needs("right", "list")];
const SIZE: &[Operand] = &[needs("left", "any"), needs("right", "count")];
const DAYS: &[Operand] = &[needs("left", "date"), needs("right", "date")];
const QUOTIENT: &[Operand] = &[
    needs("left", "number"),
    needs("right", "number"),
    Operand {
        key: "if_zero",
        kind: "number",
        optional: true,
    },
];
const NAMED: &[Operand] = &[needs("name", "name")];

const fn rule(
    word: &'static str,
    operands: &'static [Operand],
    en: &'static str,
    zh: &'static str,
) -> Operator {
    Operator {
        word,
        yes_or_no: true,
        operands,
        en,
        zh,
    }
}

const fn value(
    word: &'static str,
    operands: &'static [Operand],
    en: &'static str,
    zh: &'static str,
) -> Operator {
    Operator {
        word,
        yes_or_no: false,
        operands,
        en,
        zh,
    }
}

/// Every operator, those that say yes or no first. `ratio` stands under the values and is also a
/// rule of its own in an `info` criterion.
pub const OPERATORS: [Operator; 39] = [
    rule("and", RULES, "all of these hold", "以下各項均成立"),
    rule(
        "or",
        RULES,
        "at least one of these holds",
        "以下最少一項成立",
    ),
    rule(
        "not",
        &[needs("arg", "rule")],
        "this does not hold",
        "以下並不成立",
    ),
    rule(
        "implies",
        &[needs("if", "rule"), needs("then", "rule")],
        "if this holds, so must that",
        "如某項成立，則另一項亦須成立",
    ),
    rule(
        "any",
        EACH,
        "at least one entry of the list",
        "清單中最少一項",
    ),
    rule("all", EACH, "every entry of the list", "清單中每一項"),
    rule("none", EACH, "no entry of the list", "清單中沒有一項"),
    rule("eq", TWO, "is equal to", "等於"),
    rule("ne", TWO, "is not", "不等於"),
    rule("lt", TWO, "is less than", "小於"),
    rule("lte", TWO, "is at most", "不超過"),
    rule("gt", TWO, "is more than", "大於"),
    rule("gte", TWO, "is at least", "不少於"),
    rule(
        "between",
        &[
            needs("left", "scalar"),
            needs("low", "scalar"),
            needs("high", "scalar"),
        ],
        "lies between, both ends included",
        "介乎兩者之間（包括首尾）",
    ),
    rule("in", AMONG, "is one of", "屬於其中一項"),
    rule("superset", LISTS, "covers all of", "涵蓋全部"),
    rule("subset", LISTS, "has nothing beyond", "不超出"),
    rule(
        "intersects",
        LISTS,
        "has at least one of",
        "最少包括其中一項",
    ),
    rule(
        "matches",
        &[needs("left", "any"), needs("right", "pattern")],
        "is written like",
        "符合格式",
    ),
    rule("present", &[needs("left", "any")], "is given", "已提供"),
    rule(
        "all_present",
        &[needs("fields", "fields")],
        "are all given",
        "均已提供",
    ),
    rule(
        "min_length",
        SIZE,
        "has at least so many characters",
        "字數不少於",
    ),
    rule(
        "max_length",
        SIZE,
        "has at most so many characters",
        "字數不超過",
    ),
    rule(
        "min_count",
        SIZE,
        "has at least so many entries",
        "項數不少於",
    ),
    rule(
        "max_count",
        SIZE,
        "has at most so many entries",
        "項數不超過",
    ),
    rule("ruleset", NAMED, "follows the named rules", "符合指定規則"),
    rule(
        "criterion",
        &[needs("id", "name")],
        "meets an earlier criterion",
        "符合先前的準則",
    ),
    value("add", VALUES, "sum of", "總和"),
    value("sub", VALUES, "difference of", "相差"),
    value("mul", VALUES, "product of", "乘積"),
    value("div", QUOTIENT, "divided by", "除以"),
    value("max", VALUES, "the larger of", "較大者"),
    value("min", VALUES, "the smaller of", "較小者"),
    value(
        "sum",
        &[needs("over", "list_field"), needs("of", "item_key")],
        "total over the list",
        "清單合計",
    ),
    value(
        "count",
        &[needs("over", "list_field")],
        "number of entries",
        "項數",
    ),
    value(
        "months_between",
        DAYS,
        "months from one day to another",
        "兩日之間的月數",
    ),
    value(
        "days_between",
        DAYS,
        "days from one day to another",
        "兩日之間的日數",
    ),
    value("table", NAMED, "value of a decision table", "決策表的值"),
    value("ratio", QUOTIENT, "ratio of", "比率"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operator::{RuleOp, TermOp};

    #[test]
    fn every_operator_of_the_engine_is_listed_once_and_no_other() {
        let known =
            |words: String| -> Vec<String> { words.split(", ").map(str::to_owned).collect() };
        let listed = |yes_or_no: bool| -> Vec<String> {
            OPERATORS
                .iter()
                .filter(|operator| operator.yes_or_no == yes_or_no)
                .map(|operator| operator.word.to_owned())
                .collect()
        };
        let mut rules = known(RuleOp::words());
        rules.retain(|word| word != "ratio");
        assert_eq!(listed(true), rules);
        assert_eq!(listed(false), known(TermOp::words()));
    }
}
