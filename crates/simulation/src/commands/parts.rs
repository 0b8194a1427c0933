//! Edits of what a story carries: people, tasks, comments, blockers and the rest, on parts that are there, mostly.

use super::Source;
use backlog::{
    ActorId, Blocker, Day, Destination, Edit, Line, Link, Obstacle, PartId, Priority, Remark, Review, Story, StoryId,
    Task, Verdict, Words,
};

impl Source<'_> {
    /// An edit of what a story carries.
    pub(super) fn part(&mut self, id: StoryId) -> Edit {
        match self.dice.below(100) {
            0..12 => self.field(),
            12..30 => self.person_edit(),
            30..60 => self.task_edit(id),
            60..80 => self.comment_edit(id),
            80..88 => self.blocker_edit(id),
            88..94 => self.review_edit(id),
            _ => self.link_edit(id),
        }
    }

    fn field(&mut self) -> Edit {
        match self.dice.below(3) {
            0 => Edit::Priority(
                self.dice
                    .pick(&[None, Some(Priority::P0), Some(Priority::P2)])
                    .copied()
                    .flatten(),
            ),
            1 => Edit::Deadline(self.dice.percent(70).then_some(Day(20_000))),
            _ => Edit::Current(self.dice.percent(60)),
        }
    }

    fn person_edit(&mut self) -> Edit {
        let person = self.person();
        match self.dice.below(6) {
            0..2 => Edit::OwnerAdded(person),
            2 => Edit::OwnerRemoved(person),
            3 => Edit::FollowerAdded(person),
            4 => Edit::FollowerRemoved(person),
            _ => Edit::Requester(Some(person)),
        }
    }

    // Now and then somebody whom nobody knows.
    fn person(&mut self) -> ActorId {
        let known: Vec<ActorId> = match self.view {
            Some(view) if !self.dice.percent(5) => view.people().keys().copied().collect(),
            Some(_) | None => Vec::new(),
        };
        match self.dice.pick(&known) {
            Some(person) => *person,
            None => ActorId(self.dice.bits()),
        }
    }

    /// One of the parts that one sees; now and then one that nobody has.
    fn part_of(&mut self, id: StoryId, parts: impl Fn(&Story) -> Vec<PartId>) -> PartId {
        let there = self.seen(id).map(|story| parts(story)).unwrap_or_default();
        match self.dice.pick(&there) {
            Some(part) if self.dice.percent(95) => *part,
            Some(_) | None => PartId(self.dice.bits()),
        }
    }

    fn task_edit(&mut self, id: StoryId) -> Edit {
        let tasks = |story: &Story| story.tasks.iter().map(|task| task.id).collect();
        let (one, other) = (self.part_of(id, tasks), self.part_of(id, tasks));
        let after = self.dice.percent(60).then_some(other);
        match self.dice.below(10) {
            0..4 => {
                let task = Task {
                    id: PartId(self.dice.bits()),
                    text: self.line(),
                    done: false,
                };
                Edit::TaskAdded { task, after }
            }
            4 => Edit::TaskReworded {
                id: one,
                text: self.line(),
            },
            5..7 => Edit::TaskTicked {
                id: one,
                done: self.dice.percent(70),
            },
            7..9 => Edit::TaskMoved { id: one, after },
            _ => Edit::TaskRemoved(one),
        }
    }

    fn comment_edit(&mut self, id: StoryId) -> Edit {
        let one = self.part_of(id, |story| story.comments.iter().map(|comment| comment.id).collect());
        match self.dice.below(10) {
            0..6 => Edit::CommentAdded(self.remark(None)),
            6..8 => Edit::CommentReworded(self.remark(Some(one))),
            8 => Edit::CommentRemoved(one),
            _ => Edit::CommentRestored(one),
        }
    }

    /// Something said, in words that occur once.
    pub(super) fn remark(&mut self, id: Option<PartId>) -> Remark {
        let text = format!("c{}\nand more", self.number());
        Remark {
            id: id.unwrap_or_else(|| PartId(self.dice.bits())),
            text: Words::new(&text).expect("a letter and a number are words"),
        }
    }

    fn blocker_edit(&mut self, id: StoryId) -> Edit {
        let one = self.part_of(id, |story| story.blockers.iter().map(|blocker| blocker.id).collect());
        let what = match self.dice.percent(60) {
            true => Obstacle::Story(self.story()),
            false => Obstacle::Text(self.line()),
        };
        match self.dice.below(4) {
            0 => Edit::BlockerRemoved(one),
            _ => Edit::BlockerPut(Blocker {
                id: one,
                what,
                resolved: self.dice.percent(30),
            }),
        }
    }

    fn review_edit(&mut self, id: StoryId) -> Edit {
        let one = self.part_of(id, |story| story.reviews.iter().map(|review| review.id).collect());
        if self.dice.percent(20) {
            return Edit::ReviewRemoved(one);
        }
        let reviewer = self.person();
        Edit::ReviewPut(Review {
            id: one,
            kind: self.line(),
            reviewer: self.dice.percent(60).then_some(reviewer),
            verdict: self.dice.pick(&Verdict::ALL).copied().unwrap_or_default(),
        })
    }

    fn link_edit(&mut self, id: StoryId) -> Edit {
        let one = self.part_of(id, |story| story.links.iter().map(|link| link.id).collect());
        if self.dice.percent(30) {
            return Edit::LinkRemoved(one);
        }
        Edit::LinkPut(Link {
            id: one,
            to: Destination::Branch(self.line()),
        })
    }

    /// A line that occurs once.
    pub(super) fn line(&mut self) -> Line {
        Line::new(&format!("w{}", self.number())).expect("a letter and a number are a line")
    }
}
