"""Units and officers, as every service keeps them from the directory."""
