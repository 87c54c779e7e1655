"""All SQL of the portal, by topic."""
