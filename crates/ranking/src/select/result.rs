//! What a selection says, as values and as the JSON of `calc select`.
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

/// Best score first until the money runs out, without any fairness rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greedy {
    /// Sum of its scores.
    pub objective: Decimal,
    /// Its ids, sorted.
    pub selected: Vec<String>,
}

/// What one rule costs: the optimum without it minus the optimum with all rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// In points; `None` when one of the two optima is not proven or does not exist.
    pub points: Option<Decimal>,
}

/// The price of each rule that was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PriceOfFairness {
    /// Of the least share for small organisations.
    pub small_share: Option<Price>,
    /// Of the most applications per group.
    pub max_per_group: Option<Price>,
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

/// What would have to give when the rules cannot all be met: per rule the least shortfall with
/// every other rule kept. `None`: not stated, or giving way on it alone does not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Relaxation {
    /// Giving way on the small share.
    pub small_share: Option<ShareShortfall>,
    /// Giving way on the cap per group.
    pub max_per_group: Option<CapShortfall>,
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
    /// Sum of the selected costs.
    pub spent: Amount,
    /// No set that meets the rules scores more; equal to the objective when optimal.
    pub bound: Option<Decimal>,
    /// Best score first, for comparison.
    pub greedy: Greedy,
    /// What each rule costs.
    pub price_of_fairness: PriceOfFairness,
    /// Only when infeasible.
    pub relaxation: Option<Relaxation>,
}

impl Selection {
    /// Points by which the bound exceeds the objective; zero when optimal.
    pub fn gap(&self) -> Option<Decimal> {
        self.bound?.checked_sub(self.objective?)
    }

    /// The JSON of `calc select`.
    pub fn to_json(&self) -> Value {
        let mut prices = Map::new();
        let stated = [
            ("small_share", self.price_of_fairness.small_share),
            ("max_per_group", self.price_of_fairness.max_per_group),
        ];
        for (rule, price) in stated {
            if let Some(price) = price {
                prices.insert(
                    rule.to_owned(),
                    json!({"points": price.points.map(normal_text)}),
                );
            }
        }
        json!({
            "status": self.status.word(),
            "objective": self.objective.map(normal_text),
            "selected": self.selected,
            "spent": self.spent,
            "bound": self.bound.map(normal_text),
            "gap": self.gap().map(normal_text),
            "greedy": {
                "objective": normal_text(self.greedy.objective),
                "selected": self.greedy.selected,
            },
            "price_of_fairness": prices,
            "relaxation": self.relaxation.map(Relaxation::to_json),
        })
    }
}

impl Relaxation {
    fn to_json(self) -> Value {
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
        json!({"small_share": small_share, "max_per_group": max_per_group})
    }
}
