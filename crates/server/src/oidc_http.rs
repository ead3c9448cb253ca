//! HTTP to the identity provider, over the `hyper` and `rustls` that are in the binary anyway: over TLS but to the own
//! machine, without following redirects, in bounded time and size.
use std::{pin::Pin, time::Duration};

use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use openidconnect::{
    AsyncHttpClient, HttpRequest, HttpResponse,
    http::{Request, Response, Uri},
};

/// No request may take longer, body and all.
const REQUEST_WAIT: Duration = Duration::from_secs(10);
/// A larger answer is not read on: documents and keys of large providers have some 20 KiB.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpError {
    #[error("{0} is reached over TLS only")]
    Plain(String),
    #[error("no answer within {} s", REQUEST_WAIT.as_secs())]
    Late,
    #[error("the answer is larger than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
    #[error("{0}")]
    Broken(String),
}

/// Speaks to the provider.
pub(crate) struct Http {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Http {
    /// With the authorities that browsers know.
    pub(crate) fn try_new() -> Result<Self, rustls::Error> {
        // Named, so that a second provider somewhere in the tree cannot leave the choice open.
        let provider = rustls::crypto::ring::default_provider();
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
        })
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        if !is_safe(request.uri()) {
            return Err(HttpError::Plain(request.uri().to_string()));
        }
        let request: Request<Full<Bytes>> = request.map(|body| Full::new(Bytes::from(body)));
        let asking = async {
            let answer = self.client.request(request).await;
            let answer = answer.map_err(|error| HttpError::Broken(chain(&error)))?;
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|error| {
                if error.is::<LengthLimitError>() {
                    HttpError::TooLarge
                } else {
                    HttpError::Broken(error.to_string())
                }
            })?;
            Ok(Response::from_parts(head, body.to_bytes().to_vec()))
        };
        let answered = tokio::time::timeout(REQUEST_WAIT, asking).await;
        answered.unwrap_or(Err(HttpError::Late))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// Over TLS, or on the own machine.
pub(crate) fn is_safe(address: &Uri) -> bool {
    let host = address.host().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let loopback = bare == "localhost"
        || bare
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match address.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => loopback,
        Some(_) | None => false,
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tls_or_the_own_machine_is_spoken_to() {
        let safe = |text: &'static str| is_safe(&Uri::from_static(text));
        for address in [
            "https://login.example/x",
            "http://127.0.0.1:4000/x",
            "http://[::1]:4000/x",
            "http://localhost/x",
        ] {
            assert!(safe(address), "{address}");
        }
        for address in [
            "http://login.example/x",
            "http://localhost.example/x",
            "http://192.0.2.1/x",
            "ftp://127.0.0.1/x",
            "/x",
        ] {
            assert!(!safe(address), "{address}");
        }
    }
}
