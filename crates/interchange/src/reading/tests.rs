//! Files as text: what is read, what is left out, what is lost. Reports are checked through `prepare`, as people get them.

use super::read;
use crate::{BadFile, MAX_FILE};
use backlog::{Destination, Priority, State, StoryType, Verdict};
use proptest::prelude::*;

const HEADER: &str = "Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Priority,Current State,Created at,\
    Accepted at,Deadline,Requested By,Description,URL,Owned By,Owned By,Blocker,Blocker Status,Comment,Task,Task Status";

/// One story, as it was read.
fn story(text: &str) -> super::DraftStory {
    let file = read(text.as_bytes()).unwrap();
    assert_eq!((file.stories.len(), file.left_out.count), (1, 0), "{:?}", file.left_out);
    file.stories.into_iter().next().unwrap()
}

/// Holds a file to why its rows are left out.
fn leaves_out(text: &str, expected: &[(u32, &str)]) {
    let file = read(text.as_bytes()).unwrap();
    let said: Vec<(u32, &str)> = file
        .left_out
        .first
        .iter()
        .map(|note| (note.line, note.says.as_str()))
        .collect();
    assert_eq!(said, expected, "{text}");
}

#[test]
fn a_row_of_tracker_is_read_whole() {
    let text = format!(
        "{HEADER}\n186,Reset,\"Auth, web\",4,\"Nov 6, 2023\",\"Nov 12, 2023\",feature,2,p3 - Low,delivered,\"Nov 1, 2023\",,\
         \"Dec 1, 2023\",Tony,\"Two\nlines\",https://example.org/186,Ann,Tony,#185,blocked,\"Fine (Ann - Nov 11, 2023)\",Do it,completed\n"
    );
    let story = story(&text);
    assert_eq!(
        (story.line, story.origin, story.title.as_str()),
        (2, Some(186), "Reset")
    );
    let labels: Vec<&str> = story.labels.iter().map(|label| label.as_str()).collect();
    assert_eq!(labels, ["auth", "web"]);
    assert_eq!((story.story_type, story.state), (StoryType::Feature, State::Delivered));
    assert_eq!((story.estimate.unwrap().0, story.priority), (2, Some(Priority::P3)));
    assert_eq!(story.created.unwrap().date(), (2023, 11, 1));
    assert_eq!(story.deadline.unwrap().date(), (2023, 12, 1));
    assert_eq!((story.accepted, story.started), (None, None));
    assert_eq!(story.description.as_str(), "Two\nlines");
    assert_eq!(story.requester.unwrap().as_str(), "Tony");
    let owners: Vec<&str> = story.owners.iter().map(|name| name.as_str()).collect();
    assert_eq!(owners, ["Ann", "Tony"]);
    assert_eq!((story.tasks[0].0.as_str(), story.tasks[0].1), ("Do it", true));
    assert_eq!((story.blockers[0].0.as_str(), story.blockers[0].1), ("#185", false));
    let (author, day) = story.comments[0].by.clone().unwrap();
    assert_eq!(
        (story.comments[0].text.as_str(), author.as_str(), day.date()),
        ("Fine", "Ann", (2023, 11, 11))
    );
}

#[test]
fn what_is_not_said_has_a_meaning() {
    let story = story("Title\nRide\n");
    assert_eq!(
        (story.story_type, story.state),
        (StoryType::Feature, State::Unscheduled)
    );
    assert_eq!((story.estimate, story.origin, story.created), (None, None, None));
    assert_eq!(self::story("Title,Estimate\nRide,-1\n").estimate, None);
}

#[test]
fn exports_of_heirs_are_read() {
    let text = "Id,Story,Labels,Iteration,Iteration Start,Iteration End,Story Type,Estimate,Current State,Started At,Created at,\
        Accepted at,Deadline,Requested By,Owned By,Description,URL,Note,Note\n\
        9,Ride,,,,,Chore,,Started,2018-10-24 10:03:40 -0300,2018-10-23 10:01:41 -0300,,,Ada,Ada,,,\"Here (Ada - Oct 24, 2018)\",more\n";
    let story = story(text);
    assert_eq!((story.story_type, story.state), (StoryType::Chore, State::Started));
    assert_eq!(story.started.unwrap().date(), (2018, 10, 24));
    let comments: Vec<(&str, bool)> = story
        .comments
        .iter()
        .map(|comment| (comment.text.as_str(), comment.by.is_some()))
        .collect();
    assert_eq!(comments, [("Here", true), ("more", false)]);
}

#[test]
fn what_a_spreadsheet_made_of_it_is_read() {
    assert_eq!(story("Title;Labels\nRide;\"a, b\"\n").labels.len(), 2);
    assert_eq!(story("Title\tEstimate\nRide\t3\n").estimate.unwrap().0, 3);
    assert_eq!(
        story("\u{feff}Title,Estimate\r\nRide,3\r\n,\r\n").estimate.unwrap().0,
        3
    );
    assert_eq!(story("Title\n'=1+1\n").title.as_str(), "=1+1");
    // Empty cells to the right of the last column are nothing.
    assert_eq!(story("Title\nRide,,,\n").title.as_str(), "Ride");
}

#[test]
fn states_and_types_may_be_written_in_capitals() {
    let story = story("Title,Type,Current State,Estimate\nRide,FEATURE,Planned,1\n");
    assert_eq!((story.state, story.is_planned), (State::Unstarted, true));
}

