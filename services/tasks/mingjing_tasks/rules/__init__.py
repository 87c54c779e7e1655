"""Pure rules of tasks: what a timeline may show, when a warning stands."""
