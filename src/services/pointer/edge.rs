//! The edges of a column: a pointer held near one scrolls the column, the faster the nearer. Knows no pull and no story.

use web_sys::Element;

/// The pixels from a column's edge in which a pull scrolls it.
const ZONE: i32 = 48;
/// The speed where the zone begins, in pixels per second.
const SLOWEST: f64 = 10.0;
/// The speed at the edge itself and beyond it.
const FASTEST: f64 = 600.0;
/// A frame that comes later than after so many milliseconds counts as one that did not, or the list would jump.
const LONGEST_FRAME: f64 = 50.0;

/// Scrolls a column from frame to frame.
#[derive(Debug, Default)]
pub struct Edge {
    // The time of the last frame, in milliseconds.
    last: Option<f64>,
    // What the browser keeps in whole pixels is kept here with its fraction, or the slow end would stand still.
    top: f64,
}

/// Whether a column was scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrolled {
    /// It was.
    Moved,
    /// It stands where it stood.
    Still,
}

impl Edge {
    /// Forgets the last frame: the next is the first of a pull.
    pub fn rest(&mut self) {
        self.last = None;
    }

    /// Scrolls a column as far as one does in the time since the last frame with a pointer at the window's pixel `y`.
    pub fn scroll(&mut self, scroller: Option<&Element>, y: i32, at: f64) -> Scrolled {
        let last = self.last.replace(at).unwrap_or(at);
        let elapsed = (at - last).clamp(0.0, LONGEST_FRAME);
        let Some(scroller) = scroller else {
            return Scrolled::Still;
        };
        let bounds = scroller.get_bounding_client_rect();
        let before = scroller.scroll_top();
        if (f64::from(before) - self.top).abs() > 1.0 {
            self.top = f64::from(before);
        }
        let end = f64::from((scroller.scroll_height() - scroller.client_height()).max(0));
        let speed = speed(y - bounds.top() as i32, bounds.bottom() as i32 - y);
        self.top = (self.top + speed * elapsed / 1_000.0).clamp(0.0, end);
        if speed != 0.0 {
            scroller.set_scroll_top(self.top as i32);
        }
        if scroller.scroll_top() == before {
            Scrolled::Still
        } else {
            Scrolled::Moved
        }
    }
}

/// The speed at these distances from the edges, in pixels per second; upwards it is negative.
fn speed(from_top: i32, from_bottom: i32) -> f64 {
    let near = |distance: i32| {
        let nearness = f64::from(ZONE - distance.max(0)) / f64::from(ZONE);
        SLOWEST + (FASTEST - SLOWEST) * nearness
    };
    if from_top < ZONE {
        -near(from_top)
    } else if from_bottom < ZONE {
        near(from_bottom)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests;
