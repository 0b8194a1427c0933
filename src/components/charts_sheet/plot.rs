//! Where things stand in a picture: scales, axes and lines. Pictures are drawn in units of their own and scaled to the room there is.

use crate::components::clock_words;
use backlog::Day;
use yew::prelude::*;

/// The width of a picture.
pub const WIDTH: f64 = 480.0;
/// Its height.
pub const HEIGHT: f64 = 210.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 26.0;
/// The most labels below a picture.
const MOST_LABELS: usize = 6;

/// A scale from 0 up, in steps that people count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Its upper end.
    pub top: u32,
    /// What lies between two of its lines.
    pub step: u32,
}

impl Scale {
    /// One that holds a number, with at most five lines above 0.
    pub fn holding(most: u32) -> Scale {
        let most = most.max(1);
        let mut unit = 1;
        loop {
            for step in [unit, 2 * unit, 5 * unit] {
                if most.div_ceil(step) <= 5 {
                    return Scale {
                        top: most.div_ceil(step) * step,
                        step,
                    };
                }
            }
            match u32::checked_mul(unit, 10) {
                Some(next) if next <= u32::MAX / 50 => unit = next,
                _ => {
                    return Scale {
                        top: u32::MAX,
                        step: u32::MAX / 4,
                    };
                }
            }
        }
    }

    /// How high a number stands.
    pub fn y(&self, value: u32) -> f64 {
        let share = f64::from(value) / f64::from(self.top);
        TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - share)
    }

    /// The lines and their numbers.
    pub fn lines(&self) -> Html {
        let values = (0..=self.top / self.step).map(|line| line * self.step);
        let line = |value: u32| {
            let y = self.y(value);
            let class = if value == 0 { "chart-base" } else { "chart-line" };
            html! {<g key={value}>
                <line {class} x1={LEFT.to_string()} x2={(WIDTH - RIGHT).to_string()} y1={y.to_string()} y2={y.to_string()} />
                <text class="chart-number" x={(LEFT - 6.0).to_string()} y={(y + 4.0).to_string()} text-anchor="end">{ value }</text>
            </g>}
        };
        html! { <g aria-hidden="true">{ for values.map(line) }</g> }
    }
}

/// Places side by side, as many as there are.
#[derive(Clone, Copy, Debug)]
pub struct Slots(pub usize);

impl Slots {
    /// The width of one.
    pub fn width(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.0.max(1) as f64
    }

    /// The middle of one.
    pub fn middle(&self, slot: usize) -> f64 {
        LEFT + (slot as f64 + 0.5) * self.width()
    }

    /// Labels below, not more than fit.
    pub fn labels(&self, label: impl Fn(usize) -> String) -> Html {
        let every = self.0.div_ceil(MOST_LABELS).max(1);
        let shown = (0..self.0).filter(|slot| (self.0 - 1 - slot).is_multiple_of(every));
        html! { <g aria-hidden="true">{ for shown.map(|slot| below(self.middle(slot), "middle", label(slot))) }</g> }
    }
}

/// A stretch of days.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The first.
    pub first: Day,
    /// The last.
    pub last: Day,
}

impl Days {
    /// Where a day stands.
    pub fn x(&self, day: Day) -> f64 {
        let all = f64::from((self.last.0 - self.first.0).max(1));
        LEFT + (WIDTH - LEFT - RIGHT) * f64::from(day.0 - self.first.0) / all
    }

    /// Labels below: the ends and some between them.
    pub fn labels(&self) -> Html {
        let all = self.last.0 - self.first.0;
        let parts = all.clamp(1, 4);
        let label = |part: i32| {
            let day = self
                .first
                .plus((i64::from(all) * i64::from(part) / i64::from(parts)) as i32);
            let anchor = match part {
                0 => "start",
                part if part == parts => "end",
                _ => "middle",
            };
            below(self.x(day), anchor, clock_words::day(day))
        };
        html! { <g aria-hidden="true">{ for (0..=parts).map(label) }</g> }
    }
}

fn below(x: f64, anchor: &'static str, text: String) -> Html {
    html! {
        <text key={text.clone()} class="chart-number" x={x.to_string()} y={(HEIGHT - 8.0).to_string()}
            text-anchor={anchor}>{ text }</text>
    }
}

/// A line through points.
pub fn line(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (x, y) in points {
        path.push(if path.is_empty() { 'M' } else { 'L' });
        path.push_str(&format!("{x:.1} {y:.1}"));
    }
    path
}

/// A picture with a name for those who do not see it.
pub fn picture(name: String, inside: Html) -> Html {
    html! {
        <svg class="chart-picture" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={name}>{ inside }</svg>
    }
}

/// A table with a heading for each column.
pub fn table(name: &'static str, heads: &[&'static str], rows: Vec<Vec<String>>) -> Html {
    let cell = |(place, text): (usize, String)| match place {
        0 => html! { <th key={place} scope="row">{ text }</th> },
        _ => html! { <td key={place}>{ text }</td> },
    };
    let row = |(place, cells): (usize, Vec<String>)| html! { <tr key={place}>{ for cells.into_iter().enumerate().map(cell) }</tr> };
    html! {
        <div class="chart-table" tabindex="0" role="region" aria-label={format!("{name}, as a table")}>
            <table>
                <caption class="sr-only">{ name }</caption>
                <thead><tr>{ for heads.iter().map(|head| html! { <th key={*head} scope="col">{ *head }</th> }) }</tr></thead>
                <tbody>{ for rows.into_iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_counts_in_ones_twos_and_fives() {
        let scale = |most| {
            let scale = Scale::holding(most);
            (scale.top, scale.step)
        };
        assert_eq!(scale(0), (1, 1));
        assert_eq!(scale(5), (5, 1));
        assert_eq!(scale(6), (6, 2));
        assert_eq!(scale(13), (15, 5));
        assert_eq!(scale(51), (60, 20));
        assert_eq!(scale(1_234), (1_500, 500));
    }

    #[test]
    fn what_is_more_stands_higher() {
        let scale = Scale::holding(10);
        assert_eq!((scale.y(0), scale.y(10)), (HEIGHT - BOTTOM, TOP));
        let days = Days {
            first: Day(10),
            last: Day(20),
        };
        assert_eq!((days.x(Day(10)), days.x(Day(20))), (LEFT, WIDTH - RIGHT));
        assert_eq!(line([(0.0, 1.0), (2.0, 3.25)].into_iter()), "M0.0 1.0L2.0 3.2");
    }
}
