"""A month of the bureau's life, made up: told by publishers, acted by officers, from outside."""
