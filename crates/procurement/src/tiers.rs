//! Whether tiers make sense: each alone, and together covering every amount above zero exactly
//! once.
use explain::{Problems, read::join};
use money::Amount;

use crate::{Method, Tier};

/// Refuses a tier whose method, count and forms contradict each other.
pub(crate) fn refuse_contradiction(tier: &Tier, path: &str, problems: &mut Problems) {
    let contradiction = match tier.method {
        Method::Exempt if tier.quotations_min > 0 || !tier.forms.is_empty() => Some(
            "an exempt tier asks for no quotations, so min_quotations is 0 and accepted_forms []",
        ),
        Method::Quotation if tier.quotations_min == 0 || tier.forms.is_empty() => Some(
            "a quotation tier needs min_quotations such as 2 and accepted_forms such as [\"written\"]",
        ),
        Method::Tender if tier.quotations_min > 0 || tier.forms.is_empty() => {
            Some("a tender tier has min_quotations 0 and accepted_forms such as [\"written\"]")
        }
        Method::Exempt | Method::Quotation | Method::Tender => None,
    };
    if let Some(cause) = contradiction {
        problems.add(
            "tier_contradicts_method",
            path,
            format!("{path} contradicts its method: {cause}."),
        );
    }
}

/// Anything that holds the amounts above one figure and up to another.
pub(crate) trait Band {
    /// Amounts above this, exclusive.
    fn over(&self) -> Amount;
    /// Up to this, inclusive; none = no upper end.
    fn up_to(&self) -> Option<Amount>;

    /// Whether an amount falls in this band.
    fn has(&self, amount: Amount) -> bool {
        amount > self.over() && self.up_to().is_none_or(|up_to| amount <= up_to)
    }
}

impl Band for Tier {
    fn over(&self) -> Amount {
        self.over
    }

    fn up_to(&self) -> Option<Amount> {
        self.up_to
    }
}

/// The tiers lowest first; gaps, overlaps and empty bands are listed as problems. Paths keep the
/// positions of the file.
pub(crate) fn in_order<T: Band>(tiers: Vec<T>, path: &str, problems: &mut Problems) -> Vec<T> {
    if tiers.is_empty() {
        problems.add(
            "tier_gap",
            path,
            format!("{path} has no tier, so no amount is covered; give one from \"0\" to null."),
        );
    }
    let mut placed: Vec<(usize, T)> = tiers.into_iter().enumerate().collect();
    placed.sort_by_key(|(position, tier)| (tier.over(), *position));
    // What is covered so far: up to this amount; none once a tier without upper end was met.
    let mut covered = Some(Amount::ZERO);
    for (position, tier) in &placed {
        let at = join(&format!("{path}[{position}]"), "over_hkd");
        if tier.up_to().is_some_and(|up_to| up_to <= tier.over()) {
            let at = join(&format!("{path}[{position}]"), "up_to_hkd");
            problems.add(
                "tier_empty",
                &at,
                format!(
                    "{at} must be more than over_hkd \"{0}\"; no amount is above {0} and up to it.",
                    tier.over()
                ),
            );
            continue;
        }
        match covered {
            Some(end) if tier.over() > end => problems.add(
                "tier_gap",
                &at,
                format!("{at} is \"{}\", so amounts above {end} and up to {} have no tier; start it at \"{end}\".", tier.over(), tier.over()),
            ),
            Some(end) if tier.over() < end => problems.add(
                "tier_overlap",
                &at,
                format!("{at} is \"{}\", but another tier already covers amounts up to {end}; start it at \"{end}\".", tier.over()),
            ),
            Some(_) => {}
            None => problems.add(
                "tier_overlap",
                &at,
                format!("{at} is \"{}\", but a lower tier has no upper end; give that tier up_to_hkd \"{}\".", tier.over(), tier.over()),
            ),
        }
        covered = match (covered, tier.up_to()) {
            (Some(end), Some(up_to)) => Some(end.max(up_to)),
            (None, _) | (_, None) => None,
        };
    }
    if let Some(end) = covered
        && !placed.is_empty()
    {
        problems.add(
            "tier_gap",
            path,
            format!(
                "{path} has no tier for amounts above {end}; give the highest tier up_to_hkd null."
            ),
        );
    }
    placed.into_iter().map(|(_, tier)| tier).collect()
}
