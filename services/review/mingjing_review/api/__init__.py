"""JSON of review: parse, ask the store, answer with codes."""
