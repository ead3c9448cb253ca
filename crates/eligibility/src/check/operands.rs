//! The types of operands, and what is wrong with how they are put together.
use explain::{date_from_text, json::Json, read::join};
use money::{Decimal, decimal_from_text};

use super::{
    Checker, Look as _,
    types::{Range, Type, Unit},
};
use crate::fact::{is_money_key, is_share_key};

impl Checker<'_> {
    /// What the operand is; none where it cannot be told, which the compiler says elsewhere.
    pub(super) fn operand(&mut self, json: &Json, path: &str) -> Option<Type> {
        let Json::Object(_) = json else {
            return literal(json, None);
        };
        if let Some(name) = json.text_at("field") {
            return self.fact(&name, &join(path, "field"));
        }
        if let Some(name) = json.text_at("param") {
            let value = self.parameters?.at(&name)?;
            return literal(value, Some(&name));
        }
        self.calculation(json, path)
    }

    /// The fact, by the name an author writes: `item.cost_hkd` inside a list.
    pub(super) fn fact(&mut self, name: &str, path: &str) -> Option<Type> {
        let full = self.full_name(name);
        if let Some(found) = self.catalogue.find(&full) {
            return Some(found.clone());
        }
        if full.ends_with("[]") {
            let list = full.trim_end_matches("[]").to_owned();
            return match self.catalogue.find(&list) {
                Some(Type::List(codes)) if !self.catalogue.has_items(&list) => {
                    Some(Type::Code(codes.clone()))
                }
                Some(_) => Some(Type::Record),
                None => None,
            };
        }
        let message = format!(
            "{path} \"{name}\" is not a fact this system knows; did you mean \"{}\"?",
            self.catalogue.nearest(&full)
        );
        self.refuse("unknown_field", path, message);
        None
    }

    fn full_name(&self, name: &str) -> String {
        match (self.lists.last(), name.strip_prefix("item")) {
            (Some(list), Some("")) => format!("{list}[]"),
            (Some(list), Some(rest)) if rest.starts_with('.') => format!("{list}[]{rest}"),
            (Some(_) | None, _) => name.to_owned(),
        }
    }

    fn calculation(&mut self, json: &Json, path: &str) -> Option<Type> {
        let op = json.text_at("op")?;
        match op.as_str() {
            "add" | "sub" | "max" | "min" => self.alike(&op, json, path),
            "mul" => self.product(json, path),
            "div" | "ratio" => self.quotient(json, path),
            "months_between" => {
                self.days(json, path);
                Some(Type::Number(Unit::Months, Range::from(Decimal::ONE)))
            }
            "days_between" => {
                self.days(json, path);
                Some(Type::Number(Unit::Days, Range::OPEN))
            }
            "count" => {
                self.list(json, path)?;
                Some(Type::Number(Unit::Count, Range::from(Decimal::ZERO)))
            }
            "sum" => self.sum(json, path),
            "table" => self.table(json),
            _ => None,
        }
    }

    fn numbers(&mut self, parts: Vec<(&Json, String)>) -> Option<Vec<(Unit, Range, String)>> {
        let mut found = Vec::with_capacity(parts.len());
        let mut all = true;
        for (json, path) in parts {
            match self.operand(json, &path) {
                Some(Type::Number(unit, range)) => found.push((unit, range, path)),
                Some(other) => {
                    all = false;
                    let message = format!(
                        "{path} is {}, but a number is needed here, such as \"0.01\".",
                        other.word()
                    );
                    self.refuse("wrong_type", &path, message);
                }
                None => all = false,
            }
        }
        all.then_some(found)
    }

    /// Sums, differences, largest and smallest: all of one unit.
    fn alike(&mut self, op: &str, json: &Json, path: &str) -> Option<Type> {
        let mut numbers = self.numbers(operands(json, path))?.into_iter();
        let (mut unit, mut range, _) = numbers.next()?;
        for (next, other, at) in numbers {
            let Some(joined) = unit.beside(next) else {
                self.wrong_unit(&at, next.word(), unit.word());
                return None;
            };
            unit = joined;
            range = match op {
                "add" => range.plus(other),
                "sub" => range.minus(other),
                "max" => range.larger(other),
                _ => range.smaller(other),
            };
        }
        Some(Type::Number(unit, range))
    }

    fn product(&mut self, json: &Json, path: &str) -> Option<Type> {
        let mut numbers = self.numbers(operands(json, path))?.into_iter();
        let (mut unit, mut range, _) = numbers.next()?;
        for (next, other, at) in numbers {
            let Some(joined) = unit.times(next) else {
                self.wrong_unit(&at, next.word(), unit.word());
                return None;
            };
            unit = joined;
            range = range.times(other);
        }
        Some(Type::Number(unit, range))
    }

    fn quotient(&mut self, json: &Json, path: &str) -> Option<Type> {
        let numbers = self.numbers(operands(json, path));
        let instead = json.at("if_zero");
        if let Some(instead) = instead.filter(|json| **json != Json::Null) {
            self.operand(instead, &join(path, "if_zero"));
        }
        let numbers = numbers?;
        let [(unit, _, _), (divisor, range, at)] = numbers.as_slice() else {
            return None;
        };
        if range.holds_zero() && instead.is_none() {
            let message = format!(
                "{at} may be zero ({range}), and nothing can be divided by zero; say what holds \
                 then, such as \"if_zero\": \"0\", or null for unknown."
            );
            self.refuse("may_divide_by_zero", at, message);
        }
        let Some(unit) = unit.over(*divisor) else {
            self.wrong_unit(at, divisor.word(), unit.word());
            return None;
        };
        Some(Type::Number(unit, Range::OPEN))
    }

    fn days(&mut self, json: &Json, path: &str) {
        for (part, at) in operands(json, path) {
            match self.operand(part, &at) {
                Some(Type::Date | Type::Day(_)) | None => {}
                Some(other) => {
                    let message = format!(
                        "{at} is {}, but a date is needed here, such as \"2026-12-01\".",
                        other.word()
                    );
                    self.refuse("wrong_type", &at, message);
                }
            }
        }
    }

    /// The list under `over`, by its full name.
    pub(super) fn list(&mut self, json: &Json, path: &str) -> Option<String> {
        let name = json.at("over")?.text_at("field")?;
        let at = join(path, "over.field");
        let found = self.fact(&name, &at)?;
        if matches!(found, Type::List(_)) {
            return Some(self.full_name(&name));
        }
        let message = format!(
            "{at} \"{name}\" is {}, but a list is needed here, such as \
             \"application.budget_lines\".",
            found.word()
        );
        self.refuse("wrong_type", &at, message);
        None
    }

    fn sum(&mut self, json: &Json, path: &str) -> Option<Type> {
        let list = self.list(json, path)?;
        let key = json.text_at("of");
        let full = match key.as_deref() {
            None | Some("item") => format!("{list}[]"),
            Some(key) => format!("{list}[].{}", key.trim_start_matches("item.")),
        };
        let at = join(path, "of");
        match self.catalogue.find(&full) {
            Some(Type::Number(unit, range)) => {
                let low = range.low.filter(|low| *low >= Decimal::ZERO);
                let range = low.map_or(Range::OPEN, |_| Range::from(Decimal::ZERO));
                Some(Type::Number(*unit, range))
            }
            Some(other) => {
                let message = format!(
                    "{at} is {}, but only numbers can be added up.",
                    other.word()
                );
                self.refuse("wrong_type", &at, message);
                None
            }
            None => {
                let near = self.catalogue.nearest(&full);
                let message = format!(
                    "{at} names \"{full}\", which this system does not know; did you mean \"{near}\"?"
                );
                self.refuse("unknown_field", &at, message);
                None
            }
        }
    }

    pub(super) fn wrong_unit(&mut self, path: &str, one: &str, other: &str) {
        let message = format!(
            "{path} is {one}, which does not go with {other}; use the same unit on both sides, or \
             a rate to multiply by."
        );
        self.refuse("wrong_unit", path, message);
    }
}

