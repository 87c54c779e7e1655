"""What people read in the browser."""
