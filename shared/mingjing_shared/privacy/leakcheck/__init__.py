"""The leak check: reads finished public artefacts and tries to find what must not be there.

A program of its own, with its own words and its own ways of looking: it shares nothing with the
masking, so that what one overlooks the other does not. All of it is pure but ``reading``.
"""
