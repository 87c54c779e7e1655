"""What an officer may do with a publication, and what the worker does of itself.

An act takes the desk (one transaction, the right to act, the audit), locks what it acts on, asks
for the right, checks the rules, writes, and has the item derived anew. None commits.
"""
