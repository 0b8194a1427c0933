//! Golden frames, names and codes of the protocol, each expectation written by hand.
