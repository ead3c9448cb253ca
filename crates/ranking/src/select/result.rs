//! What a selection says, as values and as the JSON of `calc select`.
use std::collections::BTreeMap;

use explain::Text;
use money::{Amount, Decimal, fixed_text, normal_text};
use serde_json::{Map, Value, json};

/// How far the answer is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing better exists; ties are broken as stated.
    Optimal,
    /// No set meets all rules.
    Infeasible,
    /// The work limit was reached: the best set found, with a bound on what a better one could
    /// reach.
    TimeLimit,
}

impl Status {
    /// As printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::Infeasible => "infeasible",
            Self::TimeLimit => "time_limit",
        }
    }
}

/// How the set was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Lists of partial selections, paired: for budget, small share and cap per group alone.
    ListPairing,
    /// Bounds by prices and branching, for any rules.
    BranchAndBound,
}

impl Method {
    /// As printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ListPairing => "list_pairing",
            Self::BranchAndBound => "branch_and_bound",
        }
    }

    /// One line for people.
    pub fn label(self) -> Text {
        match self {
            Self::ListPairing => Text::new(
                "Exact search: lists of partial selections without those that can no longer win, paired under the budget.",
                "精確搜尋：列出仍有機會勝出的部分組合，再在預算內配對。",
            ),
            Self::BranchAndBound => Text::new(
                "Exact search: bounds from prices on every rule settle what is clear, branching decides the rest.",
                "精確搜尋：以各規則的影子價格定出上限，先定明確者，其餘逐一分支比較。",
            ),
        }
    }
}

/// Best score first until the money runs out, without any fairness rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greedy {
    /// Sum of its scores.
    pub objective: Decimal,
    /// Sum of its costs.
    pub spent: Amount,
    /// Its ids, sorted.
    pub selected: Vec<String>,
}

/// What one rule costs: the optimum without it minus the optimum with all rules. `None` when one
/// of the two optima is not proven or does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Price {
    /// In points.
    pub points: Option<Decimal>,
    /// In money spent; negative where the rule makes the set dearer.
    pub spent: Option<Decimal>,
}

/// One rule, held against the selected set in decimals after the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The rule's id.
    pub rule: String,
    /// What the set amounts to.
    pub value: Decimal,
    /// What the rule allows or asks for.
    pub limit: Decimal,
    /// Whether it does; a set for which it does not is never printed.
    pub holds: bool,
}

/// By how much the small share cannot be met while all other rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareShortfall {
    /// What the rule asks to be spent on small organisations.
    pub required: Amount,
    /// The most that can be spent on them.
    pub achievable: Amount,
    /// Required minus achievable.
    pub shortfall: Amount,
    /// The largest share that can be met, cut to four places so that it can be met.
    pub share: Decimal,
}

/// By how much the cap per group must rise for all other rules to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapShortfall {
    /// The smallest cap under which the rules can be met.
    pub needed: u32,
    /// Needed minus stated.
    pub shortfall: u32,
}

/// By how much any other rule must give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowShortfall {
    /// What the rule states.
    pub limit: Decimal,
    /// The nearest value under which all rules can be met.
    pub needed: Decimal,
    /// How far the two are apart.
    pub shortfall: Decimal,
}

/// What would have to give when the rules cannot all be met: per rule the least shortfall with
/// every other rule kept. `None`: not stated, giving way on it alone does not help, or not proven.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relaxation {
    /// Giving way on the small share.
    pub small_share: Option<ShareShortfall>,
    /// Giving way on the cap per group.
    pub max_per_group: Option<CapShortfall>,
    /// Giving way on any other rule, by its id.
    pub rules: BTreeMap<String, Option<RowShortfall>>,
    /// When no single rule suffices: a smallest set of rules that must give way together.
    pub together: Option<Vec<String>>,
}

/// The best set, how it compares, and what the rules cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// How far the answer is proven.
    pub status: Status,
    /// Sum of the selected scores; `None` when nothing feasible was found.
    pub objective: Option<Decimal>,
    /// Ids, sorted as text by code point.
    pub selected: Vec<String>,
    /// Level by id, where less than full funding was selected.
    pub levels: BTreeMap<String, String>,
    /// Sum of the selected costs.
    pub spent: Amount,
    /// No set that meets the rules scores more; equal to the objective when optimal.
    pub bound: Option<Decimal>,
    /// Best score first, for comparison.
    pub greedy: Greedy,
    /// What each stated rule costs, by its id.
    pub price_of_fairness: BTreeMap<String, Price>,
    /// Only when infeasible.
    pub relaxation: Option<Relaxation>,
    /// How the set was found.
    pub method: Method,
    /// Every rule held against the set.
    pub checks: Vec<Check>,
}

impl Selection {
    /// Points by which the bound exceeds the objective; zero when optimal.
    pub fn gap(&self) -> Option<Decimal> {
        self.bound?.checked_sub(self.objective?)
    }

    /// The JSON of `calc select`.
    pub fn to_json(&self) -> Value {
        let prices: Map<String, Value> = self
            .price_of_fairness
            .iter()
            .map(|(rule, price)| (rule.clone(), price.to_json()))
            .collect();
        let label = self.method.label();
        json!({
            "status": self.status.word(),
            "objective": self.objective.map(normal_text),
            "selected": self.selected,
            "levels": self.levels,
            "spent": self.spent,
            "bound": self.bound.map(normal_text),
            "gap": self.gap().map(normal_text),
            "greedy": {
                "objective": normal_text(self.greedy.objective),
                "spent": self.greedy.spent,
                "selected": self.greedy.selected,
            },
            "price_of_fairness": prices,
            "relaxation": self.relaxation.as_ref().map(Relaxation::to_json),
            "method": {"word": self.method.word(), "en": label.en, "zh": label.zh},
            "engine": {"name": crate::ENGINE_NAME, "version": crate::ENGINE_VERSION},
            "checks": self.checks.iter().map(Check::to_json).collect::<Vec<Value>>(),
        })
    }
}

impl Price {
    fn to_json(self) -> Value {
        json!({"points": self.points.map(normal_text), "spent": self.spent.map(normal_text)})
    }
}

impl Check {
    fn to_json(&self) -> Value {
        json!({
            "rule": self.rule,
            "value": normal_text(self.value),
            "limit": normal_text(self.limit),
            "holds": self.holds,
        })
    }
}

impl RowShortfall {
    fn to_json(self) -> Value {
        json!({
            "limit": normal_text(self.limit),
            "needed": normal_text(self.needed),
            "shortfall": normal_text(self.shortfall),
        })
    }
}

impl Relaxation {
    fn to_json(&self) -> Value {
        let small_share = self.small_share.map(|short| {
            json!({
                "required": short.required,
                "achievable": short.achievable,
                "shortfall": short.shortfall,
                "share": fixed_text(short.share, 4),
            })
        });
        let max_per_group = self
            .max_per_group
            .map(|short| json!({"needed": short.needed, "shortfall": short.shortfall}));
        let mut all = Map::new();
        for (rule, short) in &self.rules {
            all.insert(rule.clone(), json!(short.map(RowShortfall::to_json)));
        }
        all.insert("small_share".to_owned(), json!(small_share));
        all.insert("max_per_group".to_owned(), json!(max_per_group));
        all.insert("together".to_owned(), json!(self.together));
        Value::Object(all)
    }
}
