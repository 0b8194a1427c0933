//! pusher-channels
