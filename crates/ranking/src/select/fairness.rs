//! What the fairness rules cost, whether they can be met at all, and what would have to give.
use std::collections::BTreeMap;

use money::{Amount, Decimal, round_half_away};

use super::{
    CapShortfall, Price, Relaxation, Request, ShareShortfall,
    search::{Answer, Found, Work, solve},
    whole::{Item, Task, Whole},
};

/// Whether any selection meets all rules.
pub(super) enum Reach {
    /// This one does.
    Yes(Found),
    /// None does.
    No,
    /// The work was used up before either was shown.
    Unknown,
}

/// Only the small share can be out of reach: without it, funding nothing meets every rule. So
/// the question is whether small organisations alone can spend enough within cap and budget.
pub(super) fn reach(task: &Task, work: &mut Work) -> Reach {
    let quick = largest_first(task);
    if small_spend(&quick) >= task.floor {
        return Reach::Yes(found(&quick));
    }
    let (answer, small) = most_small(task, work);
    match answer.found {
        Some(most) if most.score >= task.floor => {
            let chosen: Vec<Item> = small
                .items
                .iter()
                .filter(|item| most.places.binary_search(&item.place).is_ok())
                .filter_map(|item| task.items.iter().find(|other| other.place == item.place))
                .copied()
                .collect();
            Reach::Yes(found(&chosen))
        }
        _ if answer.bound < task.floor => Reach::No,
        _ => Reach::Unknown,
    }
}

/// Small organisations by cost, largest first, as far as cap and budget allow.
fn largest_first(task: &Task) -> Vec<Item> {
    let mut small: Vec<&Item> = task.items.iter().filter(|item| item.small).collect();
    small.sort_by_key(|item| (std::cmp::Reverse(item.cost), item.place));
    let mut chosen: Vec<Item> = Vec::new();
    let mut spend = 0;
    for item in small {
        let taken = chosen
            .iter()
            .filter(|other| other.group == item.group)
            .count();
        if spend < task.floor && taken < task.cap && item.cost <= task.budget - spend {
            spend += item.cost;
            chosen.push(*item);
        }
    }
    chosen.sort_by_key(|item| item.place);
    chosen
}

fn small_spend(items: &[Item]) -> i64 {
    items.iter().map(|item| item.cost).sum()
}

fn found(items: &[Item]) -> Found {
    Found {
        score: items.iter().map(|item| item.score).sum(),
        spend: items.iter().map(|item| item.cost).sum(),
        places: items.iter().map(|item| item.place).collect(),
    }
}

/// The most that can be spent on small organisations within cap and budget.
fn most_small(task: &Task, work: &mut Work) -> (Answer, Task) {
    let small = Task {
        items: task
            .items
            .iter()
            .filter(|item| item.small)
            .map(|item| Item {
                score: item.cost,
                ..*item
            })
            .collect(),
        floor: 0,
        ..*task
    };
    (solve(&small, work), small)
}

/// The price of each stated rule, given the optimum with all of them.
pub(super) fn prices(
    request: &Request,
    whole: &Whole,
    optimum: Option<&Found>,
    work: &mut Work,
) -> BTreeMap<String, Price> {
    let mut price = |without: Task| {
        let free = optimum.and_then(|optimum| {
            let answer = solve(&without, work);
            Some((answer.found.filter(|_| answer.proven)?, optimum))
        });
        Price {
            points: free
                .as_ref()
                .map(|(free, with)| whole.points(free.score - with.score)),
            spent: free.map(|(free, with)| whole.money(free.spend - with.spend).decimal()),
        }
    };
    let rules = &request.constraints;
    let small_share = rules.small_share.map(|_| {
        let task = Task {
            floor: 0,
            ..whole.task.clone()
        };
        ("small_share".to_owned(), price(task))
    });
    let max_per_group = rules.max_per_group.map(|_| {
        let task = Task {
            cap: usize::MAX,
            ..whole.task.clone()
        };
        ("max_per_group".to_owned(), price(task))
    });
    small_share.into_iter().chain(max_per_group).collect()
}

/// What would have to give of the small share and the cap per group.
pub(super) fn relaxation(request: &Request, whole: &Whole, work: &mut Work) -> Relaxation {
    Relaxation {
        small_share: share_shortfall(request, whole, work),
        max_per_group: cap_shortfall(request, whole, work),
        ..Relaxation::default()
    }
}

fn share_shortfall(request: &Request, whole: &Whole, work: &mut Work) -> Option<ShareShortfall> {
    let share = request.constraints.small_share?;
    let budget = request.budget.decimal();
    let required = share.decimal().checked_mul(budget)?;
    let (answer, _) = most_small(&whole.task, work);
    let achievable = whole.money(answer.found.filter(|_| answer.proven)?.score);
    shortfall_of_share(budget, required, achievable)
}

/// What is short of a share of the budget when so much can be spent on small organisations.
pub(super) fn shortfall_of_share(
    budget: Decimal,
    required: Decimal,
    achievable: Amount,
) -> Option<ShareShortfall> {
    let part = achievable.decimal().checked_div(budget)?;
    // Cut, not rounded: the share that is named must be one that can be met.
    let mut part_cut = round_half_away(part, 4);
    if part_cut > part {
        part_cut -= Decimal::new(1, 4);
    }
    Some(ShareShortfall {
        required: Amount::from_decimal(required.normalize()),
        achievable,
        shortfall: Amount::from_decimal(required.checked_sub(achievable.decimal())?.normalize()),
        share: part_cut,
    })
}

/// A higher cap never makes the rules harder to meet, so the least one is found by halving.
fn cap_shortfall(request: &Request, whole: &Whole, work: &mut Work) -> Option<CapShortfall> {
    let stated = request.constraints.max_per_group?;
    let mut meets = |cap: usize| {
        let task = Task {
            cap,
            ..whole.task.clone()
        };
        match reach(&task, work) {
            Reach::Yes(_) => Some(true),
            Reach::No => Some(false),
            Reach::Unknown => None,
        }
    };
    let (mut low, mut high) = (whole.task.cap.saturating_add(1), whole.task.items.len());
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
    let needed = u32::try_from(low).ok()?;
    Some(CapShortfall {
        needed,
        shortfall: needed - stated,
    })
}
