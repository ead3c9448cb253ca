//! The smallest change of one fact that would make a failing criterion pass, where it can be
//! computed. Every number and date offered is put back into the facts and the whole criterion is
//! decided again, so that nothing is offered that would not do.
use chrono::{Days, Months, NaiveDate};
use money::{Decimal, normal_text};
use serde_json::{Value as Out, json};

use crate::{
    Truth,
    affine::{self, Affine},
    compare::presence,
    evaluate::{Finding, Threshold},
    fact::Fact,
    rule::{Comparison, Rule, Sets, Size},
    show::{self, Style},
    spot::Spot,
    term::{Place, Scope, Term},
    value::Value,
};

/// Longest text, or most entries, that are made up to try a size: a rule may ask for any number.
const SAMPLE_MAX: usize = 20_000;

/// One way to pass: what a fact would have to become.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The fact, items of a list by position from 0: `application.budget_lines[2].cost_hkd`.
    pub field: String,
    /// What is asked of it.
    pub kind: ChangeKind,
    /// What it is now; null when it is not given.
    pub from: Out,
    /// What it would have to be; a list of choices or of missing entries where it is one.
    pub to: Out,
    /// The difference of numbers, lengths and counts; days for dates.
    pub by: Out,
}

/// What is asked of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Another number.
    Number,
    /// Another day.
    Date,
    /// Longer or shorter text, more or fewer items: `to` is the length or count.
    Size,
    /// One of the values listed.
    Choose,
    /// The entries listed, added.
    Add,
    /// The entries listed, taken out.
    Remove,
    /// To be given at all.
    Give,
}

impl ChangeKind {
    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Size => "size",
            Self::Choose => "choose",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Give => "give",
        }
    }
}

impl Change {
    /// The stable JSON form.
    pub fn to_json(&self) -> Out {
        json!({"field": self.field, "kind": self.kind.word(), "from": self.from, "to": self.to,
               "by": self.by})
    }
}

/// What a failing rule needs to know to look for changes.
pub(crate) struct Search<'a> {
    pub(crate) root: &'a Fact,
    pub(crate) rule: &'a Rule,
    pub(crate) finding: Finding<'a>,
    pub(crate) style: Style,
}

impl<'a> Search<'a> {
    /// The changes, each enough by itself, in the order in which the rule names the facts.
    pub(crate) fn changes(&self) -> Vec<Change> {
        let Some(leaf) = self.finding.leaf else {
            return Vec::new();
        };
        match leaf {
            Rule::Compare {
                how, left, right, ..
            } => self.compared(&[(*how, left, right)]),
            Rule::Between {
                left, low, high, ..
            } => self.compared(&[(Comparison::Gte, left, low), (Comparison::Lte, left, high)]),
            Rule::In { left, .. } => self.chosen(left).into_iter().collect(),
            Rule::Sets { how, left, .. } => self.listed(*how, left).into_iter().collect(),
            Rule::Size { how, left, .. } => self.sized(*how, left).into_iter().collect(),
            Rule::Present(Term::Field(place)) => self.lacking(place).into_iter().collect(),
            Rule::AllPresent(places) => places
                .iter()
                .filter_map(|place| self.lacking(place))
                .collect(),
            Rule::And(_)
            | Rule::Or(_)
            | Rule::Not(_)
            | Rule::Implies(..)
            | Rule::Each { .. }
            | Rule::Present(_)
            | Rule::Matches { .. }
            | Rule::Ruleset(_)
            | Rule::Criterion(_)
            | Rule::Report(_) => Vec::new(),
        }
    }

