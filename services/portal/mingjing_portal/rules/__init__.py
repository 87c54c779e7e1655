"""What the portal decides without asking anybody: pure functions."""
