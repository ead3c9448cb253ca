//! Who a request says it comes from: a browser's session or a program's token, never both.
use std::sync::Arc;

use access::Actor;
use axum::http::{HeaderMap, Uri, header};
use casework::Casework;

use crate::{
    caller::{actor_of, apart},
    cookie,
    guard::own_page,
    refusal::Refusal,
};

const SCHEME: &str = "Bearer ";

/// What was shown at the door.
pub(crate) enum Credential {
    /// Nothing, or a session's secret. Whoever sends it must be a page of ours.
    Session(Option<String>),
    /// A token's secret. No browser adds one by itself, so no foreign page can make use of it.
    Token(String),
}

impl Credential {
    /// Reads it, and asks of a browser that its page is ours.
    pub(crate) fn read(headers: &HeaderMap, uri: &Uri) -> Result<Self, Refusal> {
        let mut shown = headers.get_all(header::AUTHORIZATION).iter();
        let Some(first) = shown.next() else {
            own_page(headers, uri)?;
            return Ok(Self::Session(cookie::secret_of(headers)));
        };
        if headers.contains_key(header::COOKIE) {
            return Err(Refusal::TokenWithCookie);
        }
        let secret = first
            .to_str()
            .ok()
            .and_then(|text| text.strip_prefix(SCHEME));
        match (secret, shown.next()) {
            (Some(secret), None) => Ok(Self::Token(secret.trim().to_owned())),
            (None, _) | (_, Some(_)) => Err(Refusal::TokenRefused),
        }
    }

    /// Who stands behind it; a token that stands for nobody is refused.
    pub(crate) async fn actor(self, casework: &Casework) -> Result<Option<Arc<Actor>>, Refusal> {
        match self {
            Self::Session(secret) => Ok(actor_of(casework, secret).await?),
            Self::Token(secret) => {
                let casework = casework.clone();
                let finding = async move { casework::token_actor(&casework, &secret).await };
                let actor = apart(finding).await?.ok_or(Refusal::TokenRefused)?;
                Ok(Some(Arc::new(actor)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn read(pairs: &[(header::HeaderName, &'static str)]) -> Result<Credential, Refusal> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name.clone(), HeaderValue::from_static(value));
        }
        Credential::read(&headers, &Uri::from_static("/graphql"))
    }

    #[test]
    fn a_token_needs_no_page_of_ours_and_takes_no_cookie() {
        let token = (header::AUTHORIZATION, "Bearer plt_1");
        assert!(matches!(
            read(std::slice::from_ref(&token)),
            Ok(Credential::Token(secret)) if secret == "plt_1"
        ));
        let cookie = (header::COOKIE, "__Host-plumbline=1");
        assert!(matches!(
            read(&[token.clone(), cookie]),
            Err(Refusal::TokenWithCookie)
        ));
        assert!(matches!(
            read(&[token.clone(), token]),
            Err(Refusal::TokenRefused)
        ));
        assert!(matches!(
            read(&[(header::AUTHORIZATION, "Basic eA==")]),
            Err(Refusal::TokenRefused)
        ));
        assert!(matches!(read(&[]), Err(Refusal::HeaderMissing)));
    }
}
