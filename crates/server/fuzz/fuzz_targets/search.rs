//! Hands random bytes to the check of this name.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| truestory_server_fuzz::search(bytes));
