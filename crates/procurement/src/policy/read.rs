//! Reading a policy, so that all that is wrong in it comes out at once, with path, cause and
//! example. Words in both languages stand beside every code; other keys are documentation.
use std::collections::{BTreeMap, BTreeSet};

use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields, join},
};

use super::{Action, ApprovalTier, Filled, Policy, Step, separate, steps};
use crate::tiers;

/// Most tiers of one policy.
const TIERS_MAX: usize = 20;
/// Most roles, reasons, departments or categories.
const CODES_MAX: usize = 200;
/// Most groups of steps that different people take.
const GROUPS_MAX: usize = 20;

/// Reads a whole policy.
pub fn read_policy(body: &Json) -> Result<Policy, Problems> {
    read_policy_at(body, "")
}

/// Reads a policy that stands at `path` in a larger document.
pub fn read_policy_at(body: &Json, path: &str) -> Result<Policy, Problems> {
    let mut problems = Problems::new();
    let policy = policy(body, path, &mut problems);
    problems.into_result(policy)
}

fn policy(body: &Json, path: &str, problems: &mut Problems) -> Option<Policy> {
    let fields = Fields::of(body, path, problems);
    fields.format_one(problems);
    let id = fields.text("policy_id", problems);
    let roles = coded(&fields, "roles", problems, filled);
    let known: BTreeSet<String> = role_names(&fields);
    let read_tiers = fields.list("tiers", TIERS_MAX, problems, |json, at, problems| {
        tier(json, at, &known, problems)
    });
    let at = fields.path_of("tiers");
    let tiers = read_tiers.map(|list| tiers::in_order(list, &at, problems));
    let separate = separations(&fields, problems);
    let waiver = fields.want("waiver", problems, |json, path, problems| {
        let inner = Fields::of(json, path, problems);
        let roles = role_list(&inner, "roles", &known, problems);
        let reasons = coded(&inner, "reasons", problems, |_, _| Some(()));
        Some((roles?, reasons?))
    });
    let refusals = coded(&fields, "refusal_reasons", problems, |inner, problems| {
        inner.text("category", problems)
    });
    let departments = coded(&fields, "departments", problems, |_, _| Some(()));
    let categories = coded(&fields, "categories", problems, |_, _| Some(()));
    if let (Some(tiers), Some(separate), Some(roles)) = (&tiers, &separate, &roles) {
        let at = fields.path_of("separate");
        separate::refuse_gaps(separate, &at, problems);
        separate::refuse_impossible(tiers, separate, roles, &fields.path_of("tiers"), problems);
    }
    let (waiver_roles, waiver_reasons) = waiver?;
    Some(Policy {
        id: id?,
        roles: roles?,
        tiers: tiers?,
        separate: separate?,
        waiver_roles,
        waiver_reasons: waiver_reasons.into_keys().collect(),
        refusal_reasons: refusals?,
        departments: departments?.into_keys().collect(),
        categories: categories?.into_keys().collect(),
    })
}

