"""Transparency logs: what cannot be changed later without being noticed.

Formats of C2SP (tlog-tiles, tlog-checkpoint, tlog-cosignature, tlog-witness, tlog-proof,
signed-note) over the tree of RFC 6962. ``merkle``, ``note``, ``signing``, ``sm2``, ``checkpoint``,
``tiles`` and ``receipt`` are pure; ``log`` writes, ``witness`` co-signs, ``serving`` shows.
"""
