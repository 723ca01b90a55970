"""Documents and what is said of them, line by line."""

from __future__ import annotations

import pytest

from bcdsl.analyze import Analyzed, FileProblem, Options, analyze
from bcdsl.diagnostic import Diagnostic
from bcdsl.source import SourceFile
from language.cases import Case, Expected, cases


class Folder:
    """The files beside a document of these tests."""

    def read(self, relative: str) -> str | FileProblem:
        """Return the one text that is there."""
        if relative == "run.sh":
            return "echo hello\n"
        return FileProblem(message=f"there is no file `{relative}`")


def analyzed(case: Case) -> Analyzed:
    """Analyze the document of a case."""
    options = Options(params=dict(case.params), profiles=case.profiles)
    return analyze(SourceFile("case.bc.yaml", case.text), options, Folder())


def told(problem: Diagnostic) -> Expected:
    """Return a finding in the form in which cases announce it."""
    line = problem.span.source.position(problem.span.start)[0] if problem.span else 0
    return Expected(line, problem.severity.value, problem.code, problem.message)


def fits(expected: Expected, found: Expected) -> bool:
    """Tell whether a finding is the one announced."""
    same = (expected.line, expected.severity, expected.code) == (
        found.line,
        found.severity,
        found.code,
    )
    return same and expected.message in found.message


ALL = tuple(cases())


@pytest.mark.parametrize("case", ALL, ids=[case.title for case in ALL])
def test_a_document_is_told_what_it_announces(case: Case) -> None:
    """Every finding stands on the line that announces it, and nothing else is found."""
    result = analyzed(case)
    found = [told(problem) for problem in result.problems]
    missing = [each for each in case.expected if not any(fits(each, other) for other in found)]
    surplus = [each for each in found if not any(fits(other, each) for other in case.expected)]

    assert not missing, (missing, found)
    assert not surplus, surplus
    assert len(found) == len(case.expected), found
    wrong = any(each.severity == "error" for each in found)
    assert (result.dag is None) == wrong