/// `{"code":{"en":"…","zh":"…",…}}`, at least one.
fn coded<T>(
    fields: &Fields<'_>,
    key: &str,
    problems: &mut Problems,
    mut rest: impl FnMut(&Fields<'_>, &mut Problems) -> Option<T>,
) -> Option<BTreeMap<String, T>> {
    fields.want(key, problems, |json, path, problems| {
        let entries = Fields::of(json, path, problems);
        let codes: Vec<&str> = entries.keys().collect();
        if codes.is_empty() || codes.len() > CODES_MAX {
            let code = if codes.is_empty() { "no_codes" } else { "too_many" };
            problems.add(
                code,
                path,
                format!("{path} holds {} codes; give 1 to {CODES_MAX}, such as {{\"other\":{{\"en\":\"Other\",\"zh\":\"其他\"}}}}.", codes.len()),
            );
            return None;
        }
        let read: Vec<Option<(String, T)>> = codes
            .into_iter()
            .map(|code| {
                let value = entries.want(code, problems, |json, path, problems| {
                    let inner = Fields::of(json, path, problems);
                    let en = inner.text("en", problems);
                    let zh = inner.text("zh", problems);
                    let value = rest(&inner, problems);
                    en.and(zh).and(value)
                });
                value.map(|value| (code.to_owned(), value))
            })
            .collect();
        read.into_iter().collect()
    })
}

/// Somebody fills each role.
fn filled(fields: &Fields<'_>, problems: &mut Problems) -> Option<Filled> {
    let mut names = |key: &str| {
        let given = fields.given(key, problems, |json, path, problems| {
            read::list(json, path, CODES_MAX, problems, read::text)
        });
        let names: BTreeSet<String> = given.into_option().into_iter().flatten().collect();
        names
    };
    let filled = Filled {
        memberships: names("memberships"),
        people: names("people"),
    };
    if filled.memberships.is_empty() && filled.people.is_empty() {
        let at = fields.path();
        problems.add(
            "role_unfilled",
            at,
            format!(
                "{at} is filled by nobody; give memberships such as [\"ngo_editor\"], or people."
            ),
        );
        return None;
    }
    Some(filled)
}

/// The roles as written, so that steps are checked against them beside other problems.
fn role_names(fields: &Fields<'_>) -> BTreeSet<String> {
    let mut ignored = Problems::new();
    fields
        .get("roles")
        .map(|json| {
            let roles = Fields::of(json, "", &mut ignored);
            roles.keys().map(str::to_owned).collect()
        })
        .unwrap_or_default()
}

fn tier(
    json: &Json,
    path: &str,
    known: &BTreeSet<String>,
    problems: &mut Problems,
) -> Option<ApprovalTier> {
    let fields = Fields::of(json, path, problems);
    let over = fields.amount("over_hkd", problems);
    let up_to = fields.want("up_to_hkd", problems, |json, path, problems| {
        if *json == Json::Null {
            return Some(None);
        }
        read::amount(json, path, problems).map(Some)
    });
    let steps = fields.list(
        "steps",
        Action::ALL.len().saturating_mul(2),
        problems,
        |json, path, problems| {
            let inner = Fields::of(json, path, problems);
            let action = inner.want("action", problems, |json, path, problems| {
                read::one_of(json, path, &Action::WORDS, problems)
            });
            let roles = role_list(&inner, "roles", known, problems);
            Some(Step {
                action: action?,
                roles: roles?,
            })
        },
    );
    if let Some(steps) = &steps {
        steps::refuse_disorder(steps, &fields.path_of("steps"), problems);
    }
    Some(ApprovalTier {
        over: over?,
        up_to: up_to?,
        // Unreadable steps have left their problems; the amounts are compared all the same.
        steps: steps.unwrap_or_default(),
    })
}

/// At least one role, each of them defined.
fn role_list(
    fields: &Fields<'_>,
    key: &str,
    known: &BTreeSet<String>,
    problems: &mut Problems,
) -> Option<BTreeSet<String>> {
    let roles = fields.list(key, CODES_MAX, problems, |json, path, problems| {
        let role = read::text(json, path, problems)?;
        if !known.contains(&role) {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            let names = names.join(", ");
            problems.push(
                Problem::new(
                    "unknown_role",
                    path,
                    format!("{path}: \"{role}\" is not a role of the policy; use one of {names}."),
                )
                .with("known", names),
            );
            return None;
        }
        Some(role)
    })?;
    if roles.is_empty() {
        let at = join(fields.path(), key);
        problems.add(
            "step_without_role",
            &at,
            format!(
                "{at} is empty, so nobody may do it; give a role such as [\"finance_director\"]."
            ),
        );
        return None;
    }
    Some(roles.into_iter().collect())
}

fn separations(fields: &Fields<'_>, problems: &mut Problems) -> Option<Vec<BTreeSet<Action>>> {
    fields.list("separate", GROUPS_MAX, problems, |json, path, problems| {
        let most = Action::ALL.len();
        let actions = read::list(json, path, most, problems, |json, path, problems| {
            read::one_of(json, path, &Action::WORDS, problems)
        })?;
        let group: BTreeSet<Action> = actions.into_iter().collect();
        if group.len() < 2 {
            problems.add(
                "separation_too_small",
                path,
                format!("{path} names fewer than two different steps; give two, such as [\"receipt\",\"payment\"]."),
            );
            return None;
        }
        Some(group)
    })
}
