"""All SQL of review, by topic. Takes a transaction, never commits."""
