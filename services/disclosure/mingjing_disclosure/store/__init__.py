"""All SQL of disclosure, by topic. Takes a transaction, never commits."""
