//! HTTP for the S3 store over the `hyper` and `rustls` that are in the binary anyway: the client that the store
//! would bring has a second TLS library written in C.
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector as TcpConnector},
    rt::TokioExecutor,
};
use object_store::{
    ClientOptions,
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
        HttpResponse, HttpResponseBody, HttpService,
    },
};

type HyperClient = Client<HttpsConnector<TcpConnector>, HttpRequestBody>;

/// Makes the client of a store.
#[derive(Debug)]
pub(crate) struct Connector {
    wait: Duration,
}

impl Connector {
    /// No request may take longer than `wait`.
    pub(crate) fn new(wait: Duration) -> Self {
        Self { wait }
    }
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        // Named, so that a second provider somewhere in the tree cannot leave the choice open.
        let provider = rustls::crypto::ring::default_provider();
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)
            .map_err(|error| object_store::Error::Generic {
                store: "S3",
                source: error.into(),
            })?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(HttpClient::new(Service {
            client: Client::builder(TokioExecutor::new()).build(connector),
            wait: self.wait,
        }))
    }
}

#[derive(Debug)]
struct Service {
    client: HyperClient,
    wait: Duration,
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let answered = tokio::time::timeout(self.wait, self.client.request(request)).await;
        let response = answered
            .map_err(|late| HttpError::new(HttpErrorKind::Timeout, late))?
            .map_err(|error| {
                let kind = if error.is_connect() {
                    HttpErrorKind::Connect
                } else {
                    HttpErrorKind::Interrupted
                };
                HttpError::new(kind, error)
            })?;
        let broken = |error| HttpError::new(HttpErrorKind::Interrupted, error);
        Ok(response.map(|body| HttpResponseBody::new(body.map_err(broken))))
    }
}
