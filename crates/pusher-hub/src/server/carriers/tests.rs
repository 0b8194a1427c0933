//! What a request does when it is cut on its way, or comes twice.

use futures_util::FutureExt;
use tokio::{join, sync::mpsc};

use super::*;

#[tokio::test]
async fn a_request_given_up_half_way_is_heard_once_and_to_its_end() {
    let (reports, mut queue) = mpsc::channel(1);
    let session = Session::new(ConnId(1), reports, 1000);
    let frames: Vec<&RawValue> = serde_json::from_str("[1,2,3]").unwrap();
    let mut heard = session.heard.lock().await;
    // The hub's task is behind, and the client hangs up meanwhile.
    assert!(hear(&session, &mut heard, &frames, 10).now_or_never().is_none());
    let again = hear(&session, &mut heard, &frames, 10);
    let passed_on = async {
        for expected in ["1", "2", "3"] {
            let Some(Report::Text(_, text)) = queue.recv().await else {
                panic!("expected a frame");
            };
            assert_eq!(text.as_str(), expected);
        }
    };
    let (again, ()) = join!(again, passed_on);
    assert!(again.is_ok());
    assert!(queue.try_recv().is_err());
}
