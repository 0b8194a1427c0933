//! Asks for a channel's authorisation. Knows fetch, not what becomes of the answer.

use gloo_net::http::Request;
use web_sys::RequestCredentials;

use super::Authorizer;
use crate::client::{AuthorizationFailure, AuthorizationRequest, ChannelAuthorization};

pub(super) async fn authorize(
    authorizer: Authorizer,
    request: AuthorizationRequest,
) -> Result<ChannelAuthorization, AuthorizationFailure> {
    match authorizer {
        Authorizer::Handler(handler) => handler(request).await,
        Authorizer::Endpoint(url) => {
            let (status, body) = post(&url, request.form())
                .await
                .map_err(|error| AuthorizationFailure::unanswered(error.to_string()))?;
            ChannelAuthorization::from_response(status, &body)
        }
    }
}

async fn post(url: &str, form: String) -> Result<(u16, String), gloo_net::Error> {
    let response = Request::post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .credentials(RequestCredentials::SameOrigin)
        .body(form)?
        .send()
        .await?;
    Ok((response.status(), response.text().await?))
}
