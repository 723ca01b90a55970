"""Texts as Go prints them, where a sentence of the server quotes what it was given."""

from __future__ import annotations

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


def quoted(text: str) -> str:
    """Return a text as Go's `%q` writes it."""
    return '"' + "".join([_letter(letter) for letter in text]) + '"'


def quoted_bytes(text: str) -> str:
    """Return a text as Go's `time` package quotes it: what is not plain ASCII by its bytes."""
    return '"' + "".join([_by_bytes(letter) for letter in text]) + '"'


def _by_bytes(letter: str) -> str:
    if " " <= letter < "\x80":
        return f"\\{letter}" if letter in '"\\' else letter
    return "".join([f"\\x{byte:02x}" for byte in letter.encode("utf-8", "surrogatepass")])


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    number = ord(letter)
    if number < 0x80:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def nth_byte(text: str, index: int) -> str:
    """Return what Go's `%c` prints for one byte of a text."""
    return chr(text.encode("utf-8", "surrogatepass")[index])
