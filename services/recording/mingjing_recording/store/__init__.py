"""All SQL of recording, by topic. Takes a transaction, never commits."""
