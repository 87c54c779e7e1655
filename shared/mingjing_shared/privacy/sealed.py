"""Which columns hold sealed values, and what each value is sealed for.

One declaration a column: stores take the place of a value from it when they seal and open, and
the rotation of keys finds every value by it.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Column, Table


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of sealed values.

    ``form`` is the place of a value: a text with names of columns of its row in braces. With
    ``parts`` the column is JSON, a list of objects; those of their members are sealed (base64)
    and ``form`` may name members, and ``{part}``.
    """

    column: Column[object]
    form: str
    parts: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The table that it is a column of."""
        return self.column.table

    @property
    def named(self) -> tuple[str, ...]:
        """The names that the place is made of."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.form) if name)

    def place(self, **values: object) -> str:
        """The place of one value: what it is bound to.

        Raises:
            KeyError: a name that the place is made of was not given.
        """
        return self.form.format(**{name: _written(values[name]) for name in self.named})


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
