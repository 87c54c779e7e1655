"""What comes in from the inside, and what citizens may send there."""
