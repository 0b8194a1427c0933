//! How fast a column runs.

use super::*;

#[test]
fn nearer_is_faster() {
    assert_eq!(speed(200, 200), 0.0);
    assert_eq!(speed(48, 200), 0.0);
    assert_eq!(speed(24, 200), -305.0);
    assert_eq!(speed(200, 24), 305.0);
    assert_eq!(speed(200, 0), 600.0);
}

#[test]
fn beyond_the_edge_is_no_faster_than_at_it() {
    assert_eq!(speed(-30, 400), -600.0);
    assert_eq!(speed(400, -30), 600.0);
}
