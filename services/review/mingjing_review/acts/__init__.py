"""What an officer may do in review: permission, rules, store, audit in one transaction."""
