"""Random YAML: trees and the texts that say them, with comments, and texts that say nothing."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.text("abc_x/<>:*.-@0", min_size=1, max_size=6)
"""Short words, many of which mean something to YAML."""

PIECES = st.sampled_from(
    [
        *("a", "b: ", "c:", "- ", "-", "? ", ": ", ",", ", ", "[", "]", "{", "}", "|", ">", "|+\n"),
        *(
            "&x ",
            "*x",
            "!t ",
            "!(a)",
            "<<: ",
            "# c",
            " # d",
            "'",
            '"',
            "\\",
            "\n",
            "\n  ",
            "\n    ",
        ),
        *(
            "\t",
            "%",
            "@",
            "`",
            "---\n",
            "...\n",
            "\r\n",
            "é",
            "\U0001f600",
            "\ufeff",
            "\x85",
            "(a,b)",
        ),
    ]
)
YAMLISH = st.lists(PIECES, max_size=40).map("".join)
"""Pieces of YAML in any order: mostly wrong, and wrong in the ways of authors."""


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Return a readable file in an uneven layout, with comments at many places."""
    parts = draw(st.lists(_block(0), min_size=1, max_size=2))
    return "---\n".join(_trimmed(part) for part in parts)


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


PLAIN = st.text("abxyz<>/*._", min_size=1, max_size=8).filter(lambda t: t[0] not in "<>*._/")
QUOTED = st.text("ab é'\"#:{}[],&*!|>%@`\\-", max_size=8).flatmap(
    lambda t: st.sampled_from(
        ["'" + t.replace("'", "''") + "'", '"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"']
    )
)
FLOW = st.recursive(
    PLAIN | QUOTED,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda xs: "[" + ",  ".join(xs) + "]")
        | st.lists(inner, max_size=3).map(
            lambda xs: "{ " + ", ".join(f"k{i}:  {x}" for i, x in enumerate(xs)) + " }"
        )
    ),
    max_leaves=4,
)
COMMENT = st.sampled_from(["# one", "#two", "#  three: [", "# 'four"])


@st.composite
def _block(draw: st.DrawFn, depth: int) -> list[str]:
    lines: list[str] = []
    entries = draw(st.integers(1, 3))
    is_list = draw(st.booleans()) and depth > 0
    for number in range(entries):
        lines += draw(st.lists(COMMENT | st.just(""), max_size=2)) if number else []
        start = "-" if is_list else f"key{number}" + draw(st.sampled_from([":", " :"]))
        lines += draw(_entry(start, depth, is_list))
    return lines


@st.composite
def _entry(draw: st.DrawFn, start: str, depth: int, is_list: bool) -> list[str]:
    kind = draw(st.integers(0, 6 if depth < 3 else 4))
    tail = draw(st.sampled_from(["", "", "  # tail", "     # far"]))
    if kind <= 1:
        return [f"{start} {draw(FLOW)}{tail}"]
    if kind == 2:
        mark = draw(st.sampled_from(["|", ">", "|-", "|+", ">+"]))
        texts = st.text("ab #:-é", max_size=6)
        body = draw(st.lists(texts, min_size=1, max_size=4))
        shift = draw(st.integers(1, 4))
        first = "x" + body[0]
        return [f"{start} {mark}{tail}", *(" " * shift + line for line in [first, *body[1:]])]
    if kind == 3:
        more = draw(st.lists(PLAIN | st.just(""), max_size=2))
        lines = [f"{start} {draw(PLAIN)}", *("   " + line for line in more)]
        return [*lines, f"    {draw(PLAIN)}"]
    if kind == 4:
        items = draw(st.lists(FLOW, min_size=1, max_size=3))
        return [f"{start} [", *(f" {item}, {tail}" for item in items), "  ]" + tail]
    indent = draw(st.integers(1, 5))
    lines = draw(_block(depth + 1))
    if lines[0].startswith("-") and not is_list and draw(st.booleans()):
        indent = 0
    return [f"{start}{tail}", *((" " * indent + line) if line else "" for line in lines)]