    fn scope(&self) -> Scope<'a> {
        let item = self
            .finding
            .list
            .zip(self.finding.item)
            .and_then(|(list, item)| {
                let root = Scope {
                    root: self.root,
                    item: None,
                };
                list.find(root).list()?.get(item)
            });
        Scope {
            root: self.root,
            item,
        }
    }

    fn spot(&self, place: &Place) -> Option<Spot> {
        let list = if place.in_item {
            Some((self.finding.list?.path.clone(), self.finding.item?))
        } else {
            None
        };
        Some(Spot {
            list,
            path: place.path.clone(),
        })
    }

    /// Whether the criterion would pass with this fact in its place.
    fn passes(&self, spot: &Spot, fact: Fact) -> bool {
        spot.put(self.root, fact).is_some_and(|root| {
            let scope = Scope {
                root: &root,
                item: None,
            };
            self.rule.evaluate(scope).truth == Truth::True
        })
    }

    fn compared(&self, pairs: &[(Comparison, &Term, &Term)]) -> Vec<Change> {
        let mut places: Vec<&Place> = Vec::new();
        for (_, left, right) in pairs {
            for term in [left, right] {
                affine::places(term, &mut places);
            }
        }
        places
            .into_iter()
            .filter_map(|place| {
                let now = place.find(self.scope());
                if now.date().is_some() {
                    self.moved(place, pairs)
                } else {
                    self.raised(place, pairs)
                }
            })
            .collect()
    }

    /// The number nearest to what the fact is now with which the criterion passes.
    fn raised(&self, place: &Place, pairs: &[(Comparison, &Term, &Term)]) -> Option<Change> {
        let spot = self.spot(place)?;
        let now = place.find(self.scope()).number()?;
        let unit = affine::unit(place, now.whole);
        let mut candidates: Vec<Decimal> = pairs
            .iter()
            .flat_map(|(_, left, right)| {
                let scope = self.scope();
                let left = Affine::all(left, place, scope);
                let right = Affine::all(right, place, scope);
                affine::crossings(&left, &right)
            })
            .flat_map(|root| affine::neighbours(root, unit))
            .collect();
        candidates.sort_by_key(|value| (value.checked_sub(now.value).map(|gap| gap.abs()), *value));
        let to = candidates
            .into_iter()
            .filter(|value| *value != now.value)
            .find(|value| self.passes(&spot, affine::fact(*value, now.whole)))?;
        let style = affine::style(place, self.style);
        let show = |value: Decimal| {
            show::number_json(
                crate::value::Number {
                    value,
                    whole: now.whole,
                },
                style,
            )
        };
        Some(Change {
            field: spot.name(),
            kind: ChangeKind::Number,
            from: show(now.value),
            to: show(to),
            by: show(to.checked_sub(now.value)?),
        })
    }

    /// The day nearest to the one given with which the criterion passes.
    fn moved(&self, place: &Place, pairs: &[(Comparison, &Term, &Term)]) -> Option<Change> {
        let spot = self.spot(place)?;
        let now = place.find(self.scope()).date()?;
        let mut candidates: Vec<NaiveDate> = pairs
            .iter()
            .flat_map(|(_, left, right)| self.days(left, right))
            .flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()])
            .flatten()
            .collect();
        candidates.sort_by_key(|day| ((*day - now).num_days().abs(), *day));
        let to = candidates
            .into_iter()
            .filter(|day| *day != now)
            .find(|day| self.passes(&spot, Fact::text(&day.to_string())))?;
        Some(Change {
            field: spot.name(),
            kind: ChangeKind::Date,
            from: json!(now.to_string()),
            to: json!(to.to_string()),
            by: json!((to - now).num_days()),
        })
    }

    /// Days about which a comparison of days, or of a span with a number, can turn.
    fn days(&self, left: &Term, right: &Term) -> Vec<NaiveDate> {
        let scope = self.scope();
        let mut days: Vec<NaiveDate> = [left, right]
            .iter()
            .filter_map(|term| term.evaluate(scope).date())
            .collect();
        for (span, bound) in [(left, right), (right, left)] {
            let Some(count) = bound
                .evaluate(scope)
                .number()
                .and_then(|number| u32::try_from(number.value.trunc()).ok())
            else {
                continue;
            };
            let (start, end, by_month) = match span {
                Term::MonthsBetween(start, end) => (start, end, true),
                Term::DaysBetween(start, end) => (start, end, false),
                Term::Field(_)
                | Term::Constant { .. }
                | Term::Fold(..)
                | Term::Sum { .. }
                | Term::Count(_)
                | Term::Ratio(..)
                | Term::Table(_)
                | Term::IfZero { .. } => continue,
            };
            let (start, end) = (start.evaluate(scope).date(), end.evaluate(scope).date());
            let later = |day: NaiveDate| {
                if by_month {
                    day.checked_add_months(Months::new(count))
                } else {
                    day.checked_add_days(Days::new(u64::from(count)))
                }
            };
            let sooner = |day: NaiveDate| {
                if by_month {
                    day.checked_sub_months(Months::new(count))
                } else {
                    day.checked_sub_days(Days::new(u64::from(count)))
                }
            };
            days.extend(start.and_then(later));
            days.extend(end.and_then(sooner));
            days.extend(start);
            days.extend(end);
        }
        days
    }

    fn field<'t>(&self, term: &'t Term) -> Option<(&'t Place, Spot)> {
        let Term::Field(place) = term else {
            return None;
        };
        Some((place, self.spot(place)?))
    }

    fn chosen(&self, left: &Term) -> Option<Change> {
        let (_, spot) = self.field(left)?;
        let Threshold::One(Value::List(choices)) = self.finding.threshold else {
            return None;
        };
        let passing: Vec<Out> = choices
            .iter()
            .filter(|choice| self.passes(&spot, (*choice).clone()))
            .map(|choice| show::json(Value::of(choice), Style::Plain))
            .collect();
        (!passing.is_empty()).then(|| Change {
            field: spot.name(),
            kind: ChangeKind::Choose,
            from: show::json(self.finding.value, Style::Plain),
            to: Out::Array(passing),
            by: Out::Null,
        })
    }

    fn listed(&self, how: Sets, left: &Term) -> Option<Change> {
        let (_, spot) = self.field(left)?;
        let (Value::List(given), Threshold::One(Value::List(other))) =
            (self.finding.value, self.finding.threshold)
        else {
            return None;
        };
        let without = |some: &[Fact], others: &[Fact]| -> Vec<Fact> {
            some.iter()
                .filter(|item| Value::of(item).among(others) != Truth::True)
                .cloned()
                .collect()
        };
        let joined = |more: &[Fact]| Fact::List(given.iter().chain(more).cloned().collect());
        let (kind, entries, changed) = match how {
            Sets::Superset => {
                let lacking = without(other, given);
                let changed = joined(&lacking);
                (ChangeKind::Add, lacking, changed)
            }
            Sets::Intersects => {
                let first = other.iter().take(1).cloned().collect::<Vec<_>>();
                let changed = joined(&first);
                (ChangeKind::Add, other.to_vec(), changed)
            }
            Sets::Subset => {
                let beyond = without(given, other);
                let changed = Fact::List(without(given, &beyond));
                (ChangeKind::Remove, beyond, changed)
            }
        };
        self.passes(&spot, changed).then(|| Change {
            field: spot.name(),
            kind,
            from: show::json(self.finding.value, Style::Plain),
            to: show::json(Value::List(&entries), Style::Plain),
            by: Out::Null,
        })
    }

    fn sized(&self, how: Size, left: &Term) -> Option<Change> {
        let (_, spot) = self.field(left)?;
        let now = self.finding.value.number()?;
        let Threshold::One(bound) = self.finding.threshold else {
            return None;
        };
        let bound = bound.number()?;
        let by = bound.value.checked_sub(now.value)?;
        let count = usize::try_from(bound.value)
            .ok()
            .filter(|count| *count <= SAMPLE_MAX)?;
        let sample = match how {
            Size::MinLength | Size::MaxLength => Fact::text(&"x".repeat(count)),
            Size::MinCount | Size::MaxCount => Fact::List(vec![Fact::Bool(true); count]),
        };
        self.passes(&spot, sample).then(|| Change {
            field: spot.name(),
            kind: ChangeKind::Size,
            from: show::number_json(now, Style::Plain),
            to: show::number_json(bound, Style::Plain),
            by: json!(normal_text(by)),
        })
    }

    fn lacking(&self, place: &Place) -> Option<Change> {
        let absent = presence(place.find(self.scope())) != Truth::True;
        let spot = self.spot(place)?;
        absent.then(|| Change {
            field: spot.name(),
            kind: ChangeKind::Give,
            from: Out::Null,
            to: Out::Null,
            by: Out::Null,
        })
    }
}
