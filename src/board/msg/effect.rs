//! What the board wants done, in the imperative.

use super::{Aside, DeviceEffect, FileEffect, Menu};
use crate::board::column::Column;
use crate::board::sheet::{Panels, Sheet};
use backlog::api::SyncRequest;
use backlog::{EpicId, Name, PartId, StoryId, ZoneName};
use std::rc::Rc;

/// What to do, in the imperative.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Draw the page now.
    Render,
    /// Say `FrameDue` before the next paint.
    AwaitFrame,
    /// Send this to the server.
    Sync(SyncRequest),
    /// Say `RetryDue` after so many milliseconds.
    RetryAfter(u32),
    /// Say `AnswerOverdue` with this number after three seconds.
    ExpectAnswer(u32),
    /// Doubt the realtime connection: the page has slept.
    CheckChannel,
    /// Find out what the name of a time zone means; say `ZoneFound`.
    FindZone(ZoneName),
    /// Find out which time zones the browser knows; say `ZonesListed`.
    ListZones,
    /// Ask the server who we are.
    OpenSession,
    /// Go to where one signs in, and from there back here.
    OpenDoor,
    /// Hear of the project no more.
    LeaveChannel,
    /// Tell the server that the visitor leaves; say `SessionEnded`.
    EndSession,
    /// Have the device do this.
    Device(DeviceEffect),
    /// Say `TypingPaused` when a moment has gone by since this was last asked.
    AwaitPause,
    /// Tell the server the visitor's name.
    Rename(Name),
    /// Move the keyboard focus, once the page is drawn.
    Focus(Target),
    /// Scroll a column to this pixel, once the page is drawn.
    Scroll(Column, i32),
    /// Put the caret of the search's field to this place, in the browser's units of text, once the page is drawn.
    PutCaret(u32),
    /// Show this as the window's title.
    ShowTitle(String),
    /// Say it to those who do not see the page.
    Announce(String),
    /// Ask the server for the history of a story; say `HistoryAnswered`.
    FetchHistory(StoryId),
    /// Ask the server how these texts read; say `TextsRendered`.
    RenderTexts(Vec<Rc<str>>),
    /// Remember which columns are shown.
    RememberPanels(Panels),
    /// Ask the server for the figures of the charts; say `ChartsMsg::Answered`.
    FetchCharts,
    /// Do this with a file.
    Files(FileEffect),
    /// Put this on the clipboard.
    Copy(String),
}

impl From<DeviceEffect> for Effect {
    fn from(effect: DeviceEffect) -> Effect {
        Effect::Device(effect)
    }
}

/// Where the keyboard focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A story's row.
    Story(StoryId),
    /// The button that adds a story to a column.
    Add(Column),
    /// The title field of the open form.
    Title,
    /// The field of the own name.
    Name,
    /// The tray of what needs a person.
    Tray,
    /// The light, where it is a button.
    Light,
    /// The description of the open story, to write in.
    Description,
    /// The button that turns the description from reading to writing.
    DescriptionButton,
    /// A place for a text beside the fields of a story's form; where it is closed, the button that opens it.
    Aside(StoryId, Aside),
    /// The button by which people of a story are named, by its mark.
    Adder(StoryId, &'static str),
    /// A task or a comment.
    Part(PartId),
    /// The heading of the open sheet.
    Sheet,
    /// The button that opens a sheet.
    SheetButton(Sheet),
    /// The name of an epic on its sheet.
    Epic(EpicId),
    /// The field of an epic's name.
    EpicName,
    /// The button that adds an epic.
    AddEpic,
    /// What the sheet of imports says.
    Exchange,
    /// Where a file is chosen.
    File,
    /// The velocity in the header.
    Velocity,
    /// The field of the velocity that is tried out.
    WhatIf,
    /// The button of the line of the iteration of that number.
    Iteration(u32),
    /// The field of the open iteration's team strength.
    Strength,
    /// The field of the search.
    Search,
    /// The first thing that can be done among the saved searches.
    Saved,
    /// The button that opens them.
    SavedButton,
    /// The field of a saved search's name.
    SearchName,
    /// The history of the open story.
    History,
    /// The button that opens it.
    HistoryButton,
    /// The first thing to do to the selected stories.
    SelectionBar,
    /// What opens a menu of their bar.
    SelectionMenu(Menu),
    /// The first thing in the menu that is open there.
    SelectionChoice,
}
