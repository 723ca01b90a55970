"""The recorded scenarios and the laws of runs, through engines: the stand-in, and real ones.

Real engines are those of this machine that start a container of `BCDSL_TEST_IMAGE`, an image with
bash and the usual programs, without an entry point, a directory or variables of its own.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from carrying import output, ran, specs_of
from engines import IMAGE, REAL_IMAGE, StandIn, on_path, roads, why_not
from replay import Replay, scenarios
from running import NAMESPACES
from test_scenarios import OWN, folder

from bcdslc.local.engine.command import Kind
from bcdslc.local.engine.roads import EngineRoads
from bcdslc.local.obstacle import Chosen
from bcdslc.local.record import Branch
from bcdslc.local.road import Road
from bcdslc.local.run import Wish, run
from bcdslc.local.settings import Settings, settings_of
from bcdslc.local.spawn import Spawn
from bcdslc.local.store import open_store
from bcdslc.tree.from_mapping import from_mapping

# the recordings that show most of what a container has to do with
SHARED = ("01-", "02-", "17-", "22-", "32-", "34-", "37-", "40-", "65-")
# (engines, scenarios, how it differs, why: docs/local-run.md has these words)
NAMED = (
    (
        ("podman", "docker"),
        r"(18|22)-",
        r"job (nine|shells|sig\d)\b",
        "an engine reports an end by a signal as 128 and its number: such an end is accepted by "
        "-1 and by that code, and its reason says both",
    ),
    (
        ("docker",),
        "34-",
        "job baddir",
        "Docker makes a working directory that the image lacks; there, and with Podman, the datum "
        "fails",
    ),
    (("podman",), "34-", "job baddir.*reason", "the reason names the program as it was written"),
)


class Engine:
    """An engine to run with: its kind, its image, and what to enter first."""

    def __init__(self, kind: Kind, image: str, stand_in: StandIn | None) -> None:
        self.kind, self.image, self.stand_in = kind, image, stand_in

    def differs(self, name: str, what: str) -> bool:
        """Return whether a difference is named above."""
        return any(
            self.kind.value in kinds and re.match(which, name) and re.search(how, what)
            for kinds, which, how, _ in NAMED
        )


class Through(Replay):
    """A replay whose stages run in containers; all specs are taken to name one image."""

    def __init__(self, folder: Path, made: EngineRoads, image: str) -> None:
        super().__init__(folder, None)  # type: ignore[arg-type]  # no program of ours is started
        self.made, self.image_name = made, image

    def road(self, stage: Settings) -> Road:
        """Return the road of the one image."""
        return self.made.of(_with_image(stage, self.image_name))


def _with_image(stage: Settings, image: str) -> Settings:
    return replace(stage, image=image)


def _engine(word: str, tmp_path: Path) -> Engine:
    kind = Kind(word.split()[-1])
    if word.startswith("real"):
        reason = why_not(kind)
        if reason:
            pytest.skip(reason)
        return Engine(kind, REAL_IMAGE, None)
    return Engine(kind, IMAGE, StandIn(tmp_path / "engine", kind))


@pytest.fixture(params=["podman", "docker", "real podman", "real docker"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Return each engine in turn."""
    return _engine(request.param, tmp_path)


@pytest.fixture
def made(engine: Engine, tmp_path: Path) -> Iterator[EngineRoads]:
    """Return the roads of one run, or of several in one store."""
    os.umask(0o022)
    with ExitStack() as stack:
        if engine.stand_in:
            stack.enter_context(on_path(engine.stand_in))
        store = open_store(tmp_path / "store")
        found = roads(engine.kind, tmp_path / "store", store.tools)
        assert list(found.get_ready(_chosen(engine.image))) == []
        stack.callback(found.close)
        yield found
        store.ledger.close()


def _chosen(image: str) -> list[Chosen]:
    value = {"pipeline": {"name": "p"}, "transform": {"cmd": ["true"], "image": image}}
    return [Chosen(spec=spec, stage=settings_of(spec)) for spec in specs_of(value)]


PATHS = [
    *scenarios(OWN),
    *(path for path in scenarios(folder()) if path.name.startswith(SHARED)),
]
# the stand-in is one of both kinds in turn: each scenario takes seconds
TURNS = [
    pytest.param(word, path, id=f"{word}-{path.stem}")
    for number, path in enumerate(PATHS)
    for word in (("podman", "docker")[number % 2], "real podman", "real docker")
]


@NAMESPACES
@pytest.mark.parametrize(("engine", "path"), TURNS, indirect=["engine"])
def test_a_scenario_goes_as_on_real_workers(
    path: Path, engine: Engine, made: EngineRoads, tmp_path: Path
) -> None:
    """In containers as well: what is recorded, less what is named here and for any run."""
    replay = Through(tmp_path, made, engine.image)
    found = replay.play(json.loads(path.read_text()))
    unnamed = [d for d in found if d.reason is None and not engine.differs(path.name, str(d))]

    assert [str(d) for d in unnamed] == []


@pytest.mark.parametrize("reason", [reason for *_, reason in NAMED])
def test_a_named_difference_is_documented(reason: str, root: Path) -> None:
    """The page on local runs has every difference that is named here, in these words."""
    page = " ".join((root / "docs" / "local-run.md").read_text(encoding="utf-8").split())

    assert f"* {reason[0].upper()}{reason[1:]}." in page


COPY = {
    "pipeline": {"name": "p"},
    "transform": {"cmd": ["sh", "-c", "cat /pfs/a/* > /pfs/out/$(ls /pfs/a)"]},
    "input": {"pfs": {"repo": "a", "glob": "/*"}},
}


@NAMESPACES
def test_an_engine_and_this_machine_give_the_same(
    engine: Engine, made: EngineRoads, tmp_path: Path
) -> None:
    """The same outputs; after a change the same datums run; what one did the other skips."""
    before = {"/x": "one", "/y": "two", "/z": "three"}
    after = {"/x": "one", "/y": "new", "/w": "four"}
    named = {**COPY, "transform": {**COPY["transform"], "image": engine.image}}  # type: ignore[dict-item]

    def carried(files: dict[str, str], road_of: Any, jobs: int) -> list[str]:
        store = open_store(tmp_path / "store")
        wish = Wish(
            specs=specs_of(named),
            data={Branch("default", "a", "master"): from_mapping(files)},
            road_of=road_of,
            jobs=jobs,
        )
        result = run(store, wish, lambda _: None, lambda _: lambda *_: None)
        store.ledger.close()
        return sorted(ran(result).get("p", []))

    first = carried(before, made.of, 2)
    again = carried(before, made.of, 2)
    changed = carried(after, made.of, 1)
    with Spawn() as spawn:
        here = Replay(tmp_path / "other", spawn)
        natively = carried(after, here.road, 1)
        here.store.ledger.close()

    assert len(first) == 3
    assert again == natively == []
    assert len(changed) == 2
    assert output(tmp_path / "store", "p") == {k: v.encode() for k, v in after.items()}
