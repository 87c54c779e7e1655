"""Pages of tasks: parse, ask the store, render."""
