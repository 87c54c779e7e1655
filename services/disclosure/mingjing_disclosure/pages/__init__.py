"""Pages of disclosure: parse, ask an act or the store, render."""
