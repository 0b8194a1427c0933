//! `/auth`: where browsers go by themselves.

mod provider;
