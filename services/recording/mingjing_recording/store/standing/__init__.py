"""Where things stand: derived from every fact and every act, whatever came first.

Acts and handlers write what happened and then have what it touches brought up to date here.
What changed is kept, and told by the outbox in the same transaction.
"""
