"""Credentials in URLs, which no output may show."""

from __future__ import annotations

import re
from typing import Any

_CREDENTIALS = re.compile(r"(?<=://)[^/\s@\"']+(?=@)")


def hidden(text: str) -> str:
    """Return a text with the user and password of each URL struck out."""
    return _CREDENTIALS.sub("…", text)


def covered(text: str) -> str:
    """Return a text of the same length, with as many stars: what points into it still does."""
    return _CREDENTIALS.sub(lambda found: "*" * len(found[0]), text)


def hidden_in(value: Any) -> Any:
    """Return a JSON value whose texts are hidden."""
    if isinstance(value, dict):
        return {key: hidden_in(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [hidden_in(each) for each in value]
    return hidden(value) if isinstance(value, str) else value
