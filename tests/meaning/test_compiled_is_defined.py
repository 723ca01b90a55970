"""The law that everything rests on: a compiled stage has the datums that its text means."""

from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

from meaning.realistic import layouts
from meaning.worlds import MOST, compiled, data_of, datums, defined, rows_bound, stages_of
from programs import REPOS, documents, paths, text_of

DATA = st.fixed_dictionaries({repo: paths() for repo in REPOS})


def hold(text, data):
    """Check one document on one set of files; says how many stages were compared."""
    found = compiled(text)
    if found.dag is None or not found.specs:
        return 0
    compared = 0
    for stage, spec in stages_of(found):
        if rows_bound(stage.inputs, data) > 20 * MOST:
            continue
        fast = datums(spec, data)
        if fast is not None:
            assert fast == defined(stage.inputs, data), (text, stage.name.value)
            compared += 1
    return compared


@given(documents(stage_count=2), DATA)
def test_odd_documents(document, repos):
    """Any document that compiles, on any files."""
    compared = hold(text_of(document), data_of(repos))

    event(f"stages compared: {compared}")


@given(layouts())
def test_realistic_documents(layout):
    """Exams and views, sensors and days, dated folders, with files missing and misspelt."""
    text, repos = layout
    compared = hold(text, data_of(repos))

    event(f"stages compared: {compared}")
