//! The further questions of a ranking: where the line falls, how robust each place is, how far a
//! weight may move, and what another method says.
use money::{Decimal, Hkd, normal_text};
use serde_json::{Value, json};

/// The share of weightings that makes a place robust when none is stated.
pub const ROBUST: Decimal = Decimal::from_parts(95, 0, 0, false, 2);

/// What is asked beside the ranking itself; by default nothing.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own and any of them may be asked"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asks {
    /// Where the money or the places end.
    pub line: Option<LineRule>,
    /// How often each application beats each other one when weights vary.
    pub pairwise: bool,
    /// The mean weights with which each application comes first.
    pub central_weights: bool,
    /// How far each weight may move before a rank or a side of the line changes.
    pub sensitivity: bool,
    /// What TOPSIS would say; never the official rank.
    pub second_opinion: bool,
}

/// How the line is drawn: best first until the next does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineRule {
    /// What there is to give.
    pub room: Room,
    /// Share of weightings from which a place above (or below) the line counts as robust.
    pub robust: Decimal,
}

/// What there is to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// So much money.
    Budget(Hkd),
    /// So many applications.
    Places(u32),
}

impl Asks {
    /// Adds what was asked to the canonical form; nothing that was not.
    pub(super) fn canonical(&self, value: &mut Value) {
        if let Some(line) = self.line {
            let (key, room) = match line.room {
                Room::Budget(budget) => ("budget", json!(normal_text(budget.decimal()))),
                Room::Places(places) => ("places", json!(places)),
            };
            value["line"] = json!({ key: room, "robust": normal_text(line.robust) });
        }
        let flags = [
            ("pairwise", self.pairwise),
            ("central_weights", self.central_weights),
            ("sensitivity", self.sensitivity),
        ];
        for (name, asked) in flags {
            if asked {
                value[name] = json!(true);
            }
        }
        if self.second_opinion {
            value["second_opinion"] = json!("topsis");
        }
    }
}
