"""Where globs surprise: each is found, its repair is free of it, and means what was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdsl.pattern.read import read_glob
from bcdsl.pattern.surprises.find import surprises
from bcdslc.glob.matcher import compile_glob
from glob_strategy import ODD_GLOBS, PATHS, named

FOUND = (
    ("/!(train)/*", "BC420", "/!(train/)/*"),
    ("/!(a).b", "BC420", "/!(a.b)[.][b]"),
    ("/!(a|b)_x/*", "BC420", "/!(a_x/|b_x/)_x/*"),
    ("/!(a)?", "BC421", "/!(a?)?"),
    ("/!(a)[0-9]", "BC421", "/!(a[0-9])[0-9]"),
    ("/!(a)/!(b)", "BC422", "/!(a/*)[/]!([b])"),
    ("/{train,(test|val)}/*", "BC423", "/(train|(test|val))/*"),
    ("/*.{jpg,(png|gif)}", "BC423", "/*.(jpg|(png|gif))"),
    ("/x[!a]y", "BC424", "[!/a]"),
    ("/a[.-0]b", "BC424", None),
    ("/[[:digit:]]", "BC425", "[:digit:]"),
    ("/[a!]", "BC426", "[a\\!]"),
    ("/[a\\-c]", "BC426", None),
    ("/(a+b|c)", "BC427", None),
    ("/**/x", "BC428", "/{,**/}x"),
    ("/**", "BC429", None),
    ("/*/", "BC430", "/*"),
    ("/(a", "BC431", None),
    ("/a)", "BC431", None),
    ("/+([a-z]*).csv", "BC432", None),
    ("/*(*_*).csv", "BC432", None),
    ("/+(*-*).png", "BC432", None),
    ("/*(?*).csv", "BC432", None),
    ("/+(+(a|b))/c", "BC432", None),
    ("/+([0-9]|[0-9][0-9]).png", "BC432", None),
    ("/[:alpha:digit:]", "BC433", "[:alpha::digit:]"),
    ("/a*\\", "BC434", None),
    ("/[]a[b]", "BC435", None),
    ("/a\\.txt", "BC436", "/a.txt"),
)

FREE = (
    "/",
    "/*",
    "/(*)/(*).png",
    "/*.{png,dcm}",
    "/{(*)-1,(*)-2}",
    "/!(a)",
    "/!(*.txt)",
    "/!(a*)/x",
    "/[!/a]*",
    "/[\\]a]*",
    "/+([0-9])",
    "/+(a|b)",
    "/*(*/)x",
    "/*\\.txt",
    "/(exam*)/([LR])_(CC|MLO).png",
)


def codes(text: str) -> list[str]:
    """Return the codes of what surprises in a raw glob."""
    pattern, _ = read_glob(text)
    assert pattern is not None
    return [flaw.code for flaw in surprises(pattern, raw=True)]


@pytest.mark.parametrize(("glob", "code", "spelled"), FOUND)
def test_a_surprise_is_found_and_repaired(glob: str, code: str, spelled: str | None) -> None:
    """The warning names a spelling, and that spelling no longer raises it."""
    pattern, _ = read_glob(glob)
    assert pattern is not None
    (flaw,) = [flaw for flaw in surprises(pattern, raw=True) if flaw.code == code]
    assert flaw.help
    if spelled is not None:
        assert f"`{spelled}`" in flaw.help
        whole = spelled if spelled.startswith("/") else "/" + spelled
        assert code not in codes(whole)


@pytest.mark.parametrize("glob", FREE)
def test_an_ordinary_glob_surprises_nobody(glob: str) -> None:
    """What does what it says is left alone."""
    assert codes(glob) == []


MORE = ("/ab_b", "/aa_b", "/ac_b", "/ab_b/a", "/a_bb/a", "/a_b_b/a", "/b_b/a", "/b/bb", "/bb/b")

MEANT = (
    ("/!(a)/*", r"/(?!a/)[^/]*/[^/]*"),
    ("/!(a|ab)_b", r"/(?!(?:a|ab)_b\Z)[^/]*_b"),
    ("/!(a)_b/*", r"/(?!a_b/)[^/]*_b/[^/]*"),
    ("/!(a)?", r"/(?!a[^/]\Z)[^/]*[^/]"),
    ("/!(a|b)[ab]", r"/(?!(?:a|b)[ab]\Z)[^/]*[ab]"),
    ("/!(a)/!(b)", r"/(?!a/)[^/]*/(?!b\Z)[^/]*"),
    ("/{a,(b|ab)}/*", r"/(?:a|b|ab)/[^/]*"),
    ("/**/b", r"/(?:.*/)?b"),
)


@pytest.mark.parametrize(("glob", "meant"), MEANT)
def test_the_repair_means_what_was_meant(glob: str, meant: str) -> None:
    """Over many paths the spelled repair matches what a shell's user had in mind."""
    pattern, _ = read_glob(glob)
    assert pattern is not None
    (flaw,) = surprises(pattern, raw=True)
    spelled = re.search(r"`(/[^`]*)`", flaw.help or "")
    assert spelled is not None
    repaired, written, wanted = compile_glob(spelled[1]), compile_glob(glob), re.compile(meant)
    told = [path for path in PATHS + MORE if repaired.match(path) is not None]
    assert told == [path for path in PATHS + MORE if wanted.fullmatch(path)]
    assert told != [path for path in PATHS + MORE if written.match(path) is not None]


def test_a_split_between_two_names_is_found() -> None:
    """Text that either name could take is warned about, and the repair settles it."""
    for text in ("/<a>_<b>", "/<a>-x<b>", "/<a><b>", "/<a>/<b>_<c>"):
        pattern, _ = read_glob(text, names=True)
        assert pattern is not None
        assert [flaw.code for flaw in surprises(pattern)] == ["BC437"]
    for text in ("/<a>_<b:+([!/_])>", "/<a>/<b>", "/<a:??>_<b>", "/<a>_(*)"):
        pattern, _ = read_glob(text, names=True)
        assert pattern is not None
        assert surprises(pattern) == ()


def test_a_name_settled_elsewhere_is_no_split() -> None:
    """A name that a parameter or `names` settles cannot take the text."""
    pattern, _ = read_glob("/<a>_<b>", names=True)
    assert pattern is not None
    assert surprises(pattern, settled={"b"}) == ()


@given(st.one_of(ODD_GLOBS, named(), st.text().map(lambda text: "/" + text)), st.booleans())
def test_looking_for_surprises_is_total(text: str, raw: bool) -> None:
    """Any pattern that reads can be asked, and each answer has a place in it."""
    pattern, _ = read_glob(text, names=not raw)
    if pattern is None:
        return
    for flaw in surprises(pattern, raw=raw):
        assert 0 <= flaw.start <= flaw.end <= len(text)
        assert flaw.help
