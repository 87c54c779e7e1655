"""Facts: what other systems said happened, kept in every version.

State is derived from the *set* of facts, never from the order of their arrival: a fact that a
later one corrects does not count; of the others the newest by the time it happened wins, then
the greater id. So a service that got everything twice, late or shuffled stands where it would
have stood anyway.
"""
