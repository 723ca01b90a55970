"""A text in the place of a value that was already said to be unreadable."""

from __future__ import annotations


class Unread(str):
    """What was written, where nothing more is to be said of it."""

    __slots__ = ()
