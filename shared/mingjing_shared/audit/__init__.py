"""Who did, saw or was refused what: written with the act, never changed afterwards."""
