"""A datum as JSON: what `--json` writes of it."""

from __future__ import annotations

import json

from bcdslc.datum.arrange import arrange
from bcdslc.datum.listing import identified
from bcdslc.datum.naming import Naming
from bcdslc.datum.prepare import prepare
from bcdslc.input_tree import Cron, Cross, Group
from bcdslc.tree.digest import ONE_PIECE
from bcdslc.tree.from_mapping import from_mapping
from bcdslc.view.datum_json import DatumWriter, Wanted
from datum.trees import leaf


class TwoViews(Naming):
    """Knows the name of the path's last part."""

    def bound(self, entry):
        """Return the view."""
        return {"view": entry.path[-1]}


def test_a_datum_in_json():
    """A name of several texts is a list, a hash that only the server knows is null."""
    files = from_mapping({'/e"1-a': "x", "/e2-b": "y" * ONE_PIECE})
    whole = prepare(Group(parts=(leaf("A", "/*", ""),)), {(None, "A", "master"): files})
    ((name, datum),) = identified(whole.node)

    written = DatumWriter(TwoViews(None), Wanted(hashes=True)).text(name, datum)

    found = json.loads(written)
    assert (found["id"], sorted(found["names"]["view"]), found["hash"]) == (
        name.hex(),
        ["a", "b"],
        None,
    )
    sizes = {each["path"]: (each["size"], each["hash"] is None) for each in found["files"]}
    assert sizes == {'/e"1-a': (1, False), "/e2-b": (ONE_PIECE, True)}


def test_a_folder_with_a_large_file_has_no_known_hash():
    """What one file leaves unknown, the folders around it do."""
    files = from_mapping({"/d/small": "x", "/d/large": "y" * ONE_PIECE})

    assert not files.digest("/d/").servers
    assert not files.digest("/").servers


def test_a_clock_is_sorted_as_if_it_had_no_name():
    """The server looks at no cron's name when it sorts: it stands before named inputs."""
    clock = Cron(name="z", spec="@never")

    assert isinstance(arrange(Cross(parts=(leaf("A"), clock))).parts[0], Cron)
