"""The law of disclosure as pure functions: no I/O, no clock."""
