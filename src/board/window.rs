//! The part of a column that is in sight. Closed rows are all of one height; at most one row, the open form, has another.
//! So where a row stands is arithmetic, and what is drawn never grows with the backlog.

use std::ops::Range;

/// Rows drawn above and below those in sight, so that a flick of the wheel finds them there.
const MARGIN: usize = 12;
/// Used until the page has been measured.
const FIRST_HEIGHT: i32 = 900;

/// How a column is scrolled, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first pixel in sight.
    pub top: i32,
    /// The pixels in sight.
    pub height: i32,
}

impl Default for Window {
    fn default() -> Self {
        Window {
            top: 0,
            height: FIRST_HEIGHT,
        }
    }
}

/// The heights of a column's rows, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heights {
    /// A closed row.
    pub row: i32,
    /// The open form's row and its height.
    pub form: Option<(usize, i32)>,
}

impl Heights {
    /// Where a row begins.
    pub fn top_of(&self, row: usize) -> i32 {
        let closed = (row as i32).saturating_mul(self.row);
        match self.form {
            Some((form, height)) if form < row => closed + height - self.row,
            Some(_) | None => closed,
        }
    }

    /// The row that holds a pixel; beyond the last row, the number of rows that would stand above it.
    pub fn row_at(&self, y: i32) -> usize {
        let y = y.max(0);
        if let Some((form, height)) = self.form {
            let top = self.top_of(form);
            if y >= top + height {
                return form + 1 + ((y - top - height) / self.row) as usize;
            }
            if y >= top {
                return form;
            }
        }
        (y / self.row) as usize
    }
}

impl Window {
    /// The rows to draw of a column with so many.
    pub fn rows(&self, heights: &Heights, count: usize) -> Range<usize> {
        let first = heights.row_at(self.top).saturating_sub(MARGIN).min(count);
        let last = (heights.row_at(self.top + self.height) + 1 + MARGIN).min(count);
        // Whole margins only: a scroll within the margin draws nothing anew.
        let step = MARGIN / 2;
        (first / step * step)..(last.div_ceil(step) * step).min(count)
    }

    /// The scroll position that brings a row into sight with the least movement; none where it is in sight.
    pub fn reveal(&self, heights: &Heights, row: usize) -> Option<i32> {
        let (top, bottom) = (heights.top_of(row), heights.top_of(row + 1));
        if top < self.top {
            Some(top)
        } else if bottom > self.top + self.height {
            // A row taller than the window shows its beginning.
            Some((bottom - self.height).min(top))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Heights = Heights { row: 30, form: None };
    const OPEN: Heights = Heights {
        row: 30,
        form: Some((2, 300)),
    };

    #[test]
    fn rows_stand_where_arithmetic_says() {
        assert_eq!(PLAIN.top_of(4), 120);
        assert_eq!(OPEN.top_of(2), 60);
        assert_eq!(OPEN.top_of(3), 360);
        assert_eq!(OPEN.top_of(4), 390);
    }

    #[test]
    fn a_pixel_finds_its_row_again() {
        for heights in [PLAIN, OPEN] {
            for row in 0..20 {
                assert_eq!(heights.row_at(heights.top_of(row)), row);
                assert_eq!(heights.row_at(heights.top_of(row + 1) - 1), row);
            }
        }
        assert_eq!(PLAIN.row_at(-5), 0);
    }

    #[test]
    fn what_is_drawn_does_not_grow_with_the_backlog() {
        let window = Window {
            top: 3_000,
            height: 600,
        };
        assert_eq!(window.rows(&PLAIN, 10_000), window.rows(&PLAIN, 1_000_000));
        assert!(window.rows(&PLAIN, 10_000).len() <= 60);
        assert_eq!(Window { top: 0, height: 600 }.rows(&PLAIN, 3), 0..3);
        assert_eq!(
            Window {
                top: 9_000,
                height: 600
            }
            .rows(&PLAIN, 3),
            0..3
        );
    }

    #[test]
    fn a_row_is_revealed_with_the_least_movement() {
        let window = Window { top: 300, height: 300 };
        assert_eq!(window.reveal(&PLAIN, 5), Some(150));
        assert_eq!(window.reveal(&PLAIN, 12), None);
        assert_eq!(window.reveal(&PLAIN, 20), Some(330));
    }
}
