"""Laws of lowering that hold for every document."""

from __future__ import annotations

from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from bcdsl.diagnostic import Severity
from bcdslc.datum.datums import datums
from bcdslc.emit import specs_text
from bcdslc.source_map import source_map_text
from bcdslc.spec.decode import decode
from bcdslc.spec.tree import tree_of
from bcdslc.spec.write import to_json
from bcdslc.tree.from_mapping import from_mapping
from compiling import codes, compiled, errors, input_of
from programs import REPOS, documents, keyed_documents, paths, reordered, text_of

SEEDS = st.integers(0, 2**32)


@given(documents(), SEEDS)
def test_order_is_stable(document, seed):
    """Another order of repos, stages and inputs gives the same bytes, or the same refusal."""
    found, other = compiled(document), compiled(reordered(document, Random(seed)))

    assert specs_text(other.specs) == specs_text(found.specs)
    assert bool(errors(other.problems)) == bool(errors(found.problems))
    assert {code for code in codes(other) if code >= "BC450"} == {
        code for code in codes(found) if code >= "BC450"
    }


def test_operators_with_like_first_leaves_have_an_order():
    """Combined alternatives that begin alike are ordered by what else they hold."""
    ways = ('{cross: {D: "a:/*", E: "b:/*"}}', '{cross: {D: "a:/*", F: "c:/*"}}')
    one, other = (input_of(f"from: {{union: [{', '.join(each)}]}}") for each in (ways, ways[::-1]))

    assert one == other


@given(documents())
def test_total(document):
    """Every document gives specs or an error, and a place for every problem."""
    found = compiled(document)

    assert bool(found.specs) != any(
        problem.severity is Severity.ERROR for problem in found.problems
    )
    assert all(problem.span is not None for problem in found.problems)


@given(documents())
def test_specs_are_what_the_server_reads(document):
    """An emitted spec reads back as itself, and no rule says that the server refuses it."""
    found = compiled(document)
    for spec in found.specs:
        value = to_json(spec.request)
        decoded, problems = decode(value)
        assert not problems
        assert decoded is not None
        assert decoded.request == spec.request
    assert not [problem for problem in found.problems if "BC600" <= problem.code <= "BC649"]


@given(documents())
def test_every_field_has_a_place(document):
    """The source map points every emitted field at a place inside the document."""
    found = compiled(document)
    assume(found.specs)
    lines = text_of(document).count("\n") + 1
    for spec in found.specs:
        assert spec.at("pipeline", "name") is not None
        for path, span in spec.origins.places.items():
            line, column = span.source.position(span.start)
            assert 1 <= line <= lines, path
            assert column >= 1
    assert source_map_text(found.specs)


def datum_sets(found, files):
    """Return the datums of each spec as sets of entries, by Pachyderm's rules."""
    trees = {repo: from_mapping(held) for repo, held in files.items()}
    return {
        spec.name: {
            frozenset((entry.source.name, entry.path) for entry in datum.entries)
            for datum in datums(tree_of(spec.request.input), lambda leaf: trees[leaf.repo])
        }
        for spec in found.specs
    }


@given(
    st.one_of(documents(crons=False, stage_count=1), keyed_documents()),
    st.fixed_dictionaries({repo: paths() for repo in REPOS}),
)
def test_a_fixed_name_is_a_narrowed_name(document, files):
    """Filling a parameter gives the datums of the same program with the name narrowed to it."""
    text = document["params"]["s"]
    narrowed = {key: value for key, value in document.items() if key != "params"}
    if "<s>" in text_of(document["stages"]):
        narrowed["names"] = {**document.get("names", {}), "s": text}
    found, other = compiled(document), compiled(narrowed)
    assume(found.specs and other.specs)

    assert datum_sets(found, files) == datum_sets(other, files)


@given(documents(crons=False))
def test_fixed_names_have_no_bracket(document):
    """A filled parameter stands as text in globs: no name and no bracket is left of it."""
    found = compiled(document)
    assume(found.specs and "!(a)" not in text_of(document))
    value = document["params"]["s"]
    for spec in found.specs:
        emitted = str(to_json(spec.request)["input"])
        assert "<s>" not in emitted
        assert f"({value})" not in emitted
