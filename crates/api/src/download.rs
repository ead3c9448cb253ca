//! A file that a browser keeps instead of showing: its media type and a name that every system takes.
use std::fmt::Write as _;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// Letters of a name that are kept.
const NAME_CHARS_MAX: usize = 60;

/// The body as a file called `name.ending`; whatever could end the header or leave the folder is left out.
pub(crate) fn attached(
    body: impl IntoResponse,
    media: &'static str,
    name: &str,
    ending: &'static str,
) -> Response {
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let name: String = name.chars().filter(plain).take(NAME_CHARS_MAX).collect();
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// The body as a file under the name that its owner gave it: in plain letters for old programs, and whole.
pub(crate) fn attached_as(body: Vec<u8>, media: &'static str, name: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    let kept = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    let plain: String = name
        .chars()
        .map(|letter| if kept(letter) { letter } else { '_' })
        .collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        match char::from(byte) {
            letter if letter.is_ascii_alphanumeric() || ".-_".contains(letter) => {
                whole.push(letter);
            }
            _ => {
                let _ = write!(whole, "%{byte:02X}");
            }
        }
    }
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        let response = attached(Vec::new(), "text/plain", name, "xlsx");
        let value = &response.headers()[header::CONTENT_DISPOSITION];
        value.to_str().unwrap().to_owned()
    }

    #[test]
    fn an_owners_name_is_given_back_whole_without_ending_its_header() {
        let response = attached_as(Vec::new(), "text/plain", "報價 1\".pdf");
        let value = response.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap();
        assert_eq!(
            value,
            "attachment; filename=\"___1_.pdf\"; filename*=UTF-8''%E5%A0%B1%E5%83%B9%201%22.pdf"
        );
    }

    #[test]
    fn a_file_name_holds_no_letter_that_could_end_its_header() {
        assert_eq!(
            named("value-map-DF-26-001"),
            "attachment; filename=\"value-map-DF-26-001.xlsx\""
        );
        assert_eq!(
            named("cost-plan-a\"; x=\r\n/../衡"),
            "attachment; filename=\"cost-plan-ax.xlsx\""
        );
    }
}
