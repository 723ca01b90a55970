"""What a glob is and what it matches, as text and as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bcdsl.pattern.write import write_glob
from bcdslc.datum.would_match import would_match
from bcdslc.glob.matcher import compile_glob
from bcdslc.glob.preview import Bracket, Match, Preview, leading_parts
from bcdslc.tree.file_tree import FileTree

_SAMPLE = 200  # rows that decide how wide columns are


def explained(shown: Preview) -> str:
    """Return what a glob is, without any path."""
    lines = [("written", shown.written)] if shown.written != shown.glob else []
    lines.append(("glob", shown.glob))
    if shown.matcher.prefix:
        lines.append(("starts with", shown.matcher.prefix))
    if not shown.brackets:
        lines.append(("captures", "nothing"))
    for index, bracket in enumerate(shown.brackets):
        lines.append(("" if index else "captures", f"{_title(bracket)}  {bracket.takes}"))
    width = max(len(label) for label, _ in lines) + 2
    return "\n".join(f"{label:{width}}{text}" for label, text in lines)


def table(shown: Preview, found: Sequence[Match]) -> Iterator[str]:
    """Yield a heading and a line for each match, in columns."""
    if not found:
        return
    heading = ["path", *(_title(bracket) for bracket in shown.brackets)]
    if found[0].key is not None:
        heading.append("key")
    rows = [heading, *(_row(match, len(shown.brackets)) for match in found[:_SAMPLE])]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield _line(heading, widths)
    for match in found:
        yield _line(_row(match, len(shown.brackets)), widths)


def counted(matching: int, entries: int, listed: int) -> str:
    """Return how many of the paths match, and how many of these are not shown."""
    paths = "path" if entries == 1 else "paths"
    text = f"{matching:,} of {entries:,} {paths} (folders counted) match"
    if listed < matching:
        text += f"; {matching - listed:,} more are not shown, `--limit 0` shows all"
    return text


def nearest(shown: Preview, entries: Sequence[str]) -> str:
    """Return a pattern nearby that matches something, else how far this one gets."""
    named = any(bracket.name is not None for bracket in shown.brackets)
    near = would_match(shown.written if named else shown.glob, FileTree(entries=entries))
    if near is not None:
        return f"`{near[0]}` would match, e.g. `{_printable(near[1])}`"
    for part in leading_parts(shown.pattern):
        found = next(compile_glob(part).over(entries), None)
        if found is not None:
            glob = write_glob(part, ()).glob
            return (
                f"`{glob}` matches `{_printable(found[0])}`, but nothing below it matches the rest"
            )
    first = next((entry for entry in entries if entry != "/"), "/")
    return f"nothing there is like `{shown.written}`; the first path is `{_printable(first)}`"


def json_line(shown: Preview, match: Match) -> str:
    """Return a match as one line of JSON."""
    value: dict[str, object] = {"path": match.path, "captures": list(match.captures)}
    names = {
        bracket.name: _taken(match, bracket.number)
        for bracket in shown.brackets
        if bracket.name is not None
    }
    if names:
        value["names"] = names
    if match.key is not None:
        value["key"] = match.key
    return json.dumps(value)


def _title(bracket: Bracket) -> str:
    return f"${bracket.number}" + (f" <{bracket.name}>" if bracket.name else "")


def _row(match: Match, brackets: int) -> list[str]:
    row = [match.path, *(_taken(match, number) for number in range(1, brackets + 1))]
    if match.key is not None:
        row.append(match.key)
    return [_printable(text) for text in row]


def _taken(match: Match, number: int) -> str:
    return match.captures[number - 1] if number <= len(match.captures) else ""


def _printable(text: str) -> str:
    return text if text.isprintable() else ascii(text)[1:-1]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (f"{text:{width}}" for text, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()
