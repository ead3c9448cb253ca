//! Counts applications and splits money, code by code.
use std::collections::BTreeMap;

use explain::Problems;
use money::{Decimal, Hkd, MoneyError, split_by_largest_remainder};

use super::{Application, Fairness, Request, Row, read::check};

/// What one code collects.
#[derive(Default)]
struct Sum {
    applications: u32,
    funded: u32,
    scores: Decimal,
    scored: u32,
    asked: Hkd,
    awarded: Hkd,
}

/// Codes in order, what was not stated last.
type Sums = BTreeMap<(bool, String), Sum>;

/// The codes that an application touches, with their shares.
type Codes<'a> = dyn Fn(&Application) -> BTreeMap<String, Decimal> + 'a;

/// Describes the round.
pub fn evaluate(request: &Request) -> Result<Fairness, Problems> {
    let mut problems = check(request);
    if !problems.is_empty() {
        return Err(problems);
    }
    let found = describe(request);
    if let Err(error) = found {
        let message = format!("The sum of the applications {error}; check the amounts.");
        problems.add(error.code(), "applications", message);
    }
    problems.into_result(found.ok())
}

fn describe(request: &Request) -> Result<Fairness, MoneyError> {
    let mut all = Sum::default();
    for application in &request.applications {
        all.add(application, application.asked, application.awarded)?;
    }
    let word = |flag: bool| if flag { "true" } else { "false" }.to_owned();
    let one = |code: Option<String>| code.into_iter().map(|code| (code, Decimal::ONE)).collect();
    let dimensions: [(&'static str, &Codes<'_>); 4] = [
        ("size_band", &|each| one(each.size_band.clone())),
        ("district", &|each| each.districts.clone()),
        ("service_area", &|each| each.service_areas.clone()),
        ("first_time", &|each| one(each.first_time.map(word))),
    ];
    let rows = dimensions
        .into_iter()
        .map(|(id, codes)| Ok((id, dimension(request, codes, all.awarded)?)))
        .collect::<Result<_, MoneyError>>()?;
    let whole = all.awarded;
    Ok(Fairness {
        all: all.row(None, whole, request.few),
        dimensions: rows,
    })
}

fn dimension(request: &Request, codes: &Codes<'_>, whole: Hkd) -> Result<Vec<Row>, MoneyError> {
    let mut sums = Sums::new();
    for application in &request.applications {
        let shares: BTreeMap<String, Decimal> = codes(application)
            .into_iter()
            .filter(|(_, share)| !share.is_zero())
            .collect();
        if shares.is_empty() {
            let unknown = sums.entry((true, String::new())).or_default();
            unknown.add(application, application.asked, application.awarded)?;
            continue;
        }
        let weights: Vec<Decimal> = shares.values().copied().collect();
        let asked = split_by_largest_remainder(application.asked, &weights)?;
        let awarded = split_by_largest_remainder(application.awarded, &weights)?;
        for ((code, asked), awarded) in shares.into_keys().zip(asked).zip(awarded) {
            let sum = sums.entry((false, code)).or_default();
            sum.add(application, asked, awarded)?;
        }
    }
    Ok(sums
        .into_iter()
        .map(|((unknown, code), sum)| sum.row((!unknown).then_some(code), whole, request.few))
        .collect())
}

impl Sum {
    fn add(&mut self, each: &Application, asked: Hkd, awarded: Hkd) -> Result<(), MoneyError> {
        self.applications += 1;
        self.funded += u32::from(each.funded);
        if let Some(score) = each.score {
            let sum = self.scores.checked_add(score);
            self.scores = sum.ok_or(MoneyError::Overflow)?;
            self.scored += 1;
        }
        self.asked = self.asked.checked_add(asked)?;
        self.awarded = self.awarded.checked_add(awarded)?;
        Ok(())
    }

    fn row(self, code: Option<String>, whole: Hkd, few: u32) -> Row {
        let share = |part: Decimal, of: Decimal| part.checked_div(of);
        Row {
            code,
            applications: self.applications,
            funded: self.funded,
            funded_share: share(self.funded.into(), self.applications.into()),
            mean_score: share(self.scores, self.scored.into()),
            asked: self.asked,
            awarded: self.awarded,
            awarded_share: share(self.awarded.decimal(), whole.decimal()),
            few: self.applications < few,
        }
    }
}
