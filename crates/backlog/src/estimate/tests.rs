//! Scales: which there can be, and which of their points is the nearest.

use super::*;

fn custom(points: &[u16]) -> Result<PointScale, Problem> {
    CustomScale::new(points.to_vec()).map(PointScale::Custom)
}

#[test]
fn a_custom_scale_rises() {
    assert_eq!(custom(&[1, 5, 1_000]).unwrap().points(), [1, 5, 1_000]);
    let many: Vec<u16> = (0..20).collect();
    assert!(custom(&many).is_ok());
    let too_many: Vec<u16> = (0..21).collect();
    for points in [&[][..], &[3], &[1, 1], &[2, 1], &[0, 1_001], &too_many] {
        assert_eq!(custom(points), Err(Problem::NotAScale), "{points:?}");
    }
    assert_eq!(
        Problem::NotAScale.to_string(),
        "scale has 2 to 20 different points, rising, at most 1,000"
    );
}

#[test]
fn the_nearest_of_two_that_are_equally_near_is_the_larger() {
    let nearest = |scale: &PointScale, points: u16| scale.nearest(Estimate(points)).0;
    let fibonacci = PointScale::Fibonacci;
    let all: Vec<u16> = (0..=10).map(|points| nearest(&fibonacci, points)).collect();
    assert_eq!(all, [0, 1, 2, 3, 5, 5, 5, 8, 8, 8, 8]);
    assert_eq!(nearest(&PointScale::PowersOfTwo, 3), 4);
    assert_eq!(nearest(&PointScale::PowersOfTwo, 6), 8);
    assert_eq!(nearest(&PointScale::Linear, 1_000), 3);
    assert_eq!(nearest(&custom(&[10, 20]).unwrap(), 0), 10);
}

#[test]
fn a_scale_goes_over_the_wire() {
    let scale = custom(&[1, 2, 6]).unwrap();
    let text = serde_json::to_string(&scale).unwrap();
    assert_eq!(text, r#"{"custom":[1,2,6]}"#);
    assert_eq!(serde_json::from_str::<PointScale>(&text).unwrap(), scale);
    assert!(serde_json::from_str::<PointScale>(r#"{"custom":[2,1]}"#).is_err());
}
