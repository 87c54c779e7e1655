"""Pages of disclosure: parse, ask the store, render."""
