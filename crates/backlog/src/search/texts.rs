//! The texts of a story as they are compared, made once and looked into many times.

use super::condition::Place;
use super::fold::fold_into;
use super::sieve::Sieve;
use crate::{Destination, Obstacle, Story};
use std::ops::Range;

/// The texts of a story, a line each, so that nothing is found across two of them. Those of one place stand side by side.
#[derive(Debug)]
pub(super) struct Texts {
    all: String,
    // Where those of each place end, in the order of `PLACES`; labels come after the last.
    ends: [u32; PLACES.len()],
    sieve: Sieve,
}

const PLACES: [Place; 7] = [
    Place::Title,
    Place::Description,
    Place::Comments,
    Place::Tasks,
    Place::Blockers,
    Place::Reviews,
    Place::Links,
];

impl Texts {
    /// The texts of a story.
    pub fn of(story: &Story) -> Texts {
        let mut all = String::with_capacity(story.title.as_str().len() + story.description.as_str().len() + 64);
        let ends = PLACES.map(|place| {
            each_text(story, place, |text| add(&mut all, text));
            all.len() as u32
        });
        story.labels.iter().for_each(|label| add(&mut all, label.as_str()));
        all.shrink_to_fit();
        let sieve = Sieve::of(&all);
        Texts { all, ends, sieve }
    }

    /// All of them.
    pub fn all(&self) -> &str {
        &self.all
    }

    /// Whether they may hold a needle with these marks.
    pub fn may_hold(&self, marks: &[u32]) -> bool {
        self.sieve.may_hold(marks)
    }

    /// Those of one place.
    pub fn of_place(&self, place: Place) -> &str {
        let index = place as usize;
        let begin = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range: Range<usize> = begin as usize..self.ends[index] as usize;
        self.all.get(range).unwrap_or_default()
    }
}

fn add(all: &mut String, text: &str) {
    fold_into(all, text);
    all.push('\n');
}

fn each_text(story: &Story, place: Place, mut take: impl FnMut(&str)) {
    match place {
        Place::Title => take(story.title.as_str()),
        Place::Description => take(story.description.as_str()),
        Place::Comments => story.said().for_each(|comment| take(comment.text.as_str())),
        Place::Tasks => story.tasks.iter().for_each(|task| take(task.text.as_str())),
        Place::Blockers => story.blockers.iter().for_each(|blocker| match &blocker.what {
            Obstacle::Text(line) => take(line.as_str()),
            Obstacle::Story(_) => {}
        }),
        Place::Reviews => story.reviews.iter().for_each(|review| take(review.kind.as_str())),
        Place::Links => story.links.iter().for_each(|link| match &link.to {
            Destination::PullRequest(address) => take(address.as_str()),
            Destination::Branch(branch) => take(branch.as_str()),
            Destination::Attachment { url, name } => {
                take(url.as_str());
                name.iter().for_each(|name| take(name.as_str()));
            }
        }),
    }
}
