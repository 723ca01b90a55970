"""Which image, limits and devices a stage has in an engine."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from engine_runs import DOCUMENT, SPEC, run, spec_of_other, started, stored
from engines import IMAGE, StandIn
from running import NAMESPACES, write

from bcdslc.local.engine.command import Kind

pytestmark = NAMESPACES


def test_limits_and_devices_are_handed_over(engine: StandIn, folder: Path) -> None:
    """Limits of the spec always, devices if `--gpus` says so; a note tells of what is not there."""
    limits = {"memory": "1G", "cpu": 64, "gpu": {"type": "nvidia.com/gpu", "number": 1}}
    spec = {**SPEC, "transform": {"image": IMAGE, "cmd": ["true"]}, "resourceLimits": limits}
    write(folder, {"s.json": json.dumps(spec)})
    without = run(engine, folder, "--spec", "s.json")
    engine.fact("limits", False)
    run_with = ("--gpus", "all", "--reprocess", "p", "--spec", spec_of_other(folder))
    unlimited = run(engine, folder, "--spec", "s.json", *run_with)
    *calls, bare, _ = [" ".join(call) for call in started(engine)]
    devices = "--gpus all" if engine.kind is Kind.DOCKER else "--device nvidia.com/gpu=all"

    assert "note[BC937]: `p` asks for a GPU and runs without" in without.stderr
    assert all("--memory 1000000000 --cpus 2" in call for call in calls[:2])
    assert "BC937" not in unlimited.stderr
    assert "note[BC953]" in unlimited.stderr
    assert devices in calls[-1]
    assert "--memory" not in calls[-1]
    assert devices not in bare


def test_an_image_that_is_not_here_is_said_and_pulled(engine: StandIn, folder: Path) -> None:
    """Before anything runs; with it the run goes on."""
    write(folder, {"p.bc.yaml": DOCUMENT.replace(IMAGE, "lab/other:1")})
    engine.can_pull("lab/other:1")
    done = run(engine, folder)

    assert done.returncode == 0, done.stderr
    assert "not on this machine, so pulled now: lab/other:1" in done.stderr
    assert len(engine.calls("pull")) == 1


def test_an_image_that_cannot_be_had_is_named(engine: StandIn, folder: Path) -> None:
    """The finding stands at the image; nothing was run."""
    write(folder, {"p.bc.yaml": DOCUMENT.replace(IMAGE, "lab/none:1")})
    done = run(engine, folder)

    assert done.returncode == 1
    assert "error[BC951]: the image `lab/none:1` is not on this machine" in done.stderr
    assert "pull access denied" in done.stderr
    assert engine.calls("run") == []


def test_a_stage_without_an_image_gets_a_cluster_s_default(podman: StandIn, folder: Path) -> None:
    """A spec that names none runs in `ubuntu:20.04` there, and so here."""
    podman.can_pull("ubuntu:20.04")
    write(folder, {"s.json": json.dumps({**SPEC, "transform": {"cmd": ["true"]}})})
    done = run(podman, folder, "--spec", "s.json")

    assert done.returncode == 0, done.stderr
    assert "pulled now: ubuntu:20.04" in done.stderr


def test_options_that_mean_nothing_are_refused(podman: StandIn, folder: Path) -> None:
    """A folder for an image with an engine, devices without one."""
    image = run(podman, folder, "p.bc.yaml", "--image", f"{IMAGE}=.")
    gpus = run(podman, folder, "p.bc.yaml", "--runner", "local", "--gpus", "all")

    assert image.returncode == gpus.returncode == 64
    assert "--image" in image.stderr
    assert "--gpus" in gpus.stderr


def test_the_image_is_remembered_and_a_new_one_is_told(podman: StandIn, folder: Path) -> None:
    """`store why` has the digest; another one under the name runs nothing again, and is said."""
    run(podman, folder)
    rows = sqlite3.connect(folder / ".bcdsl/store/store.db").execute("SELECT id FROM datums")
    (id,) = rows.fetchone()
    podman.has(IMAGE, id="9" * 64)
    done = run(podman, folder)

    assert f"image sha256:{'1' * 64}" in stored(folder, "why", id)
    assert done.returncode == 0
    assert "warning[BC936]: the image of `upper` is another one than 2 results were made in" in (
        done.stderr
    )
    assert "0 datums ran" in done.stdout
