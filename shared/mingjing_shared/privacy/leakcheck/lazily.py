"""An attribute that is worked out when it is asked for first, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self

T = TypeVar("T")


class lazily(Generic[T]):  # noqa: N801 - it stands where a decorator stands
    """As ``functools.cached_property``, without its lock: nothing here is shared by threads."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, _kind: type) -> Self: ...

    @overload
    def __get__(self, owner: object, _kind: type) -> T: ...

    def __get__(self, owner: object | None, _kind: type) -> T | Self:
        if owner is None:
            return self
        made = self._make(owner)
        owner.__dict__[self._name] = made
        return made
