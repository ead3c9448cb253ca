//! Response headers that keep the browser on our side.
use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// Scripts, pictures and connections from ourselves only. The component library sets styles on
/// elements, which needs `unsafe-inline` for styles (and for nothing else).
const CONTENT_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// A browser that was here over TLS comes back over TLS only; over plain HTTP it ignores this.
const ENCRYPTED_ONLY: &str = "max-age=31536000; includeSubDomains";

/// For every response.
pub(crate) async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::STRICT_TRANSPORT_SECURITY, ENCRYPTED_ONLY),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// For the API: answers depend on who asks and must not lie in any cache.
pub(crate) async fn never_stored(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
