"""What the suites share: one broker and one database a run, worlds on them, events to send."""
