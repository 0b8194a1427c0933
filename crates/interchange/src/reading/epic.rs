//! A row as an epic: a name, a label, a description.

use super::draft::DraftEpic;
use super::fit;
use super::losses::Losses;
use crate::columns::{Cells, Column};
use crate::notes::quoted;
use backlog::Label;

/// What an epic has no place for, with its columns.
const HOMELESS: [(&str, &[Column]); 6] = [
    ("comments", &[Column::Comment]),
    ("tasks", &[Column::Task]),
    ("owners", &[Column::OwnedBy]),
    ("blockers", &[Column::Blocker]),
    ("deadline", &[Column::Deadline]),
    ("links", &[Column::PullRequest, Column::GitBranch]),
];

/// Reads a row; the text says why it cannot be taken.
pub(super) fn read(cells: Cells<'_>) -> Result<DraftEpic, String> {
    let mut lost = Losses::default();
    let losses = &mut lost;
    let name = fit::title(cells, losses)?;
    let mut labels = fit::labels(cells, losses).into_iter();
    let label = match labels.next() {
        Some(label) => label,
        None => {
            losses.push("The epic names no label; its title is its label now.".to_owned());
            label_of(name.as_str())?
        }
    };
    for label in labels {
        losses.push(format!(
            "An epic has one label; {} is left out.",
            quoted(label.as_str())
        ));
    }
    let holds = |columns: &[Column]| {
        columns
            .iter()
            .any(|column| cells.all(*column).any(|cell| !cell.trim().is_empty()))
    };
    let homeless: Vec<&str> = HOMELESS
        .iter()
        .filter(|(_, columns)| holds(columns))
        .map(|(what, _)| *what)
        .collect();
    if !homeless.is_empty() {
        losses.push(format!("An epic has no {}; they are left out.", homeless.join(", ")));
    }
    Ok(DraftEpic {
        line: cells.row.line,
        origin: fit::origin(cells, losses),
        name,
        label,
        description: fit::description(cells, losses),
        created: fit::day(cells, (Column::CreatedAt, "Created at"))?,
        losses: lost,
    })
}

fn label_of(title: &str) -> Result<Label, String> {
    let text: String = title.replace(',', " ").chars().take(Label::MAX).collect();
    Label::new(&text).map_err(|_| "The epic has no label, and none can be made of its title.".to_owned())
}
