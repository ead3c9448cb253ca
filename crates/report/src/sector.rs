//! The sector cube: contributions counted by district, service area or size band, with small cells
//! suppressed before anybody sees them. A cell needs ten distinct organisations; further cells are
//! suppressed until the hidden ones cannot be worked out from the total (ONS, UK LLC: threshold of ten).
use std::collections::{BTreeMap, BTreeSet};

use money::{Decimal, Hkd, MoneyError, split_by_largest_remainder};

/// Least number of distinct organisations in a cell that is shown.
pub const THRESHOLD: i32 = 10;

/// What one application contributes.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// Stands for one organisation; says nothing else about it.
    pub contributor: String,
    /// Amount asked.
    pub asked: Hkd,
    /// Amount awarded.
    pub awarded: Hkd,
    /// Shares by dimension and code; each dimension sums to 1.
    pub shares: BTreeMap<String, BTreeMap<String, Decimal>>,
}

/// The figures of a cell that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Distinct organisations.
    pub organisations: i32,
    /// Sum of shares of applications: a project over two districts counts once in all.
    pub applications: Decimal,
    /// Amount asked.
    pub asked: Hkd,
    /// Amount awarded.
    pub awarded: Hkd,
}

/// A cell; without figures it is suppressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Code within the dimension.
    pub code: String,
    /// Figures, unless suppressed.
    pub figures: Option<Figures>,
}

/// One dimension with its total.
#[derive(Debug, Clone)]
pub struct Cube {
    /// Cells in the order of the codes given.
    pub cells: Vec<Cell>,
    /// The whole.
    pub total: Cell,
}

#[derive(Default)]
struct Sum {
    contributors: BTreeSet<String>,
    applications: Decimal,
    asked: Hkd,
    awarded: Hkd,
}

impl Sum {
    fn figures(&self) -> Figures {
        Figures {
            organisations: i32::try_from(self.contributors.len()).unwrap_or(i32::MAX),
            applications: self.applications,
            asked: self.asked,
            awarded: self.awarded,
        }
    }
}

impl Cube {
    /// Counts contributions along one dimension. Amounts are split over codes to the cent, so that
    /// the cells add up to the total.
    pub fn of(
        contributions: &[Contribution],
        dimension: &str,
        codes: &[String],
    ) -> Result<Self, MoneyError> {
        let mut sums: BTreeMap<&str, Sum> = codes
            .iter()
            .map(|code| (code.as_str(), Sum::default()))
            .collect();
        let mut total = Sum::default();
        for contribution in contributions {
            add(
                &mut total,
                contribution,
                Decimal::ONE,
                contribution.asked,
                contribution.awarded,
            )?;
            let Some(shares) = contribution.shares.get(dimension) else {
                continue;
            };
            let weights: Vec<Decimal> = shares.values().copied().collect();
            let asked = split_by_largest_remainder(contribution.asked, &weights)?;
            let awarded = split_by_largest_remainder(contribution.awarded, &weights)?;
            for (((code, share), asked), awarded) in shares.iter().zip(asked).zip(awarded) {
                if let Some(sum) = sums.get_mut(code.as_str()) {
                    add(sum, contribution, *share, asked, awarded)?;
                }
            }
        }
        let hidden = hidden(&sums);
        let cells = codes
            .iter()
            .map(|code| Cell {
                code: code.clone(),
                figures: sums
                    .get(code.as_str())
                    .filter(|_| !hidden.contains(code.as_str()))
                    .map(Sum::figures),
            })
            .collect();
        let whole = total.figures();
        let shown = whole.organisations >= THRESHOLD;
        Ok(Self {
            cells,
            total: Cell {
                code: "total".to_owned(),
                figures: shown.then_some(whole),
            },
        })
    }
}

fn add(
    sum: &mut Sum,
    contribution: &Contribution,
    share: Decimal,
    asked: Hkd,
    awarded: Hkd,
) -> Result<(), MoneyError> {
    sum.contributors.insert(contribution.contributor.clone());
    sum.applications = sum
        .applications
        .checked_add(share)
        .ok_or(MoneyError::Overflow)?;
    sum.asked = sum.asked.checked_add(asked)?;
    sum.awarded = sum.awarded.checked_add(awarded)?;
    Ok(())
}

