"""What the gateway keeps and writes, by topic. Takes a transaction, never commits."""
