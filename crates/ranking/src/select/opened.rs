//! What is left of a program once some columns are decided: a core with rows for covers, what its
//! relaxation tells, and the way back to the program.
use super::{
    core::Core,
    covers::{Outlook, Root, strengthened},
    program::Program,
    search::Work,
};

/// What is left of a program, with covers.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) core: Core,
    /// Column of the program behind each column of the core.
    pub(super) columns: Vec<usize>,
    pub(super) decided: Vec<Option<bool>>,
    /// What the decided columns gain.
    pub(super) base: i128,
    pub(super) root: Option<(Outlook, Root)>,
    /// What gains more than this is certainly as decided; `None`: nothing is certain.
    pub(super) least: Option<i128>,
}

impl Opened {
    /// With these columns decided.
    pub(super) fn of(
        program: &Program,
        gains: &[i128],
        decided: Vec<Option<bool>>,
        least: Option<i128>,
        work: &mut Work,
    ) -> Self {
        let (stated, columns) = program.core(gains, &decided);
        let (core, root) = strengthened(stated, work);
        Self {
            root: root.map(|root| (root.outlook(&core), root)),
            core,
            columns,
            base: base_gain(gains, &decided),
            decided,
            least,
        }
    }

    /// Nothing that is as decided gains more, as far as the covers tell.
    pub(super) fn bound(&self) -> Option<i128> {
        let root = self.root.as_ref();
        root.map(|(outlook, _)| outlook.bound() + self.base)
    }

    /// What is decided once everything is that is so in all sets which gain more than this; `None`
    /// when that is too little to be worth another look.
    pub(super) fn settled(&self, level: i128) -> Option<Vec<Option<bool>>> {
        let (outlook, _) = self.root.as_ref()?;
        let clear = outlook.settled(level - self.base);
        let is_much = 4 * open_columns(&clear) < 3 * clear.len();
        is_much.then(|| {
            let mut decided = self.decided.clone();
            for (column, clear) in self.columns.iter().zip(clear) {
                decided[*column] = clear;
            }
            decided
        })
    }

    /// A set near the relaxation and its gain.
    pub(super) fn rounded(&self, pairs: bool, work: &mut Work) -> Option<(i128, Vec<bool>)> {
        let (outlook, root) = self.root.as_ref()?;
        let rounded = root.rounded(&self.core, outlook, pairs, work);
        let gain = self.core.gain_of(&rounded)?;
        Some((gain + self.base, self.set(&rounded)))
    }

    pub(super) fn set(&self, taken: &[bool]) -> Vec<bool> {
        whole_set(&self.decided, &self.columns, taken)
    }
}

pub(super) fn open_columns(decided: &[Option<bool>]) -> usize {
    decided.iter().filter(|decided| decided.is_none()).count()
}

fn base_gain(gains: &[i128], decided: &[Option<bool>]) -> i128 {
    let taken = gains.iter().zip(decided);
    taken
        .filter(|(_, decided)| **decided == Some(true))
        .map(|(gain, _)| *gain)
        .sum()
}

/// The whole set from what was decided and what a search took of the rest.
pub(super) fn whole_set(decided: &[Option<bool>], columns: &[usize], taken: &[bool]) -> Vec<bool> {
    let mut set: Vec<bool> = decided.iter().map(|d| *d == Some(true)).collect();
    for (column, taken) in columns.iter().zip(taken) {
        set[*column] = *taken;
    }
    set
}