#[test]
fn links_and_reviews_are_read() {
    let text = "Title,Pull Request,Git Branch,Review Type,Reviewer,Review Status,Review Type,Reviewer,Review Status\n\
        Ride,https://example.org/1,reset-password,code,Ann,in_review,QA,,pass\n";
    let story = story(text);
    assert!(matches!(&story.links[0], Destination::PullRequest(web) if web.as_str() == "https://example.org/1"));
    assert!(matches!(&story.links[1], Destination::Branch(name) if name.as_str() == "reset-password"));
    let reviews: Vec<_> = story
        .reviews
        .iter()
        .map(|review| (review.kind.as_str(), review.reviewer.is_some(), review.verdict))
        .collect();
    assert_eq!(
        reviews,
        [("code", true, Verdict::InReview), ("QA", false, Verdict::Pass)]
    );
}

#[test]
fn a_bad_row_is_left_out_and_the_others_are_not() {
    let text = "Title,Type,Estimate,Current State,Created at\n\
        ,bug,,,\n\
        Ride,story,,,\n\
        Ride,,2.5,,\n\
        Ride,,2000,,\n\
        Ride,,,done,\n\
        Ride,,,,\"Feb 30, 2014\"\n\
        5\" pipe,,,,\n\
        Ride,,,,,more\n\
        Ride,,,,\n";
    leaves_out(
        text,
        &[
            (2, "It has no title."),
            (
                3,
                "“story” is no type of story: feature, bug, chore, release and epic are.",
            ),
            (
                4,
                "“2.5” is no estimate: points are a whole number from 0 to 1,000, or -1 for none.",
            ),
            (
                5,
                "“2000” is no estimate: points are a whole number from 0 to 1,000, or -1 for none.",
            ),
            (6, "“done” is no state of a story."),
            (
                7,
                "Created at: “Feb 30, 2014” is no date; a date is written as Nov 22, 2014.",
            ),
            (
                8,
                "A quotation mark stands inside a cell that is not quoted, so that its cells cannot be told apart.",
            ),
            (9, "It has 6 cells, and the header names 5 columns."),
        ],
    );
    assert_eq!(read(text.as_bytes()).unwrap().stories.len(), 1);
}

#[test]
fn a_number_stands_for_one_story() {
    leaves_out(
        "Id,Title\n7,A\n8,B\n7,C\n",
        &[(4, "Its Id, 7, stands on line 2 already.")],
    );
    // A row that is left out takes no number away; epics have numbers of their own.
    leaves_out("Id,Title,Type\n7,,\n7,B,\n7,C,epic\n", &[(2, "It has no title.")]);
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    for (text, says) in [
        ("", "The file is empty."),
        ("\n\n", "The file is empty."),
        (
            "Name,Mail\nA,B\n",
            "Line 1 names no column “Title” (or “Story”), so this is no export of Tracker or of one of its heirs.",
        ),
        (
            "Id,Title\n1,\"open\n2,B\n",
            "Line 2: a quotation mark opens here and is never closed. Close it and choose the file again.",
        ),
        (
            "Id,Title\n1,\"open\n2,\"B\"\n",
            "Line 2: a quotation mark opens here, and where it seems to close, on line 3, text follows. One mark is missing, or one is \
             too many.",
        ),
        (
            "\"Title\"s\n",
            "Line 1: text follows a quotation mark that ends a cell. Inside of a cell the mark is written twice.",
        ),
    ] {
        assert_eq!(read(text.as_bytes()).unwrap_err().to_string(), says, "{text:?}");
    }
}

#[test]
fn limits_are_said() {
    assert_eq!(read(&vec![b'a'; MAX_FILE + 1]).unwrap_err(), BadFile::TooLarge);
    let wide = format!("Title{}\n", ",x".repeat(10_000));
    assert_eq!(
        read(wide.as_bytes()).unwrap_err(),
        BadFile::TooManyColumns { got: 10_001 }
    );
    let long = format!("Title\n{}", "a\n".repeat(100_001));
    assert_eq!(
        read(long.as_bytes()).unwrap_err(),
        BadFile::TooManyRows { line: 100_002 }
    );
    let crowd: String = (0..2_001).map(|person| format!("a,P{person}\n")).collect();
    let crowd = format!("Title,Owned By\n{crowd}");
    assert_eq!(
        read(crowd.as_bytes()).unwrap_err(),
        BadFile::TooManyPeople { line: 2_002 }
    );
    let tasks = format!(
        "Title{}\n{}",
        ",Task".repeat(1_000),
        format!("a{}\n", ",b".repeat(1_000)).repeat(301)
    );
    assert_eq!(read(tasks.as_bytes()).unwrap_err(), BadFile::TooManyParts { line: 302 });
}

proptest! {
    /// Whatever the bytes, there is an answer.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    /// Whatever stands under a good header, each row is a story, an epic, or told of.
    #[test]
    fn each_row_is_taken_or_told_of(rows in prop::collection::vec(row(), 0..20)) {
        let text = format!("{HEADER}\n{}", rows.concat());
        if let Ok(file) = read(text.as_bytes()) {
            let taken = file.stories.len() + file.epics.len();
            prop_assert_eq!(taken as u32 + file.left_out.count, file.rows);
        }
    }
}

/// A row of cells that could stand there, in any column.
fn row() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        "[a-z\"',\n=(): -]{0,8}",
        Just(String::new()),
        prop::sample::select(vec![
            "7",
            "-1",
            "feature",
            "epic",
            "release",
            "accepted",
            "rejected",
            "\"Nov 22, 2014\"",
            "11/22/2014",
            "p0 - Critical",
            "completed",
            "\"Fine (Ada - Nov 22, 2014)\"",
            "#7",
            "'=1",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(cell, 1..24).prop_map(|cells| format!("{}\n", cells.join(",")))
}
