"""JSON of tasks: parse, ask the store, answer with codes."""
