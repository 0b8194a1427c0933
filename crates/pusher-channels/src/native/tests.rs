//! The driver against a real socket on this machine; the other end is played word by word.
