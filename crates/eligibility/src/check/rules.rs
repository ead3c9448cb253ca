//! The types of yes/no rules: both sides comparable, codes that exist, and no comparison that
//! could only ever come out one way.
use std::cmp::Ordering;

use explain::{json::Json, read::join};
use money::Decimal;

use super::{
    Checker, Look as _,
    types::{Range, Type, Unit},
};

impl Checker<'_> {
    pub(super) fn rule(&mut self, json: &Json, path: &str) {
        let Some(op) = json.text_at("op") else {
            return;
        };
        match op.as_str() {
            "and" | "or" => self.rules(json, path),
            "not" => {
                if json.at("args").is_some() {
                    self.rules(json, path);
                }
                self.part(json, path, "arg");
            }
            "implies" => {
                self.part(json, path, "if");
                self.part(json, path, "then");
            }
            "any" | "all" | "none" => self.each(json, path),
            "eq" | "ne" | "lt" | "lte" | "gt" | "gte" => self.comparison(&op, json, path),
            "between" => self.between(json, path),
            "in" => self.among(json, path),
            "superset" | "subset" | "intersects" => self.sets(json, path),
            "matches" | "min_length" | "max_length" => self.text_of(&op, json, path),
            "min_count" | "max_count" => self.counted(json, path),
            "present" => {
                self.side(json, path, "left");
            }
            "all_present" => self.all_present(json, path),
            "ruleset" => self.named_ruleset(json, path),
            "ratio" => {
                self.operand(json, path);
            }
            _ => {}
        }
    }

    fn rules(&mut self, json: &Json, path: &str) {
        if let Some(Json::List(items)) = json.at("args") {
            for (position, item) in items.iter().enumerate() {
                self.rule(item, &format!("{}[{position}]", join(path, "args")));
            }
        }
    }

    fn part(&mut self, json: &Json, path: &str, key: &str) {
        if let Some(part) = json.at(key) {
            self.rule(part, &join(path, key));
        }
    }

    fn each(&mut self, json: &Json, path: &str) {
        let Some(list) = self.list(json, path) else {
            return;
        };
        self.lists.push(list);
        self.part(json, path, "where");
        self.lists.pop();
    }

    fn side(&mut self, json: &Json, path: &str, key: &str) -> Option<Type> {
        self.operand(json.at(key)?, &join(path, key))
    }

    fn comparison(&mut self, op: &str, json: &Json, path: &str) {
        let left = self.side(json, path, "left");
        let right = self.side(json, path, "right");
        let (Some(left), Some(right)) = (left, right) else {
            return;
        };
        if !self.fits(&left, &right, &join(path, "right")) {
            return;
        }
        let ordered = matches!(op, "lt" | "lte" | "gt" | "gte");
        if ordered && matches!(left, Type::Boolean | Type::Code(_) | Type::Record) {
            let message = format!(
                "{path}: {} has no order, so \"{op}\" says nothing; use eq, ne or in.",
                left.word()
            );
            self.refuse("wrong_type", path, message);
            return;
        }
        if let (Type::Number(_, one), Type::Number(_, other)) = (&left, &right) {
            // What an applicant states may lie outside its range; what the rules state cannot.
            let stated = !(one.is_point() && other.is_point());
            self.decided(op, *one, *other, stated, path);
        }
        if let (Type::Day(one), Type::Day(other)) = (&left, &right) {
            let orders = [one.cmp(other)];
            let why = "both dates are written in the rule";
            self.one_way(op, &orders, false, why, path);
        }
    }

    fn decided(&mut self, op: &str, one: Range, other: Range, stated: bool, path: &str) {
        let orders = one.orders(other);
        let why = format!("the left side is {one} and the right side {other}");
        self.one_way(op, &orders, stated, &why, path);
    }

    /// Refuses a comparison that every possible order answers alike; one that looks at what is
    /// `stated` may pass always, since it guards against statements out of range.
    fn one_way(&mut self, op: &str, orders: &[Ordering], stated: bool, why: &str, path: &str) {
        let holds = |order: &Ordering| match op {
            "eq" => order.is_eq(),
            "ne" => order.is_ne(),
            "lt" => order.is_lt(),
            "lte" => order.is_le(),
            "gt" => order.is_gt(),
            _ => order.is_ge(),
        };
        if !stated && orders.iter().all(holds) {
            let message = format!(
                "{path} holds whatever is stated, because {why}; compare with a value that can fail."
            );
            self.refuse("rule_always_passes", path, message);
        } else if !orders.iter().any(holds) {
            let message = format!(
                "{path} can never hold, because {why}; compare with a value that can be reached."
            );
            self.refuse("impossible_rule", path, message);
        }
    }

    fn between(&mut self, json: &Json, path: &str) {
        let left = self.side(json, path, "left");
        let low = self.side(json, path, "low");
        let high = self.side(json, path, "high");
        for (end, key) in [(&low, "low"), (&high, "high")] {
            if let (Some(left), Some(end)) = (&left, end) {
                self.fits(left, end, &join(path, key));
            }
        }
        let empty = match (&low, &high) {
            (Some(Type::Number(_, low)), Some(Type::Number(_, high))) => {
                low.orders(*high) == [Ordering::Greater]
            }
            (Some(Type::Day(low)), Some(Type::Day(high))) => low > high,
            _ => false,
        };
        if empty {
            let at = join(path, "high");
            let message = format!(
                "{at} is below low, so nothing lies between them; exchange the two, or give a \
                 higher end."
            );
            self.refuse("impossible_rule", &at, message);
        } else if let (
            Some(Type::Number(_, left)),
            Some(Type::Number(_, low)),
            Some(Type::Number(_, high)),
        ) = (&left, &low, &high)
        {
            let reachable = Range {
                low: low.low,
                high: high.high,
            };
            let apart = left.orders(reachable);
            if apart == [Ordering::Less] || apart == [Ordering::Greater] {
                let message = format!(
                    "{path} can never hold, because the left side is {left} and the limits are \
                     {reachable}; give limits that can be reached."
                );
                self.refuse("impossible_rule", path, message);
            }
        }
    }

    /// Whether two operands go together, and a literal code is one that exists.
    pub(super) fn fits(&mut self, one: &Type, other: &Type, path: &str) -> bool {
        if let (Type::Number(unit, _), Type::Number(next, _)) = (one, other)
            && unit.beside(*next).is_none()
        {
            self.wrong_unit(path, next.word(), unit.word());
            return false;
        }
        if !one.beside(other) {
            let message = format!(
                "{path} is {}, which cannot be compared with {}; give {}.",
                other.word(),
                one.word(),
                example(one)
            );
            self.refuse("wrong_type", path, message);
            return false;
        }
        if let (Type::Code(codes), Type::Word(word)) = (one, other) {
            self.known_code(word, codes, path);
        }
        true
    }

    fn known_code(&mut self, word: &str, codes: &[String], path: &str) {
        if codes.is_empty() || codes.iter().any(|code| code == word) {
            return;
        }
        let message = format!(
            "{path} \"{word}\" is not one of the codes of this fact; use one of {}.",
            codes.join(", ")
        );
        self.refuse("unknown_code", path, message);
    }

    fn among(&mut self, json: &Json, path: &str) {
        let left = self.side(json, path, "left");
        let right = self.side(json, path, "right");
        let at = join(path, "right");
        let Some(Type::Words(items)) = &right else {
            return;
        };
        if items.is_empty() {
            let message =
                format!("{at} is empty, so nothing is among it; give a value, such as [\"lsg\"].");
            self.refuse("impossible_rule", &at, message);
        }
        if let Some(left) = left {
            for (position, item) in items.iter().enumerate() {
                self.fits(&left, item, &format!("{at}[{position}]"));
            }
        }
    }

    fn sets(&mut self, json: &Json, path: &str) {
        let sides = ["left", "right"].map(|key| (self.side(json, path, key), join(path, key)));
        for (side, at) in &sides {
            if let Some(side) = side
                && !matches!(side, Type::List(_) | Type::Words(_))
            {
                let message = format!(
                    "{at} is {}, but a list is needed here, such as [\"audit_trail\"].",
                    side.word()
                );
                self.refuse("wrong_type", at, message);
            }
        }
        if let [(Some(Type::List(codes)), _), (Some(Type::Words(items)), at)] = &sides {
            for (position, item) in items.iter().enumerate() {
                if let Type::Word(word) = item {
                    self.known_code(word, codes, &format!("{at}[{position}]"));
                }
            }
        }
    }

    fn text_of(&mut self, op: &str, json: &Json, path: &str) {
        let left = self.side(json, path, "left");
        match left {
            Some(Type::Text | Type::Code(_) | Type::Word(_)) | None => {}
            // An item with a type of its own is matched against the pattern of that type.
            Some(Type::Record) if op == "matches" => {}
            Some(other) => {
                let at = join(path, "left");
                let message = format!(
                    "{at} is {}, but \"{op}\" looks at text, such as \"project.upkeep_plan\".",
                    other.word()
                );
                self.refuse("wrong_type", &at, message);
                return;
            }
        }
        if op != "matches" {
            let length = Range::from(Decimal::ZERO);
            self.bound(op, json, path, Unit::Characters, length);
        }
    }

    fn counted(&mut self, json: &Json, path: &str) {
        let op = json.text_at("op").unwrap_or_default();
        match self.side(json, path, "left") {
            Some(Type::List(_) | Type::Words(_)) | None => {}
            Some(other) => {
                let at = join(path, "left");
                let message = format!(
                    "{at} is {}, but \"{op}\" counts the entries of a list, such as \
                     \"application.coi_declarations\".",
                    other.word()
                );
                self.refuse("wrong_type", &at, message);
                return;
            }
        }
        self.bound(&op, json, path, Unit::Count, Range::from(Decimal::ZERO));
    }

    fn bound(&mut self, op: &str, json: &Json, path: &str, unit: Unit, size: Range) {
        let Some(Type::Number(given, bound)) = self.side(json, path, "right") else {
            return;
        };
        let at = join(path, "right");
        if unit.beside(given).is_none() {
            self.wrong_unit(&at, given.word(), unit.word());
            return;
        }
        let how = if op.starts_with("min") { "gte" } else { "lte" };
        self.decided(how, size, bound, false, path);
    }

    fn all_present(&mut self, json: &Json, path: &str) {
        if let Some(Json::List(fields)) = json.at("fields") {
            for (position, field) in fields.iter().enumerate() {
                if let Json::Text(field) = field {
                    self.fact(field, &format!("{}[{position}]", join(path, "fields")));
                }
            }
        }
    }

    fn named_ruleset(&mut self, json: &Json, path: &str) {
        if let Some(name) = json.text_at("name") {
            self.fact(&format!("rulesets.{name}"), &join(path, "name"));
        }
    }
}

fn example(other: &Type) -> &'static str {
    match other {
        Type::Number(Unit::Money, _) => "an amount such as \"500000.00\"",
        Type::Number(Unit::Share, _) => "a share such as \"0.25\"",
        Type::Number(_, _) => "a number such as 36",
        Type::Date | Type::Day(_) => "a date such as \"2026-12-01\"",
        Type::Year => "a financial year such as \"2026-27\"",
        Type::Boolean => "true or false",
        Type::Text | Type::Word(_) | Type::Code(_) => "a text such as \"lsg\"",
        Type::List(_) | Type::Words(_) => "a list such as [\"lsg\"]",
        Type::Record => "one of its parts",
    }
}
