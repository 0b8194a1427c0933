//! Scales: which points they have, and which are nearest.

use super::{CustomScale, Estimate, PointScale};
use crate::Problem;

fn custom(points: &[u16]) -> PointScale {
    PointScale::Custom(CustomScale::new(points.to_vec()).unwrap())
}

#[test]
fn each_scale_has_its_points() {
    assert_eq!(PointScale::default(), PointScale::Linear);
    assert_eq!(PointScale::Linear.points(), [0, 1, 2, 3]);
    assert_eq!(PointScale::PowersOfTwo.points(), [0, 1, 2, 4, 8]);
    assert_eq!(PointScale::Fibonacci.points(), [0, 1, 2, 3, 5, 8]);
    assert_eq!(custom(&[1, 7]).points(), [1, 7]);
    assert!(custom(&[1, 7]).holds(Estimate(7)) && !custom(&[1, 7]).holds(Estimate(0)));
}

#[test]
fn a_teams_own_scale_rises_from_two_points_to_twenty() {
    let twenty: Vec<u16> = (0..20).collect();
    let many: Vec<u16> = (0..21).collect();
    for sound in [&[0, 1][..], &[5, 1_000], &twenty] {
        assert_eq!(CustomScale::new(sound.to_vec()).map(Vec::from), Ok(sound.to_vec()));
    }
    for unsound in [&[][..], &[1], &[1, 1], &[2, 1], &[0, 1_001], &[0, u16::MAX], &many] {
        assert_eq!(
            CustomScale::new(unsound.to_vec()),
            Err(Problem::NotAScale),
            "{unsound:?}"
        );
    }
    assert_eq!(
        Problem::NotAScale.to_string(),
        "scale has 2 to 20 different points, rising, at most 1,000"
    );
}

/// The points of a scale, and what each estimate becomes there.
type Row<'a> = (&'a [u16], &'a [(u16, u16)]);

#[test]
fn the_nearest_points_and_the_larger_of_two() {
    let rows: [Row; 4] = [
        (&[0, 1, 2, 3], &[(0, 0), (3, 3), (4, 3), (65_535, 3)]),
        (&[0, 1, 2, 4, 8], &[(3, 4), (5, 4), (6, 8), (7, 8), (9, 8)]),
        (&[1, 5], &[(0, 1), (2, 1), (3, 5), (4, 5), (1_000, 5)]),
        (
            &[10, 20, 1_000],
            &[(14, 10), (15, 20), (16, 20), (510, 1_000), (509, 20)],
        ),
    ];
    for (points, nearest) in rows {
        for (given, expected) in nearest {
            let got = custom(points).nearest(Estimate(*given));
            assert_eq!(got, Estimate(*expected), "{given} on {points:?}");
        }
    }
}
