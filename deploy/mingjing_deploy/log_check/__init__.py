"""An independent checker of the services' transparency logs.

It works from the published formats (docs/verify.md, C2SP, RFC 6962, RFC 8785) and the columns of
the tables alone, and shares no code with what writes the logs: a contract of pyproject.toml says
so.
"""
