"""How wide a text is on a terminal, and how it can be shown on one line there."""

from __future__ import annotations

TAB = 4


def shown(text: str) -> str:
    """Return a line with tabs as blanks and control characters as their pictures."""
    if text.isascii() and text.isprintable():
        return text
    parts = []
    column = 0
    for character in text:
        piece = _picture(character, column)
        parts.append(piece)
        column += _width(piece)
    return "".join(parts)


def width(text: str) -> int:
    """Return how many columns of a terminal a line takes once it is shown."""
    if text.isascii() and text.isprintable():
        return len(text)
    column = 0
    for character in text:
        column += _width(_picture(character, column))
    return column


def cut(line: str, first: int, last: int) -> str:
    """Return the columns from `first` up to `last` of a shown line."""
    if line.isascii():
        return line[first:last]
    parts = []
    column = 0
    for character in line:
        if first <= column < last:
            parts.append(character)
        column += _width(character)
    return "".join(parts)


def _picture(character: str, column: int) -> str:
    if character == "\t":
        return " " * (TAB - column % TAB)
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in _DIRECTIONS:
        return "�"  # controls, lone surrogates, and marks that would turn the line around
    return character


_DIRECTIONS = {0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def _width(piece: str) -> int:
    if piece.isascii():
        return len(piece)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1
        for c in piece
    )
