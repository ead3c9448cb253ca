//! Reading operands: facts, parameters, literals and calculations.
use explain::{json::Json, read::Fields};

use super::{NODES_MAX, RULE_DEPTH_MAX, Reader};
use crate::{
    fact::{Fact, Meaning, ROOTS, is_money_key},
    operator::{RuleOp, TermOp},
    term::{Fold, Place, Term},
};

/// The word for the current item of a list.
const ITEM: &str = "item";

/// What a constant must be to make sense where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Number,
    Count,
    Date,
    List,
    Scalar,
}

impl Kind {
    const fn example(self) -> &'static str {
        match self {
            Self::Any | Self::Scalar => "\"lsg\" or \"500000.00\"",
            Self::Number => "\"0.01\"",
            Self::Count => "50",
            Self::Date => "\"2025-04-01\"",
            Self::List => "[\"lsg\",\"conventional\"]",
        }
    }

    fn admits(self, fact: &Fact) -> bool {
        let is_number = match fact {
            Fact::Whole(_) => true,
            Fact::Text(text) => matches!(text.meaning, Meaning::Number(_)),
            Fact::Null | Fact::Bool(_) | Fact::List(_) | Fact::Object(_) => false,
        };
        match self {
            Self::Any => !matches!(fact, Fact::Null),
            Self::Number => is_number,
            Self::Count => matches!(fact, Fact::Whole(count) if *count >= 0),
            Self::Date => {
                matches!(fact, Fact::Text(text) if matches!(text.meaning, Meaning::Date(_)))
            }
            Self::List => matches!(fact, Fact::List(_)),
            Self::Scalar => matches!(fact, Fact::Whole(_) | Fact::Text(_) | Fact::Bool(_)),
        }
    }
}

