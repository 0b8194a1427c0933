//! What the wire contract looks like as JSON Schema, where a type does not say so by itself. Only with the feature `schema`, which the page never
//! asks for.

use crate::Rejection;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A day written as `2027-02-28`.
pub(crate) struct Date;

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date"})
    }
}

// Written by hand like its `Deserialize`: a word, or a word with what goes with it. A later release may know more of them.
impl JsonSchema for Rejection {
    fn schema_name() -> Cow<'static, str> {
        "Rejection".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Why not: a word such as `unknown-story`, or a word with what goes with it.",
            "oneOf": [
                {"type": "string", "pattern": "^[a-z-]+$"},
                {
                    "type": "object", "minProperties": 1, "maxProperties": 1,
                    "propertyNames": {"pattern": "^[a-z-]+$"}, "additionalProperties": {"type": "object"},
                },
            ],
        })
    }
}
