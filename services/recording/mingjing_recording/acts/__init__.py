"""What officers may do in recording: permission, rules, store, events and audit together."""
