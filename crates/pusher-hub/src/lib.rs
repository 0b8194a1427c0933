//! pusher-hub
