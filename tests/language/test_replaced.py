"""A problem in what an overlay wrote shows what it was laid over."""

from __future__ import annotations

import time

from bcdsl.analyze import Options, analyze
from bcdsl.source import SourceFile
from compiling import NoFiles

DOCUMENT = """\
repos: [r]
defaults: {image: "i:1", cmd: w, workers: 2, env: {A: a}}
stages:
  one: {from: r, tries: 3, datum_timeout: 5s}
  two: {from: r, workers: many}
profiles:
  small: {stages: {one: {tries: some, workers: few, from: rr}}}
  tiny: {stages: {one: {datum_timeout: 5}}}
"""


def labels(text: str, *profiles: str) -> dict[str, list[tuple[str, str]]]:
    """Return the labels of each problem, by the text it points at."""
    found = analyze(SourceFile("p", text), Options(profiles=profiles), NoFiles()).problems
    return {
        problem.span.text: [(label.span.text, label.text) for label in problem.labels]
        for problem in found
        if problem.span is not None
    }


def test_the_line_that_is_replaced_is_shown() -> None:
    """A profile over the document, a stage over `defaults`, a profile over `defaults`."""
    found = labels(DOCUMENT, "small", "tiny")

    assert found["some"] == [("3", "replaces this")]
    assert found["rr"] == [("r", "replaces this")]
    assert found["5"] == [("5s", "replaces this")]
    assert found["few"] == [("2", "replaces this")]
    assert found["many"] == [("2", "replaces this")]


def test_what_replaces_nothing_has_no_label() -> None:
    """A profile that is not chosen lies over nothing, nor does a first value."""
    found = labels(DOCUMENT)

    assert found["some"] == []
    assert labels("repos: [r]\nstages: {a: {from: r, cmd: w, tries: x}}\n")["x"] == []


def test_many_problems_are_labelled_in_time() -> None:
    """Looking for what is replaced does not walk the document for each problem."""
    stages = "".join(f"  s{number}: {{from: r, workers: x}}\n" for number in range(4000))
    text = f"repos: [r]\ndefaults: {{image: 'i:1', cmd: w, workers: 1}}\nstages:\n{stages}"
    start = time.process_time()
    found = analyze(SourceFile("p", text), Options(), NoFiles()).problems

    assert len(found) == 4000
    assert all(problem.labels for problem in found)
    assert time.process_time() - start < 10
