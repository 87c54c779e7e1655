"""Pages of recording: parse, ask the store, render."""
