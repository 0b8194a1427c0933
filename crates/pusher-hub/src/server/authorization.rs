//! Answers of an authorisation endpoint as responses of axum. Knows HTTP, not what is answered.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::AuthorizationAnswer;

impl IntoResponse for AuthorizationAnswer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (status, headers, self.json).into_response()
    }
}
