//! What would have to give when the rules cannot all be met: rule by rule the least shortfall
//! with every other rule kept, found by making the rule itself the objective.
use money::{Amount, Decimal};

use super::{
    CapShortfall, Relaxation, Request, RowShortfall, ShareShortfall,
    arithmetic::{MILLION, millionths},
    fairness::shortfall_of_share,
    general::feasible,
    program::Program,
    rule::{Rule, stated},
    search::Work,
    settle::{Asked, settle},
    together::together,
};

/// Every rule of a program that nothing meets.
pub(super) fn relaxation(request: &Request, program: &Program, work: &mut Work) -> Relaxation {
    let mut relaxation = Relaxation::default();
    for rule in stated(&request.constraints) {
        match rule {
            Rule::Budget => {}
            Rule::SmallShare => relaxation.small_share = share(request, program, work),
            Rule::MaxPerGroup => relaxation.max_per_group = cap(program, work),
            Rule::AtMost(_) | Rule::AtLeast(_) | Rule::Exclusive(_) | Rule::Requires(_) => {
                let short = row(program, program, rule, work)
                    .and_then(|needed| shortfall(rule.value(&request.constraints), needed));
                relaxation
                    .rules
                    .insert(rule.id(&request.constraints), short);
            }
        }
    }
    budget_and_together(request, program, &mut relaxation, work);
    relaxation
}

/// A larger budget, and what must give way together when nothing suffices alone.
pub(super) fn budget_and_together(
    request: &Request,
    program: &Program,
    relaxation: &mut Relaxation,
    work: &mut Work,
) {
    let larger = budget(request, program, work);
    relaxation
        .rules
        .insert(Rule::Budget.id(&request.constraints), larger);
    let alone = relaxation.small_share.is_some()
        || relaxation.max_per_group.is_some()
        || relaxation.rules.values().any(Option::is_some);
    if !alone {
        let rules = together(request, program, work);
        // One rule would have been found above, unless the work ran out there.
        relaxation.together = rules.filter(|rules| rules.len() > 1);
    }
}

fn shortfall(limit: Decimal, needed: Decimal) -> Option<RowShortfall> {
    Some(RowShortfall {
        limit,
        needed,
        shortfall: needed.checked_sub(limit)?.abs(),
    })
}

/// What the rule's own sum comes to at best with this rule dropped, in money or applications.
fn row(program: &Program, free: &Program, rule: Rule, work: &mut Work) -> Option<Decimal> {
    let at = program.row_of(rule)?;
    let free = free.without(rule);
    let mut gains = vec![0; program.owner.len()];
    for (gain, entries) in gains.iter_mut().zip(&program.entries) {
        for (_, entry) in entries.iter().filter(|(row, _)| *row == at) {
            *gain = -i128::from(*entry);
        }
    }
    let solved = settle(&free, &gains, Asked::default(), work);
    let (_, taken) = solved.best.filter(|_| solved.proven)?;
    let sum = program.measured(at, program.used(at, &taken))?;
    Some(sum.abs())
}

fn share(request: &Request, program: &Program, work: &mut Work) -> Option<ShareShortfall> {
    let achievable = Amount::from_decimal(row(program, program, Rule::SmallShare, work)?);
    let share = request.constraints.small_share?.decimal();
    let budget = request.budget.decimal();
    shortfall_of_share(budget, share.checked_mul(budget)?, achievable)
}

/// A higher cap never makes the rules harder to meet, so the least one is found by halving.
fn cap(program: &Program, work: &mut Work) -> Option<CapShortfall> {
    let stated = program.cap?;
    let mut meets = |cap: usize| {
        let mut raised = program.clone();
        raised.cap = Some(cap);
        feasible(&raised, work)
    };
    let (mut low, mut high) = (
        stated.saturating_add(1),
        program.groups.iter().map(Vec::len).max().unwrap_or(0),
    );
    if low > high || !meets(high)? {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if meets(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(CapShortfall {
        needed: u32::try_from(low).ok()?,
        shortfall: u32::try_from(low - stated).ok()?,
    })
}

/// The least larger budget. The share for small organisations is a share of the larger one too:
/// what goes to them must be that share of what is spent.
fn budget(request: &Request, program: &Program, work: &mut Work) -> Option<RowShortfall> {
    let mut free = program.clone();
    if let Some(share) = request.constraints.small_share {
        free.share_of_spend(millionths(share.decimal())?)?;
    }
    shortfall(
        request.budget.decimal(),
        row(program, &free, Rule::Budget, work)?,
    )
}

impl Program {
    /// Adds the rule that small organisations get this share, in millionths, of what is spent.
    fn share_of_spend(&mut self, share: i64) -> Option<()> {
        let small = self.row_of(Rule::SmallShare)?;
        for (spend, entries) in self.spend.iter().zip(&mut self.entries) {
            let is_small = entries.iter().any(|(row, _)| *row == small);
            let part = if is_small { share - MILLION } else { share };
            let entry = spend.checked_mul(part)?;
            if entry != 0 {
                entries.push((self.rows.len(), entry));
            }
        }
        let mut row = self.rows[small].clone();
        row.limit = Some(0);
        self.rows.push(row);
        Some(())
    }
}
