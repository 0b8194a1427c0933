//! What stands beside the columns of the backlog: which of these are shown, and the sheet that is open next to them.

use super::Board;
use super::column::Column;
use super::may::{Deed, Rights};
use super::msg::{Effect, Now, Target};
use super::scene::charts::ChartsScene;
use super::scene::epics::EpicsScene;
use super::scene::exchange::ExchangeScene;
use super::scene::forecast::ForecastScene;
use super::scene::settings::SettingsScene;

/// Which columns are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panels([bool; 4]);

impl Default for Panels {
    fn default() -> Panels {
        Panels(
            [Column::Current, Column::Backlog, Column::Icebox]
                .iter()
                .fold([false; 4], |mut shown, column| {
                    shown[column.index()] = true;
                    shown
                }),
        )
    }
}

impl Panels {
    /// Those of these names; the usual ones where there is none.
    pub fn of_keys<'a>(keys: impl IntoIterator<Item = &'a str>) -> Panels {
        let mut panels = Panels([false; 4]);
        for column in keys.into_iter().filter_map(Column::from_key) {
            panels.0[column.index()] = true;
        }
        if panels.0.contains(&true) {
            panels
        } else {
            Panels::default()
        }
    }

    /// Their names in the page's markup.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        let shown = Column::ALL.into_iter().filter(|column| self.shows(*column));
        shown.map(Column::key)
    }

    /// Whether it is shown.
    pub fn shows(&self, column: Column) -> bool {
        self.0[column.index()]
    }

    /// Shows it, or no longer. The last one stays.
    fn toggle(&mut self, column: Column) {
        let mut next = self.0;
        next[column.index()] = !next[column.index()];
        if next.contains(&true) {
            self.0 = next;
        }
    }
}

/// What can be opened next to the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The project's epics.
    Epics,
    /// What is expected when, for whoever waits for it.
    Forecast,
    /// What was and what will be, drawn.
    Charts,
    /// How the project plans.
    Settings,
    /// Stories from other programs, and to them.
    Exchange,
}

impl Sheet {
    /// All sheets, in the order in which they are offered.
    pub const ALL: [Sheet; 5] = [
        Sheet::Epics,
        Sheet::Forecast,
        Sheet::Charts,
        Sheet::Settings,
        Sheet::Exchange,
    ];

    /// Its heading, for someone with these rights.
    pub fn title_for(self, rights: Rights) -> &'static str {
        match self {
            Sheet::Exchange if !rights.may(Deed::Import) => "Export",
            sheet => sheet.title(),
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Sheet::Epics => "Epics",
            Sheet::Forecast => "Forecast",
            Sheet::Charts => "Charts",
            Sheet::Settings => "Settings",
            Sheet::Exchange => "Import and export",
        }
    }

    /// Its name in the page's markup.
    pub fn key(self) -> &'static str {
        match self {
            Sheet::Epics => "epics",
            Sheet::Forecast => "forecast",
            Sheet::Charts => "charts",
            Sheet::Settings => "settings",
            Sheet::Exchange => "exchange",
        }
    }
}

/// An open sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetScene {
    /// Which.
    pub sheet: Sheet,
    /// Its heading.
    pub title: &'static str,
    /// What it holds.
    pub body: SheetBody,
}

/// What a sheet holds.
#[derive(Clone, Debug, PartialEq)]
pub enum SheetBody {
    /// Nothing is known yet.
    Nothing,
    /// The charts.
    Charts(ChartsScene),
    /// The forecast.
    Forecast(Box<ForecastScene>),
    /// The project's epics.
    Epics(Box<EpicsScene>),
    /// The project's settings.
    Settings(Box<SettingsScene>),
    /// Imports and exports.
    Exchange(Box<ExchangeScene>),
}

impl Board {
    /// The columns on the page, from left to right.
    pub(super) fn columns(&self) -> Vec<Column> {
        // A search looks at what is done, too.
        let is_shown = |column: &Column| self.panels.shows(*column) || self.search.is_on();
        Column::ALL.into_iter().filter(is_shown).collect()
    }

    pub(super) fn panel_toggled(&mut self, column: Column, now: Now, out: &mut Vec<Effect>) {
        self.panels.toggle(column);
        let columns = self.columns();
        if !columns.contains(&self.shown) {
            self.shown = columns.first().copied().unwrap_or(self.shown);
        } else if self.panels.shows(column) {
            self.shown = column;
        }
        self.lay_out(now, out);
        out.push(Effect::RememberPanels(self.panels));
        // What was done last stands last.
        if column == Column::Done && self.panels.shows(column) {
            self.show_end(column, out);
        }
    }

    fn show_end(&mut self, column: Column, out: &mut Vec<Effect>) {
        let Some(layout) = &self.layout else { return };
        let end = self.heights(layout, column).top_of(layout.rows(column).keys.len());
        let window = &mut self.windows[column.index()];
        window.top = (end - window.height).max(0);
        out.push(Effect::Scroll(column, window.top));
    }

    pub(super) fn sheet_toggled(&mut self, sheet: Sheet, out: &mut Vec<Effect>) {
        let is_open = self.sheet == Some(sheet);
        self.sheet = (!is_open).then_some(sheet);
        let target = match self.sheet {
            Some(_) => Target::Sheet,
            None => Target::SheetButton(sheet),
        };
        out.extend([Effect::Render, Effect::Focus(target)]);
        match self.sheet {
            Some(Sheet::Settings) => self.settings_opened(out),
            Some(Sheet::Epics | Sheet::Forecast | Sheet::Charts | Sheet::Exchange) | None => {}
        }
    }

    /// The address names a sheet. Where there is room for one thing only, it stands before all else.
    pub(super) fn sheet_named(&mut self, sheet: Sheet, out: &mut Vec<Effect>) {
        if self.sheet != Some(sheet) {
            self.sheet_toggled(sheet, out);
        }
    }

    pub(super) fn sheet_scene(&self) -> Option<SheetScene> {
        let sheet = self.sheet?;
        let body = match sheet {
            Sheet::Epics => self.epics_scene().map(|scene| SheetBody::Epics(Box::new(scene))),
            Sheet::Settings => self.settings_scene().map(|scene| SheetBody::Settings(Box::new(scene))),
            Sheet::Forecast => self.forecast_scene().map(|scene| SheetBody::Forecast(Box::new(scene))),
            Sheet::Charts => Some(SheetBody::Charts(self.charts_scene())),
            Sheet::Exchange => self.exchange_scene().map(|scene| SheetBody::Exchange(Box::new(scene))),
        };
        Some(SheetScene {
            sheet,
            title: sheet.title_for(self.rights()),
            body: body.unwrap_or(SheetBody::Nothing),
        })
    }
}