/// The codes whose figures stay hidden: cells under the threshold, and then the smallest others
/// until what is hidden together is no small group either. An empty cell hides nobody.
fn hidden<'a>(sums: &BTreeMap<&'a str, Sum>) -> BTreeSet<&'a str> {
    let threshold = usize::try_from(THRESHOLD).unwrap_or(usize::MAX);
    let mut by_size: Vec<(usize, &str)> = sums
        .iter()
        .filter(|(_, sum)| !sum.contributors.is_empty())
        .map(|(code, sum)| (sum.contributors.len(), *code))
        .collect();
    by_size.sort_unstable();
    let mut hidden = BTreeSet::new();
    let mut together = BTreeSet::new();
    for (size, code) in by_size {
        let small = size < threshold;
        let recoverable = !hidden.is_empty() && (hidden.len() < 2 || together.len() < threshold);
        if !small && !recoverable {
            break;
        }
        hidden.insert(code);
        if let Some(sum) = sums.get(code) {
            together.extend(sum.contributors.iter().cloned());
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contribution(contributor: &str, shares: &[(&str, &str)]) -> Contribution {
        let by_code = shares
            .iter()
            .map(|(code, share)| ((*code).to_owned(), share.parse().unwrap()))
            .collect();
        Contribution {
            contributor: contributor.to_owned(),
            asked: Hkd::from_cents(10_001),
            awarded: Hkd::ZERO,
            shares: BTreeMap::from([("district".to_owned(), by_code)]),
        }
    }

    fn cube(groups: &[(&str, usize)]) -> Cube {
        let contributions: Vec<Contribution> = groups
            .iter()
            .flat_map(|(code, count)| {
                (0..*count).map(move |n| contribution(&format!("{code}-{n}"), &[(code, "1")]))
            })
            .collect();
        let codes: Vec<String> = groups.iter().map(|(code, _)| (*code).to_owned()).collect();
        Cube::of(&contributions, "district", &codes).unwrap()
    }

    fn shown(cube: &Cube) -> Vec<&str> {
        cube.cells
            .iter()
            .filter(|cell| cell.figures.is_some())
            .map(|cell| cell.code.as_str())
            .collect()
    }

    #[test]
    fn a_small_cell_takes_a_second_one_with_it() {
        assert_eq!(shown(&cube(&[("a", 9), ("b", 20), ("c", 30)])), ["c"]);
        assert_eq!(
            shown(&cube(&[("a", 10), ("b", 20), ("c", 30)])),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn small_cells_together_must_not_be_a_small_group_either() {
        assert_eq!(
            shown(&cube(&[("a", 2), ("b", 3), ("c", 30), ("d", 40)])),
            ["d"]
        );
        assert_eq!(
            shown(&cube(&[("a", 6), ("b", 7), ("c", 30), ("d", 40)])),
            ["c", "d"]
        );
    }

    #[test]
    fn an_empty_cell_is_shown_as_empty() {
        let cube = cube(&[("a", 0), ("b", 20)]);
        assert_eq!(cube.cells[0].figures.as_ref().unwrap().organisations, 0);
    }

    #[test]
    fn a_project_over_two_districts_counts_once_and_to_the_cent() {
        let contributions: Vec<Contribution> = (0..12)
            .map(|n| contribution(&n.to_string(), &[("a", "0.5"), ("b", "0.5")]))
            .collect();
        let codes = ["a".to_owned(), "b".to_owned()];
        let cube = Cube::of(&contributions, "district", &codes).unwrap();
        let cells: Vec<&Figures> = cube
            .cells
            .iter()
            .map(|cell| cell.figures.as_ref().unwrap())
            .collect();
        let total = cube.total.figures.unwrap();
        assert_eq!(
            cells[0].applications + cells[1].applications,
            total.applications
        );
        assert_eq!(
            cells[0].asked.checked_add(cells[1].asked).unwrap(),
            total.asked
        );
        assert_eq!(total.organisations, 12);
        assert_eq!(cells[0].organisations, 12);
    }
}
