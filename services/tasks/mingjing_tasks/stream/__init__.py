"""Live oversight: a process of its own over all topics; nothing durable depends on it.

The only place where Faust runs (docs/decisions/0002-what-faust-is-for.md).
"""
