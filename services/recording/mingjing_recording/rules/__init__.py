"""Pure rules of recording: what must be recorded, and by when it must be in the house."""
