"""JSON of recording: parse, ask the store, answer with codes."""
