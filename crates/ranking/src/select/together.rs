//! A smallest set of rules that must give way together: one more yes-or-no column per rule that
//! lifts its rows at the price of one.
use super::{
    Request,
    branch::{Goal, search},
    core::Core,
    program::Program,
    rule::{Rule, stated},
    search::Work,
};

/// The ids of such a set; `None` when the work ran out.
pub(super) fn together(
    request: &Request,
    program: &Program,
    work: &mut Work,
) -> Option<Vec<String>> {
    let columns = program.owner.len();
    let (mut core, _) = program.whole_core(&vec![0; columns], &vec![None; columns]);
    let rows = program.rows.len();
    let caps = rows..rows + core.cap_rows;
    let rules = stated(&request.constraints);
    for rule in &rules {
        let lifted: Vec<usize> = if *rule == Rule::MaxPerGroup {
            caps.clone().collect()
        } else {
            program.row_of(*rule).into_iter().collect()
        };
        let entries = lifted
            .into_iter()
            .map(|row| Some((row, -core.excess(row)?)))
            .collect::<Option<Vec<_>>>()?;
        core.column(-1, entries);
    }
    let core = core.without_idle_rows();
    let goal = Goal {
        above: i128::MIN >> 4,
        enough: None,
        close: None,
        equals_max: 0,
    };
    let outcome = search(&core, &[], goal, work);
    let (_, taken) = outcome.best.filter(|_| outcome.proven)?;
    let given_way = rules.iter().zip(&taken[columns..]).filter(|(_, way)| **way);
    Some(
        given_way
            .map(|(rule, _)| rule.id(&request.constraints))
            .collect(),
    )
}

impl Core {
    /// By how much a row can exceed its limit.
    fn excess(&self, row: usize) -> Option<i64> {
        let entries = self.entries.iter().flatten();
        let most: i128 = entries
            .filter(|(at, _)| *at == row)
            .map(|(_, entry)| i128::from(*entry).max(0))
            .sum();
        i64::try_from((most - i128::from(self.limits[row])).max(0)).ok()
    }
}
