"""All SQL of tasks, by topic. Takes a transaction, never commits."""
