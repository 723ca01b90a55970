"""Every promise of the language, by documents: what is said of them, and what they become."""

from __future__ import annotations

import pytest

from bcdsl.analyze import FileProblem, Options
from bcdsl.source import SourceFile
from bcdslc.compile import Compiled, compile_document
from bcdslc.spec.write import to_json
from compiling import brief
from language.cases import Case
from language.test_cases import fits, told
from promises.cases import becomes, lacks, promises

ALL = tuple(promises())
TITLES = [case.title for case in ALL]


class Folder:
    """The files beside the documents of these tests."""

    def read(self, relative: str) -> str | FileProblem:
        """Return one of the texts that are there."""
        if relative == "run.sh":
            return "echo hello\n"
        return FileProblem(message=f"there is no file `{relative}`")


def compile_case(case: Case, text: str) -> Compiled:
    """Compile a text as the document of a case."""
    options = Options(params=dict(case.params), profiles=case.profiles)
    return compile_document(SourceFile("pipeline.bc.yaml", text), options, Folder())


@pytest.mark.parametrize("case", ALL, ids=TITLES)
def test_what_is_said(case: Case) -> None:
    """Each finding stands on the line that announces it; no other is made."""
    found = [told(problem) for problem in compile_case(case, case.text).problems]
    missing = [each for each in case.expected if not any(fits(each, other) for other in found)]
    surplus = [each for each in found if not any(fits(other, each) for other in case.expected)]

    assert not missing, (missing, found)
    assert not surplus, surplus
    assert len(found) == len(case.expected), found


@pytest.mark.parametrize("case", ALL, ids=TITLES)
def test_what_it_becomes(case: Case) -> None:
    """A stage becomes the input and the fields that its document announces."""
    wanted = tuple(becomes(case))
    specs = {spec.name: to_json(spec.request) for spec in compile_case(case, case.text).specs}
    for each in wanted:
        assert each.stage in specs, sorted(specs)
        if each.brief is not None:
            assert brief(specs[each.stage]["input"]) == each.brief, each.stage
        else:
            assert lacks(each.part, specs[each.stage], each.stage) is None


@pytest.mark.parametrize("case", ALL, ids=TITLES)
def test_repairs_repair(case: Case) -> None:
    """The fixes offered change what is said; where a case says so, nothing is left to say."""
    text = case.text
    problems = compile_case(case, text).problems
    edits = {edit for problem in problems if problem.fix for edit in problem.fix.edits}
    if case.fixed:
        assert all(problem.fix for problem in problems)
    if not edits:
        return
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    after = compile_case(case, text).problems
    if case.fixed:
        assert not after, (text, after)
    else:
        assert [told(problem) for problem in after] != [told(problem) for problem in problems]
