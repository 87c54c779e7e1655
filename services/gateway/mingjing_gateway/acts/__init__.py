"""What somebody from outside, or at the keyboard, may have the gateway do."""
