"""What an officer may have done here."""
