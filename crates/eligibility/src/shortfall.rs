//! By how much a criterion fails, exactly, where its comparison is about numbers.
use money::Decimal;

use crate::{
    CriterionResult, Truth,
    evaluate::Threshold,
    rule::{Comparison, Rule, Size},
    value::Number,
};

impl CriterionResult<'_> {
    pub(crate) fn shortfall_number(&self) -> Option<Number> {
        if self.finding.truth != Truth::False {
            return None;
        }
        let value = self.finding.value.number()?;
        let gap = |from: Number, to: Number| {
            let value = from.value.checked_sub(to.value)?;
            let whole = from.whole && to.whole;
            Some(Number { value, whole })
        };
        if let Threshold::Range(low, high) = self.finding.threshold {
            let (below, above) = (gap(low.number()?, value)?, gap(value, high.number()?)?);
            return [below, above]
                .into_iter()
                .find(|gap| gap.value > Decimal::ZERO);
        }
        let Threshold::One(threshold) = self.finding.threshold else {
            return None;
        };
        let threshold = threshold.number()?;
        let found = match self.finding.leaf? {
            Rule::Compare { how, .. } => match how {
                Comparison::Lt | Comparison::Lte => gap(value, threshold),
                Comparison::Gt | Comparison::Gte => gap(threshold, value),
                Comparison::Eq => gap(value, threshold).map(|gap| Number {
                    value: gap.value.abs(),
                    ..gap
                }),
                Comparison::Ne => None,
            },
            Rule::Size { how, .. } => match how {
                Size::MinLength | Size::MinCount => gap(threshold, value),
                Size::MaxLength | Size::MaxCount => gap(value, threshold),
            },
            Rule::AllPresent(_) => gap(threshold, value),
            Rule::And(_)
            | Rule::Or(_)
            | Rule::Not(_)
            | Rule::Implies(..)
            | Rule::Each { .. }
            | Rule::Between { .. }
            | Rule::In { .. }
            | Rule::Sets { .. }
            | Rule::Matches { .. }
            | Rule::Present(_)
            | Rule::Ruleset(_)
            | Rule::Criterion(_)
            | Rule::Report(_) => None,
        };
        // Under `not` a comparison holds where the criterion fails: nothing is short.
        found.filter(|gap| !gap.value.is_sign_negative())
    }
}
