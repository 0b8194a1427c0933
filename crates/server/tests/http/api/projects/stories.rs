//! `/api/projects/{id}/stories`

mod history;
