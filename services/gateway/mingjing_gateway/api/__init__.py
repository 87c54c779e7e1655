"""What other systems call: the door and the contract. Thin: parse, call an act, answer."""
