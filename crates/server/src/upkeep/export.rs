//! Writes a project of a database out as a file, also while the server runs. Changes nothing.

use super::{UpkeepError, existing, wrong};
use crate::config::{DATA, ExportArgs, ExportFormat, PROJECT};
use crate::store::{FILE, Listed, Reading, StoreError};
use crate::{ambient, zones};
use backlog::{Project, ProjectId};
use interchange::writing::Present;
use interchange::{export as json, writing};

/// The text of the file.
pub async fn export(args: &ExportArgs) -> Result<String, UpkeepError> {
    existing(DATA, &args.folder.data.join(FILE), "give the data folder of a server")?;
    let mut reading = Reading::of_folder(&args.folder.data).await?;
    let listed = chosen(reading.projects().await?, args.project.as_deref())?;
    let (id, project) = present(&mut reading, &listed).await?;
    reading.close().await?;
    Ok(written(&project, id, args.format))
}

/// The project that is meant: by its identity or its name; the only one where nothing is said.
fn chosen(projects: Vec<Listed>, named: Option<&str>) -> Result<Listed, UpkeepError> {
    let lines: Vec<String> = projects
        .iter()
        .map(|one| format!("{} ({})", one.id, one.name))
        .collect();
    let is_meant = |listed: &Listed| named.is_none_or(|named| listed.id == named || listed.name == named);
    let mut meant: Vec<Listed> = projects.into_iter().filter(is_meant).collect();
    match (meant.pop(), meant.len()) {
        (Some(one), 0) => Ok(one),
        (found, _) => {
            let what = match (named, found) {
                (Some(named), None) => format!("there is no project {named}"),
                (Some(named), Some(_)) => format!("several projects are called {named}"),
                (None, _) => "there is not one project alone".to_owned(),
            };
            let there = format!("{what}; there are: {}", lines.join(", "));
            Err(wrong(PROJECT, there, "give the identity of one").into())
        }
    }
}

/// The present of a project, as its snapshot and what came after lead to it.
async fn present(reading: &mut Reading, listed: &Listed) -> Result<(ProjectId, Project), StoreError> {
    let corrupt = |why: &str| StoreError::Corrupt {
        what: "project",
        why: format!("{}: {why}; truestory check says more", listed.id),
    };
    let id: ProjectId = listed.id.parse().map_err(|_| corrupt("its identity cannot be read"))?;
    let (from, body) = reading
        .snapshot(&listed.id)
        .await?
        .ok_or_else(|| corrupt("it has no snapshot"))?;
    let snapshot = serde_json::from_str(&body).map_err(|_| corrupt("its snapshot cannot be read"))?;
    let mut project = Project::read(snapshot);
    let mut after = from;
    loop {
        let page = reading.entries(&listed.id, after).await?;
        let Some(last) = page.last() else { break };
        after = last.rev;
        for entry in page {
            let recorded = entry.recorded?;
            project
                .apply(&recorded.change, recorded.hand())
                .map_err(|_| corrupt("its history breaks"))?;
        }
    }
    if after != listed.rev {
        return Err(corrupt("its history is not whole"));
    }
    Ok((id, project))
}

fn written(project: &Project, id: ProjectId, format: ExportFormat) -> String {
    let now = ambient::now();
    match format {
        ExportFormat::Json => json::write(project, id, now),
        ExportFormat::Csv => {
            let zone = zones::zone(&project.settings().time_zone);
            writing::write(&Present {
                project,
                id,
                zone: &zone,
                today: zone.day(now),
                // Where a server that need not run would answer is not known here.
                address: "",
            })
        }
    }
}
