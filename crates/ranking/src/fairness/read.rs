//! Reads `calc fairness`, listing every problem at once; typed requests run the same checks.
use std::collections::BTreeMap;

use explain::{
    Problems,
    json::Json,
    read::{self, Fields, Given, join},
};
use money::{Decimal, Hkd};

use super::{APPLICATIONS_MAX, Application, Request};
use crate::rank::unique_ids;

/// Rows with fewer applications are marked when nothing is stated.
const FEW: u32 = 5;
/// Largest `few`.
const FEW_MAX: i64 = 1_000;

/// Reads the JSON of `plumbline calc fairness`.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(&["format", "applications", "few"], &mut problems);
    let applications = fields.list("applications", APPLICATIONS_MAX, &mut problems, application);
    let few = fields
        .given("few", &mut problems, |json, path, problems| {
            read::integer(json, path, 0, FEW_MAX, problems)
        })
        .into_option();
    let request = applications.map(|applications| Request {
        applications,
        few: few.and_then(|few| u32::try_from(few).ok()).unwrap_or(FEW),
    });
    if let Some(request) = &request {
        problems.extend(check(request));
    }
    problems.into_result(request)
}

fn application(json: &Json, path: &str, problems: &mut Problems) -> Option<Application> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(
        &[
            "id",
            "size_band",
            "districts",
            "service_areas",
            "first_time",
            "score",
            "funded",
            "asked",
            "awarded",
        ],
        problems,
    );
    let id = item.text("id", problems);
    let size_band = item.given("size_band", problems, read::text).into_option();
    let districts = item.given("districts", problems, shares).into_option();
    let service_areas = item.given("service_areas", problems, shares).into_option();
    let first_time = item.given("first_time", problems, read::boolean);
    let score = item.given("score", problems, read::decimal).into_option();
    let funded = item.want("funded", problems, read::boolean);
    let asked = item.hkd("asked", problems);
    let awarded = item.given("awarded", problems, read::hkd);
    if funded == Some(true) && awarded == Given::Missing {
        let at = item.path_of("awarded");
        let message = format!("{at} is missing; a funded application has one, such as \"0.00\".");
        problems.add("missing", at, message);
    }
    Some(Application {
        id: id?,
        size_band,
        districts: districts.unwrap_or_default(),
        service_areas: service_areas.unwrap_or_default(),
        first_time: first_time.into_option(),
        score,
        funded: funded?,
        asked: asked?,
        awarded: awarded.into_option().unwrap_or(Hkd::ZERO),
    })
}

fn shares(json: &Json, path: &str, problems: &mut Problems) -> Option<BTreeMap<String, Decimal>> {
    let fields = Fields::of(json, path, problems);
    let shares = fields
        .keys()
        .map(|key| Some((key.to_owned(), fields.share(key, problems)?.decimal())));
    // Every share is read before one that cannot be read ends it.
    let shares: Vec<Option<(String, Decimal)>> = shares.collect();
    shares.into_iter().collect()
}

/// What must hold across the fields.
pub(super) fn check(request: &Request) -> Problems {
    let mut problems = Problems::new();
    let ids: Vec<Option<&str>> = request
        .applications
        .iter()
        .map(|application| Some(application.id.as_str()))
        .collect();
    unique_ids("applications", &ids, &mut problems);
    for (position, application) in request.applications.iter().enumerate() {
        let path = format!("applications[{position}]");
        let kinds = [
            ("districts", &application.districts),
            ("service_areas", &application.service_areas),
        ];
        for (kind, shares) in kinds {
            let nothing = shares.values().all(Decimal::is_zero);
            let below = shares.values().any(|share| *share < Decimal::ZERO);
            if !shares.is_empty() && (nothing || below) {
                let at = join(&path, kind);
                let message = format!("{at} must have a share above 0, such as {{\"kt\":\"1\"}}.");
                problems.add("bad_weights", at, message);
            }
        }
        let (asked, awarded) = (application.asked, application.awarded);
        for (key, amount) in [("asked", asked), ("awarded", awarded)] {
            if amount.cents() < 0 {
                let at = join(&path, key);
                let message = format!("{at} is {amount}; it must be 0 or more.");
                problems.add("out_of_range", at, message);
            }
        }
        if !application.funded && awarded.cents() > 0 {
            let at = join(&path, "awarded");
            let message = format!(
                "{at} is {awarded} but the application is not funded; use \"0.00\", or funded true."
            );
            problems.add("awarded_not_funded", at, message);
        }
    }
    problems
}
