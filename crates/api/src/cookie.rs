//! The session cookie: an opaque secret that scripts cannot read and other sites cannot set.
use axum::http::{HeaderMap, HeaderValue, header};

/// The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain`.
const NAME: &str = "__Host-plumbline";
/// By which a browser says that its person has signed in from it before; it opens nothing.
const DEVICE: &str = "__Host-plumbline-device";
/// A browser that was sent to the identity provider; it opens nothing without what the provider adds.
const VISIT: &str = "__Host-plumbline-visit";
/// As long as it may be away, and then give the code of its second step.
const VISIT_SECONDS: u32 = 15 * 60;
/// As long as browsers keep a cookie.
const DEVICE_SECONDS: u32 = 400 * 24 * 60 * 60;
/// Longer values were not made by us.
const SECRET_BYTES_MAX: usize = 200;

/// The secret that the browser sent.
pub(crate) fn secret_of(headers: &HeaderMap) -> Option<String> {
    named(headers, NAME)
}

/// The secret of a browser that signed in before.
pub(crate) fn device_of(headers: &HeaderMap) -> Option<String> {
    named(headers, DEVICE)
}

/// The secret of a browser that was sent to the identity provider.
pub(crate) fn visit_of(headers: &HeaderMap) -> Option<String> {
    named(headers, VISIT)
}

fn named(headers: &HeaderMap, wanted: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, secret)| secret.to_owned())
        .filter(|secret| !secret.is_empty() && secret.len() <= SECRET_BYTES_MAX)
}

/// Hands a secret to the browser for as long as it runs; the session itself ends earlier.
pub(crate) fn keep(secret: &str) -> Option<HeaderValue> {
    cookie(NAME, secret, "")
}

/// Makes the browser known for next time.
pub(crate) fn know(device: &str) -> Option<HeaderValue> {
    cookie(DEVICE, device, &format!("; Max-Age={DEVICE_SECONDS}"))
}

/// Knows the browser when it comes back from the identity provider.
pub(crate) fn visit(secret: &str) -> Option<HeaderValue> {
    cookie(VISIT, secret, &format!("; Max-Age={VISIT_SECONDS}"))
}

/// Takes that away.
pub(crate) fn forget_visit() -> Option<HeaderValue> {
    cookie(VISIT, "", "; Max-Age=0")
}

/// Takes the secret away from the browser.
pub(crate) fn forget() -> Option<HeaderValue> {
    cookie(NAME, "", "; Max-Age=0")
}

fn cookie(name: &str, value: &str, more: &str) -> Option<HeaderValue> {
    let text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{more}");
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=1; plumbline=no"),
        );
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("b=2; __Host-plumbline=s3cret"),
        );
        assert_eq!(secret_of(&headers).as_deref(), Some("s3cret"));
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let kept = keep("s3cret").unwrap();
        assert_eq!(
            kept.to_str().unwrap(),
            "__Host-plumbline=s3cret; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
        assert!(forget().unwrap().to_str().unwrap().ends_with("Max-Age=0"));
        assert!(keep("line\nbreak").is_none());
    }
}