/// `args`, or `left` and `right`, each with its path.
pub(super) fn operands<'j>(json: &'j Json, path: &str) -> Vec<(&'j Json, String)> {
    match json.at("args") {
        Some(Json::List(items)) => items
            .iter()
            .enumerate()
            .map(|(position, item)| (item, format!("{}[{position}]", join(path, "args"))))
            .collect(),
        Some(_) | None => ["left", "right"]
            .into_iter()
            .filter_map(|key| Some((json.at(key)?, join(path, key))))
            .collect(),
    }
}

/// What a literal is; a parameter's name may tell its unit.
pub(super) fn literal(json: &Json, name: Option<&str>) -> Option<Type> {
    let unit = match name {
        Some(name) if is_money_key(name) => Unit::Money,
        Some(name) if is_share_key(name) || name.ends_with("_rate") => Unit::Share,
        Some(_) | None => Unit::Any,
    };
    match json {
        Json::Bool(_) => Some(Type::Boolean),
        Json::Integer(number) => Some(Type::Number(unit, Range::at(Decimal::from(*number)))),
        Json::Text(text) => Some(if let Some(day) = date_from_text(text) {
            Type::Day(day)
        } else if let Ok(number) = decimal_from_text(text) {
            Type::Number(unit, Range::at(number))
        } else {
            Type::Word(text.clone())
        }),
        Json::List(items) => {
            let types: Option<Vec<Type>> = items.iter().map(|item| literal(item, None)).collect();
            types.map(Type::Words)
        }
        Json::Object(_) => Some(Type::Record),
        Json::Null | Json::Fraction => None,
    }
}