impl Reader<'_> {
    /// Counts a node; refuses rules that are too deep or too large (the latter once).
    pub(super) fn enter(&mut self, path: &str, depth: usize) -> Option<()> {
        if depth > RULE_DEPTH_MAX {
            self.refuse(
                "too_deep",
                path,
                format!(
                    "{path} is nested more than {RULE_DEPTH_MAX} levels deep; split the criterion \
                     in two."
                ),
            );
            return None;
        }
        self.count(1, path)
    }

    /// Counts operators and operands, whose sum bounds what one evaluation can cost.
    pub(super) fn count(&mut self, nodes: usize, path: &str) -> Option<()> {
        let before = self.nodes;
        self.nodes = before.saturating_add(nodes);
        if self.nodes <= NODES_MAX {
            return Some(());
        }
        if before <= NODES_MAX {
            self.refuse(
                "too_many",
                path,
                format!(
                    "{path} makes the rules larger than {NODES_MAX} operators and operands; leave \
                     some out."
                ),
            );
        }
        None
    }

    /// The operand under `key`.
    pub(super) fn operand(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        kind: Kind,
        depth: usize,
    ) -> Option<Term> {
        let json = fields.required(key, self.problems)?;
        self.term(json, &fields.path_of(key), kind, depth + 1)
    }

    fn operands(&mut self, fields: &Fields<'_>, kind: Kind, depth: usize) -> Option<Vec<Term>> {
        let items = self.items(fields, "args")?;
        let terms: Vec<Option<Term>> = items
            .into_iter()
            .map(|(item, path)| self.term(item, &path, kind, depth + 1))
            .collect();
        terms.into_iter().collect()
    }

    /// Exactly two operands: `left` and `right`, or two in `args`.
    fn two(&mut self, fields: &Fields<'_>, kind: Kind, depth: usize) -> Option<(Term, Term)> {
        if fields.get("args").is_none() {
            let left = self.operand(fields, "left", kind, depth);
            let right = self.operand(fields, "right", kind, depth);
            return Some((left?, right?));
        }
        let terms = self.operands(fields, kind, depth)?;
        match <[Term; 2]>::try_from(terms) {
            Ok([left, right]) => Some((left, right)),
            Err(terms) => {
                let path = fields.path_of("args");
                self.refuse(
                    "wrong_count",
                    &path,
                    format!("{path} has {} operands; exactly 2 are needed.", terms.len()),
                );
                None
            }
        }
    }

    /// The non-empty list under `key`, each item with its path.
    pub(super) fn items<'j>(
        &mut self,
        fields: &Fields<'j>,
        key: &str,
    ) -> Option<Vec<(&'j Json, String)>> {
        let path = fields.path_of(key);
        let items = fields.list(key, NODES_MAX, self.problems, |item, path, _| {
            Some((item, path.to_owned()))
        })?;
        if items.is_empty() {
            self.refuse(
                "empty",
                &path,
                format!("{path} is empty; give at least one operand."),
            );
            return None;
        }
        Some(items)
    }

    /// An operand: a literal, a fact, a parameter or a calculation.
    pub(super) fn term(
        &mut self,
        json: &Json,
        path: &str,
        kind: Kind,
        depth: usize,
    ) -> Option<Term> {
        self.enter(path, depth)?;
        let Json::Object(_) = json else {
            let fact = Fact::read(json, path, self.problems);
            return self.constant(fact, false, path, kind);
        };
        let fields = Fields::of(json, path, self.problems);
        match (fields.get("op"), fields.get("field"), fields.get("param")) {
            (Some(_), None, None) => self.calculation(&fields, depth),
            (None, Some(_), None) => {
                let text = fields.text("field", self.problems)?;
                self.place(&text, &fields.path_of("field")).map(Term::Field)
            }
            (None, None, Some(_)) => self.parameter(&fields, kind),
            (None, None, None)
            | (Some(_), Some(_), _)
            | (Some(_), _, Some(_))
            | (_, Some(_), Some(_)) => {
                self.refuse(
                    "not_operand",
                    path,
                    format!(
                        "{path} must have exactly one of op, field and param, such as \
                         {{\"field\":\"org.subvention_mode\"}}."
                    ),
                );
                None
            }
        }
    }

    fn parameter(&mut self, fields: &Fields<'_>, kind: Kind) -> Option<Term> {
        let path = fields.path_of("param");
        let name = fields.text("param", self.problems)?;
        let found = self.parameters.iter().find(|(known, _)| *known == name);
        if let Some((_, fact)) = found {
            let fact = fact.clone();
            return self.constant(fact, is_money_key(&name), &path, kind);
        }
        let known: Vec<&str> = self
            .parameters
            .iter()
            .map(|(known, _)| known.as_str())
            .collect();
        let message = format!(
            "{path} names \"{name}\", which is not in parameters; known ones are {}.",
            if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            }
        );
        self.refuse("unknown_param", &path, message);
        None
    }

    fn constant(&mut self, fact: Fact, money: bool, path: &str, kind: Kind) -> Option<Term> {
        if kind.admits(&fact) {
            return Some(Term::Constant { fact, money });
        }
        self.refuse(
            "wrong_operand",
            path,
            format!(
                "{path} does not fit its operator; write something like {}.",
                kind.example()
            ),
        );
        None
    }

    fn calculation(&mut self, fields: &Fields<'_>, depth: usize) -> Option<Term> {
        let word = fields.text("op", self.problems)?;
        let path = fields.path_of("op");
        let Some(op) = TermOp::from_word(&word) else {
            let (code, cause) = match RuleOp::from_word(&word) {
                Some(_) => ("wrong_kind", "says yes or no, but a value is needed here"),
                None => ("unknown_op", "is not an operator"),
            };
            let known = TermOp::words();
            let message =
                format!("{path} \"{word}\" {cause}; operators that give one are {known}.");
            self.refuse(code, &path, message);
            return None;
        };
        let fold = |terms: Option<Vec<Term>>, fold| terms.map(|terms| Term::Fold(fold, terms));
        match op {
            TermOp::Add => fold(self.operands(fields, Kind::Number, depth), Fold::Add),
            TermOp::Sub => fold(self.operands(fields, Kind::Number, depth), Fold::Sub),
            TermOp::Mul => fold(self.operands(fields, Kind::Number, depth), Fold::Mul),
            TermOp::Max => fold(self.operands(fields, Kind::Number, depth), Fold::Max),
            TermOp::Min => fold(self.operands(fields, Kind::Number, depth), Fold::Min),
            TermOp::Div => {
                let (left, right) = self.two(fields, Kind::Number, depth)?;
                let divisor = right.clone();
                let quotient = Term::Fold(Fold::Div, vec![left, right]);
                self.guarded(fields, quotient, divisor, depth)
            }
            TermOp::Ratio => self.ratio(fields, depth),
            TermOp::Table => self.table(fields),
            TermOp::DaysBetween => self
                .two(fields, Kind::Date, depth)
                .map(|(start, end)| Term::DaysBetween(Box::new(start), Box::new(end))),
            TermOp::MonthsBetween => self
                .two(fields, Kind::Date, depth)
                .map(|(start, end)| Term::MonthsBetween(Box::new(start), Box::new(end))),
            TermOp::Count => self.over(fields).map(|(place, _)| Term::Count(place)),
            TermOp::Sum => self.sum(fields),
        }
    }

    pub(super) fn ratio(&mut self, fields: &Fields<'_>, depth: usize) -> Option<Term> {
        let (left, right) = self.two(fields, Kind::Number, depth)?;
        let divisor = right.clone();
        let quotient = Term::Ratio(Box::new(left), Box::new(right));
        self.guarded(fields, quotient, divisor, depth)
    }

    /// `if_zero`: what the quotient is when its divisor is zero; null = unknown, as without it.
    fn guarded(
        &mut self,
        fields: &Fields<'_>,
        quotient: Term,
        divisor: Term,
        depth: usize,
    ) -> Option<Term> {
        match fields.get("if_zero") {
            None | Some(Json::Null) => Some(quotient),
            Some(json) => {
                let at = fields.path_of("if_zero");
                let instead = self.term(json, &at, Kind::Number, depth + 1)?;
                Some(Term::IfZero {
                    quotient: Box::new(quotient),
                    divisor: Box::new(divisor),
                    instead: Box::new(instead),
                })
            }
        }
    }

    /// `over` a list, and `of` its items the key to add up (the items themselves without it).
    fn sum(&mut self, fields: &Fields<'_>) -> Option<Term> {
        let (over, list) = self.over(fields)?;
        self.lists.push(list);
        let of = match fields.get("of") {
            None => Some(ITEM.to_owned()),
            Some(_) => fields.text("of", self.problems).map(|key| {
                if key.starts_with("item.") {
                    key
                } else {
                    format!("{ITEM}.{key}")
                }
            }),
        };
        let of = of.and_then(|of| self.place(&of, &fields.path_of("of")));
        self.lists.pop();
        Some(Term::Sum { over, of: of? })
    }

    /// The list an operator runs over, and its full name.
    pub(super) fn over(&mut self, fields: &Fields<'_>) -> Option<(Place, String)> {
        let json = fields.required("over", self.problems)?;
        let over = Fields::of(json, &fields.path_of("over"), self.problems);
        let text = over.text("field", self.problems)?;
        let place = self.place(&text, &over.path_of("field"))?;
        Some((place.clone(), self.full_name(&place)))
    }

    /// A fact by its dotted path.
    pub(super) fn place(&mut self, text: &str, path: &str) -> Option<Place> {
        let mut keys: Vec<String> = text.split('.').map(str::to_owned).collect();
        let plain = |key: &String| {
            !key.is_empty()
                && key
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
        };
        let root = keys.first().cloned().unwrap_or_default();
        let in_item = root == ITEM;
        if !keys.iter().all(plain) || !(in_item || ROOTS.contains(&root.as_str())) {
            let message = format!(
                "{path} \"{text}\" is not the path of a fact; start with {} or item, such as \
                 \"org.subvention_mode\".",
                ROOTS.join(", ")
            );
            self.refuse("bad_field", path, message);
            return None;
        }
        if in_item && self.lists.is_empty() {
            let message = format!(
                "{path} \"{text}\" stands outside a list; use item only inside any, all or none."
            );
            self.refuse("item_outside_list", path, message);
            return None;
        }
        if in_item {
            keys.remove(0);
        }
        let place = Place {
            in_item,
            path: keys,
        };
        let name = self.full_name(&place);
        self.uses(name);
        Some(place)
    }

    /// The full name of a fact: `application.budget_lines[].cost_type`.
    pub(super) fn full_name(&self, place: &Place) -> String {
        let keys = place.path.join(".");
        match self.lists.last() {
            Some(list) if place.in_item && keys.is_empty() => format!("{list}[]"),
            Some(list) if place.in_item => format!("{list}[].{keys}"),
            Some(_) | None => keys,
        }
    }
}
