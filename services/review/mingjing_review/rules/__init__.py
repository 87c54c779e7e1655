"""The law of review as pure functions: no I/O, no clock."""
