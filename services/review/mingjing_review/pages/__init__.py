"""Pages of review: parse, ask the store, render."""
