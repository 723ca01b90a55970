"""Comments that allow a finding."""

from __future__ import annotations

import pytest

from bcdsl.allow import read_allows, silence
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.source import SourceFile, Span

TEXT = """\
repos: [a]
stages:
  one:  # bcdsl: allow BC786 pinned elsewhere
    image: x:latest
  # bcdsl: allow BC786, BC787 the whole stage
  two:
    image: x:latest

    # a comment
    from:
    - a
  three:
    image: x:latest
    script: |
      # bcdsl: allow BC786 this is the script's own text
"""


def note(source: SourceFile, line: int, code: str = "BC786", **more: object) -> Diagnostic:
    """Return a finding at the start of a line."""
    start = source.line_starts()[line - 1]
    facts: dict = {"severity": Severity.NOTE, **more}
    return Diagnostic(code=code, message=f"m{line}", span=Span(source, start, start + 1), **facts)


def left(source: SourceFile, *problems: Diagnostic) -> list[str]:
    """Return the codes and lines that are left, those of the comments too."""
    kept = silence(source, problems)
    return [f"{p.code}@{source.position(p.span.start)[0] if p.span else 0}" for p in kept]


def test_what_a_comment_speaks_of() -> None:
    """At the end of a line: that line. On its own line: the next one with all below it."""
    source = SourceFile("a.bc.yaml", TEXT)
    first, second, third = read_allows(source)[0]

    assert (first.code, list(first.lines)) == ("BC786", [3])
    assert (second.code, list(second.lines)) == ("BC786", [6, 7, 8, 9, 10, 11])
    assert third.code == "BC787"


def test_it_silences_what_it_names() -> None:
    """The named code on these lines and nothing else; text of a script is no comment."""
    source = SourceFile("a.bc.yaml", TEXT)
    found = left(
        source, *(note(source, line) for line in (3, 4, 7, 11, 13)), note(source, 7, "BC788")
    )

    assert found == ["BC786@4", "BC786@13", "BC788@7", "BC590@5"]


def test_an_error_stays() -> None:
    """An error cannot be allowed, which is said; unused comments are not judged then."""
    source = SourceFile("a.bc.yaml", TEXT)
    found = left(source, note(source, 3, severity=Severity.ERROR))

    assert found == ["BC786@3", "BC593@3"]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# bcdsl: allow BC9999 reason", "BC591"),
        ("# bcdsl: allow BC786", "BC592"),
        ("# bcdsl: allow BC786 -", "BC592"),
        ("# bcdsl: ignore BC786 reason", "BC592"),
        ("# bcdsl:", "BC592"),
        ("#bcdsl: allow BC787 reason", "BC590"),
    ],
)
def test_what_is_wrong_with_a_comment(comment: str, code: str) -> None:
    """An unknown code, no reason, another word, and a comment that silences nothing."""
    source = SourceFile("a.bc.yaml", f"a: b  {comment}\n")

    assert f"{code}@1" in left(source)


def test_what_other_commands_find_is_not_judged() -> None:
    """A code that only data or a run can raise may be allowed and not be there now."""
    from bcdsl.explain.index import load

    codes = [code for code, page in load().items() if page.kind in ("data", "run", "cluster")]
    source = SourceFile(
        "a.bc.yaml", "".join(f"a: b  # bcdsl: allow {c} known\n" for c in codes[:1])
    )

    assert codes
    assert left(source) == []


def test_removing_an_unused_comment() -> None:
    """The fix takes the comment and the blanks before it away, and nothing else."""
    from bcdsl.report.apply_fixes import apply_fixes

    source = SourceFile("a.bc.yaml", "a: b  # bcdsl: allow BC787 reason\nc: d\n")
    repaired = apply_fixes(silence(source, ()))

    assert repaired.texts[source] == "a: b\nc: d\n"


def test_other_sources_are_left_alone() -> None:
    """A comment speaks of its own file only; a text without comments is not even read."""
    source, other = SourceFile("a", TEXT), SourceFile("b", TEXT)
    found = note(other, 3)

    assert found in silence(source, (found,))
    plain = SourceFile("c", "a: [")
    found = note(plain, 1)
    assert silence(plain, (found,)) == (found,)
