//! How fast a team is, by what it did: the velocity and how much it varies. Knows iterations that are done, and no story.

use super::Iteration;
use crate::Settings;

/// How fast a team is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Points per iteration of the usual length at full strength, at least 1.
    pub velocity: u32,
    /// The standard deviation of the window's iterations in per cent of their mean, each as it would have been at full strength;
    /// rounded to the nearest, halves up. It is that of the iterations themselves, not that of a sample, so that one iteration has
    /// none, and four at most 173. 0 while nothing is known.
    pub volatility: u32,
}

/// An iteration of the window.
struct Sample {
    points: u32,
    /// In per cent; not 0.
    strength: u16,
    weeks: u16,
}

impl Pace {
    /// The pace that counts in an iteration, by those before it that hold a story, oldest first; later ones may follow them.
    ///
    /// The window is the last iterations before it at which someone was there: one at 0 % strength is passed over, so that a week
    /// of holidays changes nothing.
    pub fn before(number: u32, done: &[Iteration], settings: &Settings) -> Pace {
        let window: Vec<Sample> = (1..number)
            .rev()
            // No more than are set are at 0 %, so this looks at few even where there are thousands.
            .filter(|number| settings.strength(*number).get() > 0)
            .take(settings.velocity_window.get().into())
            .map(|number| sample(number, done, settings))
            .collect();
        if window.iter().all(|sample| sample.points == 0) {
            return Pace {
                velocity: settings.initial_velocity.get().into(),
                volatility: 0,
            };
        }
        Pace {
            velocity: velocity(&window, settings.iteration_weeks.get()),
            volatility: volatility(&window),
        }
    }
}

fn sample(number: u32, done: &[Iteration], settings: &Settings) -> Sample {
    let place = done.binary_search_by_key(&number, |iteration| iteration.number);
    Sample {
        points: place.map_or(0, |place| done[place].points),
        strength: settings.strength(number).get(),
        weeks: settings.weeks(number).get(),
    }
}

/// What each of the window would have brought at full strength, in fractions of a point of which [`common`] make one per cent.
fn norms(window: &[Sample]) -> impl Iterator<Item = u128> {
    let common = common(window);
    window
        .iter()
        .map(move |sample| u128::from(sample.points) * (common / u128::from(sample.strength)))
}

fn common(window: &[Sample]) -> u128 {
    window.iter().map(|sample| u128::from(sample.strength)).product()
}

fn velocity(window: &[Sample], usual_weeks: u16) -> u32 {
    let weeks: u128 = window.iter().map(|sample| u128::from(sample.weeks)).sum();
    let sum: u128 = norms(window).sum();
    let velocity = sum * 100 * u128::from(usual_weeks) / (common(window) * weeks);
    u32::try_from(velocity).unwrap_or(u32::MAX).max(1)
}

/// With n norms x, sum S and D = n * sum of x² - S²: the deviation in per cent of the mean is 100 * root of D / S. Its double, rounded
/// down, is the root of a whole number; from there it is rounded to the nearest.
fn volatility(window: &[Sample]) -> u32 {
    // Within 52 bits each, which no real project leaves, nothing below runs over 128 bits.
    let most = norms(window).max().unwrap_or(0);
    let surplus = (u128::BITS - most.leading_zeros()).saturating_sub(52);
    let norms: Vec<u128> = norms(window).map(|norm| norm >> surplus).collect();
    let count = norms.len() as u128;
    let sum: u128 = norms.iter().sum();
    let squares: u128 = norms.iter().map(|norm| norm * norm).sum();
    let deviation = count * squares - sum * sum;
    let doubled = (40_000 * deviation / (sum * sum).max(1)).isqrt();
    doubled.div_ceil(2) as u32
}
