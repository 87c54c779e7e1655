"""JSON of disclosure: parse, ask the store, answer with codes."""
