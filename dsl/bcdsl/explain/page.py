"""A code's page: what it is about, and the examples that show it."""

from __future__ import annotations

from bcdsl.frozen import dataclass

KINDS = (
    "language",
    "refused",
    "fails later",
    "misleads",
    "ignored",
    "style",
    "data",
    "run",
    "cluster",
)
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the head of a page says."""

    code: str
    title: str
    kind: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A fenced block under `## Wrong` or `## Right`."""

    section: str  # "Wrong" or "Right"
    language: str  # "yaml bcdsl", "json spec", "yaml spec", "text", "console"
    text: str
    line: int  # of the first line of the text, from 1


class PageError(ValueError):
    """A page that is not written as pages are: a mistake of ours."""


def read_page(code: str, text: str) -> Page:
    """Return the head of a page."""
    head, _ = _parts(code, text)
    facts: dict[str, str] = {}
    for line in head:
        key, colon, value = line.partition(":")
        if not colon or key in facts:
            raise PageError(f"{code}: `{line}` is not a line of a page's head")
        facts[key] = value.strip()
    if set(facts) != {"title", "kind", "severity"}:
        raise PageError(f"{code}: a head has title, kind and severity, not {sorted(facts)}")
    if facts["kind"] not in KINDS or facts["severity"] not in SEVERITIES:
        raise PageError(f"{code}: no such kind or severity: {facts['kind']}, {facts['severity']}")
    return Page(code=code, **facts)


def body(code: str, text: str) -> str:
    """Return a page without its head."""
    return "\n".join(_parts(code, text)[1]).strip("\n")


def examples(code: str, text: str) -> tuple[Example, ...]:
    """Return the fenced blocks of a page in order, each with the heading above it."""
    found: list[Example] = []
    section = ""
    fence: list[str] | None = None
    language = ""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if fence is not None:
            if line.rstrip() == "```":
                block = "".join(part + "\n" for part in fence)
                found.append(Example(section=section, language=language, text=block, line=start))
                fence = None
            else:
                fence.append(line)
        elif line.startswith("```"):
            fence, language, start = [], line[3:].strip(), number + 1
        elif line.startswith("## "):
            section = line[3:].strip()
    if fence is not None:
        raise PageError(f"{code}: a fence is never closed")
    return tuple(found)


def _parts(code: str, text: str) -> tuple[list[str], list[str]]:
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise PageError(f"{code}: a page starts with a head between two lines of `---`")
    end = lines.index("---", 1)
    return lines[1:end], lines[end + 1 :]
