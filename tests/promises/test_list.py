"""The list of promises names what is there, and names every document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from promises.cases import CASES

LIST = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
TESTS = re.findall(r"\| `(tests/[\w/]+\.py)(?:::(\w+))?` \|", LIST)


@pytest.mark.parametrize(("path", "name"), TESTS, ids=["::".join(each) for each in TESTS])
def test_a_test_that_is_named_is_there(path: str, name: str, root: Path) -> None:
    """A promise whose test was renamed or taken away is held by nothing."""
    text = (root / path).read_text(encoding="utf-8")

    assert f"def {name or 'test_'}" in text


def test_every_file_of_documents_is_named() -> None:
    """The list is whole."""
    named = set(re.findall(r"`cases/(\w+\.yaml)`", LIST))

    assert named == {path.name for path in CASES.glob("*.yaml")}


def test_titles_are_said_once() -> None:
    """A title is how a promise is found: no two documents of a file share one."""
    for path in CASES.glob("*.yaml"):
        titles = re.findall(r"^#: (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert len(titles) == len(set(titles)), path.name
