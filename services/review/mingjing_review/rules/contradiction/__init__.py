"""Contradictions: what cannot be so, or hardly, among acts, documents, custody and recordings."""
