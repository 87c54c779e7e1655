"""What the portal refuses, beyond the family of all errors.

MingjingError
└── TooMuch
    └── TooOften  429  more was sent than is taken in a minute
"""

from __future__ import annotations

from typing import ClassVar

from mingjing_shared.errors import TooMuch


class TooOften(TooMuch):
    """More was sent than is taken in a minute."""

    status: ClassVar[int] = 429
    code: ClassVar[str] = "too-often"
