//! Where a person signs in: what the browser calls itself, and its address. Kept sealed with the person's key, because
//! only its owner reads it, in the list of sessions and in the data taken away.
use privacy::{PersonKey, SealedText};
use uuid::Uuid;

use crate::{CaseResult, Casework, person_key::person_key};

const DEVICE: &str = "sessions.device";
const ADDRESS: &str = "sessions.address";
/// What is kept of how a browser calls itself.
const AGENT_CHARS_MAX: usize = 200;
/// What is kept of an address.
const ADDRESS_CHARS_MAX: usize = 100;

/// Browser and address as a session's row holds them.
pub(crate) async fn place_sealed(
    casework: &Casework,
    user: Uuid,
    agent: &str,
    address: &str,
) -> CaseResult<(String, String)> {
    let key = person_key(casework, user).await?;
    let seal =
        |field, text: &str, most| SealedText::seal(&key, field, user, &cut(text, most)).to_string();
    Ok((
        seal(DEVICE, agent, AGENT_CHARS_MAX),
        seal(ADDRESS, address, ADDRESS_CHARS_MAX),
    ))
}

/// Opens both for their owner.
pub(crate) fn place_opened(key: &PersonKey, device: &str, address: &str) -> (String, String) {
    let open = |field, text| {
        SealedText::parse(text)
            .and_then(|sealed| sealed.open(key, field))
            .unwrap_or_default()
    };
    (open(DEVICE, device), open(ADDRESS, address))
}

fn cut(text: &str, most: usize) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(most)
        .collect()
}
