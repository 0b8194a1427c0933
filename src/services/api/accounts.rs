//! Accounts over HTTP: coming in, one's own, and everybody's for administrators. Bodies and routes stand in `backlog::api::account`.

use super::asked::{Failed, ask, send, tell, wish};
use backlog::ActorId;
use backlog::api::Session;
use backlog::api::account::{
    Account, Accounts, FreshToken, LostPassword, NewAccount, NewPassword, NewToken, Profile, Recover, Secret,
    SecurityLog, Sessions, SignIn, SignUp, Standing, Tokens, Welcome,
};
use backlog::id::Bits128;
use gloo_net::http::Method;

/// How one comes in here.
pub async fn welcome() -> Result<Welcome, Failed> {
    ask(Method::GET, "/api/welcome").await
}

/// Makes the first account.
pub async fn own(account: NewAccount) -> Result<Session, Failed> {
    send(Method::POST, "/api/owner", &account).await
}

/// Signs in.
pub async fn sign_in(who: SignIn) -> Result<Session, Failed> {
    send(Method::POST, "/api/sign-in", &who).await
}

/// Makes an account.
pub async fn sign_up(who: SignUp) -> Result<Session, Failed> {
    send(Method::POST, "/api/sign-up", &who).await
}

/// Asks for a link by mail.
pub async fn lost_password(who: LostPassword) -> Result<(), Failed> {
    tell(Method::POST, "/api/recovery", &who).await
}

/// Sets a new password by such a link.
pub async fn recover(with: Recover) -> Result<Session, Failed> {
    send(Method::POST, "/api/recover", &with).await
}

/// One's own account.
pub async fn account() -> Result<Account, Failed> {
    ask(Method::GET, "/api/account").await
}

/// Changes what others see of one.
pub async fn change_profile(profile: Profile) -> Result<Account, Failed> {
    send(Method::PUT, "/api/account", &profile).await
}

/// Sets another password.
pub async fn change_password(password: NewPassword) -> Result<(), Failed> {
    tell(Method::PUT, "/api/account/password", &password).await
}

/// Where one is signed in.
pub async fn sessions() -> Result<Sessions, Failed> {
    ask(Method::GET, "/api/sessions").await
}

/// Ends one of the sessions.
pub async fn end_session(id: Bits128) -> Result<(), Failed> {
    wish(Method::DELETE, &format!("/api/sessions/{id}")).await
}

/// Ends all of them, this one too.
pub async fn end_sessions() -> Result<(), Failed> {
    match wish(Method::DELETE, "/api/sessions").await {
        // Without a session there is none to end.
        Err(Failed::Nobody(_)) => Ok(()),
        ended => ended,
    }
}

/// The API tokens that one has made.
pub async fn tokens() -> Result<Tokens, Failed> {
    ask(Method::GET, "/api/tokens").await
}

/// Makes one.
pub async fn make_token(token: NewToken) -> Result<FreshToken, Failed> {
    send(Method::POST, "/api/tokens", &token).await
}

/// Takes one back.
pub async fn revoke_token(id: Bits128) -> Result<(), Failed> {
    wish(Method::DELETE, &format!("/api/tokens/{id}")).await
}

/// All accounts.
pub async fn accounts() -> Result<Accounts, Failed> {
    ask(Method::GET, "/api/accounts").await
}

/// Makes a link by which the holder of an account sets a new password.
pub async fn make_recovery(of: ActorId) -> Result<Secret, Failed> {
    ask(Method::POST, &format!("/api/accounts/{}/recovery", of.0)).await
}

/// Says what becomes of an account.
pub async fn set_standing(of: ActorId, standing: Standing) -> Result<(), Failed> {
    tell(Method::PUT, &format!("/api/accounts/{}", of.0), &standing).await
}

/// The security log: its newest entries, or those before a place.
pub async fn security_log(before: Option<i64>) -> Result<SecurityLog, Failed> {
    let query = before.map(|place| format!("?before={place}")).unwrap_or_default();
    ask(Method::GET, &format!("/api/security-log{query}")).await
}
