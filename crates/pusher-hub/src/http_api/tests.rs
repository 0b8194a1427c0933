//! Signed requests and what they ask for. The signatures were made with another implementation.

mod answers;
mod calls;
mod signatures;

use super::*;

const KEY: &str = "278d425bdf160c739803";
const SECRET: &str = "7ad3773142a6692b25b8";
/// The moment of the vendor's example.
const SIGNED_AT: u64 = 1_353_088_179;

fn app() -> App {
    App::new("3", KEY, SECRET)
}

/// What is found in this request, as text, or the status and the sentence that refuse it.
fn outcome(request: &Request<'_>, at: u64) -> Result<Call, String> {
    check(&[app()], request, Duration::from_secs(at))
        .map(|(id, call)| {
            assert_eq!(id.as_str(), "3");
            call
        })
        .map_err(|refusal| format!("{} {refusal}", refusal.status()))
}
