//! A file that a browser keeps instead of showing: its media type and a name that every system takes.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        let response = attached(Vec::new(), "text/plain", name, "xlsx");
        let value = &response.headers()[header::CONTENT_DISPOSITION];
        value.to_str().unwrap().to_owned()
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
