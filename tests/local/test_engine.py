"""Whole runs through an engine: the stand-in, as Podman and as Docker."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engines import IMAGE, StandIn
from running import NAMESPACES, write

from bcdslc.local.engine.command import Kind

pytestmark = NAMESPACES
DOCUMENT = """\
repos: [words]
defaults: {image: "lab/tools:3"}
stages:
  upper:
    from: words:/<name>
    script: tr a-z A-Z < "$words" > /pfs/out/$(basename "$words")
  both:
    from: {u: upper:/<name>, w: words:/<name>}
    script: cat "$u" "$w" > /pfs/out/$(basename "$u")
"""
SPEC = {"pipeline": {"name": "p"}, "input": {"pfs": {"repo": "words", "glob": "/*"}}}
Program = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(params=list(Kind), ids=lambda kind: kind.value)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> StandIn:
    """Return a stand-in for each kind of engine."""
    kind: Kind = request.param
    return StandIn(tmp_path / "engine", kind)


@pytest.fixture
def podman(tmp_path: Path) -> StandIn:
    """Return one stand-in, where the kinds do not differ."""
    return StandIn(tmp_path / "engine", Kind.PODMAN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document of two stages and two words."""
    write(tmp_path, {"p.bc.yaml": DOCUMENT})
    write(tmp_path / "words", {"a": "ant\n", "b": "bee\n"})
    return tmp_path


def words(engine: StandIn, *more: str) -> list[str]:
    """Return the command line of a run."""
    start = [sys.executable, "-m", "bcdslc.cli", "run", "--runner", engine.kind.value]
    return [*start, "-d", "words=words", "-j", "1", *more]


def run(engine: StandIn, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the document, or what else is asked for."""
    return subprocess.run(
        words(engine, *(more or ("p.bc.yaml",))),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**engine.environment, "NO_COLOR": "1"},
        timeout=60,
    )


def job(engine: StandIn, folder: Path, transform: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Run one spec and return its job."""
    spec = {**SPEC, "transform": {"image": IMAGE, **transform}, "datumTries": 1, **more}
    write(folder, {"s.json": json.dumps(spec)})
    done = run(engine, folder, "--spec", "s.json", "--json")
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["stages"][0]["job"]
    return found


def reasons(job: dict[str, Any]) -> list[str]:
    """Return why its datums failed."""
    return [datum["reason"] for datum in job["datums"]]


def started(engine: StandIn) -> list[list[str]]:
    """Return how programs were started; `/-` is how a first process is tried."""
    return [call for call in engine.calls("run") if "/-" not in call]


def stored(folder: Path, *of: str) -> str:
    """Return what `bcdsl store` says."""
    done = subprocess.run(
        [sys.executable, "-m", "bcdslc.cli", "store", *of],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8", "replace")


def test_stages_run_in_their_images(engine: StandIn, folder: Path) -> None:
    """Results are those of any run; a second run starts nothing; no container stays."""
    first, second = run(engine, folder), run(engine, folder)

    assert first.returncode == second.returncode == 0, first.stderr
    assert stored(folder, "cat", "both:/a") == "ANT\nant\n"
    assert len(started(engine)) == 4
    assert engine.containers() == []


def test_a_container_sees_what_a_worker_s_program_sees(podman: StandIn, folder: Path) -> None:
    """Its own /pfs and a /tmp that lasts, the tools, the image's variables, PATH and directory."""
    podman.has(IMAGE, Env=["PATH=/usr/bin:/bin", "MODE=small"], WorkingDir="/usr/share")
    script = (
        'own=$(ls /tmp | grep -c "^[0-9a-f]*$"); '
        'echo "$(pwd) $MODE $PATH $words $(cat "$words") $own" > /pfs/out/${words##*/}; '
        "echo > /tmp/$PACH_DATUM_ID; "
        "grep -c ^MODE=small$ /pfs/.env >> /pfs/out/${words##*/}"
    )
    assert job(podman, folder, {"cmd": ["sh", "-c", script]})["failed"] == 0

    shown = sorted(stored(folder, "cat", f"p:/{name}") for name in "ab")
    start = "/usr/share small /usr/bin:/bin:/pach-bin /pfs/words"
    assert shown == [f"{start}/a ant 0\n1\n", f"{start}/b bee 1\n1\n"]


ENDS = (
    (["sh", "-c", "exit 125"], "exit status 125"),
    (["sh", "-c", "exit 126"], "exit status 126"),
    (["sh", "-c", "exit 127"], "exit status 127"),
    (["sh", "-c", "kill -9 $$"], "exit status 137, or signal: killed"),
    (["no-such-program"], 'exec: "no-such-program": executable file not found in $PATH'),
    (["/etc/passwd"], "fork/exec /etc/passwd: permission denied"),
    (["/no/such"], "fork/exec /no/such: no such file or directory"),
)


@pytest.mark.parametrize(
    ("kind", "init"), [(Kind.PODMAN, True), (Kind.PODMAN, False), (Kind.DOCKER, True)]
)
def test_a_program_s_end_is_its_own(kind: Kind, init: bool, folder: Path) -> None:
    """Codes that engines use themselves fail the datum with that code, as a worker has it."""
    engine = StandIn(folder / "engine", kind)
    engine.fact("init", init)
    (folder / "words/b").unlink()
    for number, (cmd, _) in enumerate(ENDS):
        transform = {"image": IMAGE, "cmd": cmd}
        spec = {**SPEC, "pipeline": {"name": f"p{number}"}, "transform": transform, "datumTries": 1}
        write(folder, {f"specs/{number}.json": json.dumps(spec)})
    specs = [word for n in range(len(ENDS)) for word in ("--spec", f"specs/{n}.json")]
    done = run(engine, folder, *specs, "--json", "--keep-going")
    stages = json.loads(done.stdout)["stages"]
    found = {stage["name"]: reasons(stage["job"]) for stage in stages}

    assert found == {f"p{n}": [reason] for n, (_, reason) in enumerate(ENDS)}


@pytest.mark.parametrize("accepted", [[-1], [143]])
def test_an_end_by_a_signal_may_be_accepted_either_way(
    podman: StandIn, folder: Path, accepted: list[int]
) -> None:
    """An engine tells 128 + 15 for a signal and for an exit with that code."""
    transform = {"cmd": ["sh", "-c", "kill $$"], "acceptReturnCode": accepted}

    assert job(podman, folder, {**transform, "acceptReturnCode": [15]})["failed"] == 2
    assert job(podman, folder, transform)["failed"] == 0


def test_a_program_that_takes_too_long_is_ended_with_its_container(
    engine: StandIn, folder: Path
) -> None:
    """`datum_timeout` ends it, its children too, and the next attempt is another container."""
    found = job(
        engine,
        folder,
        {"cmd": ["sh", "-c", "sleep 60 & sleep 60; true"]},
        datumTimeout="0.7s",
        datumTries=2,
    )

    assert reasons(found) == ["signal: killed"] * 2
    assert len(started(engine)) == 4
    assert engine.containers() == []


def test_the_start_of_a_container_is_not_the_program_s_time(podman: StandIn, folder: Path) -> None:
    """An engine that takes longer than `datum_timeout` to start fails no datum for that."""
    podman.fact("slow", 1.5)
    found = job(podman, folder, {"cmd": ["sleep", "0.2"]}, datumTimeout="1s")

    assert found["failed"] == 0, reasons(found)


def test_err_cmd_runs_in_the_image_and_sees_the_attempt(engine: StandIn, folder: Path) -> None:
    """It has the same /pfs; its success recovers the datum."""
    transform = {
        "cmd": ["sh", "-c", "echo left > /pfs/out/x; exit 3"],
        "errCmd": ["sh", "-c", "grep left /pfs/out/x"],
    }

    assert job(engine, folder, transform)["recovered"] == 2


def test_input_lines_and_what_is_printed_go_through(podman: StandIn, folder: Path) -> None:
    """Standard input arrives whole; three megabytes and odd bytes are in the log as printed."""
    lines = ["printf '\\377\\376 hi\\n'", "head -c 3000000 /dev/zero | tr '\\0' x", "exit 4"]
    transform = {"cmd": ["sh"], "stdin": lines}
    found = job(podman, folder, transform)
    name = found["datums"][0]["id"]
    log = subprocess.run(
        [sys.executable, "-m", "bcdslc.cli", "store", "log", name],
        cwd=folder,
        capture_output=True,
        check=True,
    ).stdout

    assert reasons(found) == ["exit status 4"] * 2
    assert log.startswith(b"\xff\xfe hi\nxxx")
    assert len(log) == 3_000_006


def test_lazy_files_and_links_are_as_on_a_cluster(engine: StandIn, folder: Path) -> None:
    """A lazy file is a pipe; links to it, to /tmp and to the container's files are followed."""
    script = (
        "test -p $words && ln -s $words /pfs/out/lazy-${words##*/}; "
        "echo mine > /tmp/x; ln -s /tmp/x /pfs/out/tmp-${words##*/}; "
        "ln -s /etc/passwd /pfs/out/image-${words##*/}"
    )
    write(folder / "engine/state", {"passwd": "root:x:0:0:of the image\n"})
    input = {"pfs": {"repo": "words", "glob": "/*", "lazy": True}}
    found = job(engine, folder, {"cmd": ["sh", "-c", script]}, input=input)

    assert found["failed"] == 0
    assert stored(folder, "cat", "p:/lazy-a") == "ant\n"
    assert stored(folder, "cat", "p:/tmp-a") == "mine\n"
    assert stored(folder, "cat", "p:/image-b") == "root:x:0:0:of the image\n"
    assert engine.containers() == []


def test_a_batch_asks_for_its_datums_from_within(engine: StandIn, folder: Path) -> None:
    """`pachctl next datum` is on the PATH of the container, and `--error` fails one datum."""
    script = (
        "pachctl next datum; . /pfs/.env; cp $words /pfs/out/; "
        "pachctl next datum --error 'not this one'; sleep 60"
    )
    found = job(
        engine,
        folder,
        {"cmd": ["sh", "-c", script], "datumBatching": True},
        datumSetSpec={"number": 2},
        jobTimeout="5s",
    )

    assert "not this one" in "".join(reasons(found))
    assert len(started(engine)) == 2
    assert engine.containers() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
def test_a_user_is_one_of_the_image(engine: StandIn, folder: Path) -> None:
    """The spec's user is looked up in the image, owns what is laid out, and HOME stays root's."""
    write(folder / "engine/state", {"passwd": "root:x:0:0::/:/bin/sh\nlab:x:4242:77::/home:/x\n"})
    script = 'echo "$(id -u):$(id -g) $HOME $(stat -c %u:%g "$words")" > "/pfs/out/${words##*/}"'
    known = job(engine, folder, {"cmd": ["sh", "-c", script], "user": "lab"})
    unknown = run(engine, folder, "--spec", _other(folder, user="ghost"))

    assert known["failed"] == 0, known
    assert stored(folder, "cat", "p:/a") == "4242:77 /root 4242:77\n"
    assert "BC938" in unknown.stderr
    assert "no user `ghost` in the image" in unknown.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
def test_what_another_user_wrote_is_ours_in_the_end(engine: StandIn, folder: Path) -> None:
    """Where we are not its root, the image's `chown` gives inputs away and takes all back."""
    engine.fact("rootless", True)
    write(folder / "engine/state", {"passwd": "root:x:0:0::/:/bin/sh\nlab:x:4242:77::/home:/x\n"})
    script = 'umask 77; cp "$words" /tmp/; mkdir /pfs/out/d; cp "$words" /pfs/out/d/'
    found = job(engine, folder, {"cmd": ["sh", "-c", script], "user": "lab"})
    owners = {path.lstat().st_uid for path in (folder / ".bcdsl").rglob("*")}
    given = [call[call.index("-hR") :] for call in started(engine) if "-hR" in call]

    assert found["failed"] == 0, found
    assert stored(folder, "cat", "p:/d/a") == "ant\n"
    assert len([*(folder / ".bcdsl").rglob("tmp/a")]) == 1
    assert owners == {0}
    assert given[0] == ["-hR", "4242:77", "/pfs", "/tmp"]
    assert given[-1] == ["-hR", "0:0", "/tmp"]


def _other(folder: Path, **transform: str) -> str:
    spec = {**SPEC, "transform": {"image": IMAGE, "cmd": ["true"], **transform}}
    write(folder, {"o.json": json.dumps({**spec, "pipeline": {"name": "o"}})})
    return "o.json"


def test_limits_and_devices_are_handed_over(engine: StandIn, folder: Path) -> None:
    """Limits of the spec always, devices if `--gpus` says so; a note tells of what is not there."""
    limits = {"memory": "1G", "cpu": 64, "gpu": {"type": "nvidia.com/gpu", "number": 1}}
    spec = {**SPEC, "transform": {"image": IMAGE, "cmd": ["true"]}, "resourceLimits": limits}
    write(folder, {"s.json": json.dumps(spec)})
    without = run(engine, folder, "--spec", "s.json")
    engine.fact("limits", False)
    run_with = ("--gpus", "all", "--reprocess", "p", "--spec", _other(folder))
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


def test_an_engine_that_is_not_there_is_told(folder: Path) -> None:
    """With what to do instead."""
    command = [sys.executable, "-m", "bcdslc.cli", "run", "p.bc.yaml", "--runner", "docker"]
    done = subprocess.run(
        [*command, "-d", "words=words"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": "/nowhere", "NO_COLOR": "1"},
    )

    assert done.returncode == 1
    assert "error[BC950]: there is no program `docker` on this machine" in done.stderr
    assert "--runner podman" in done.stderr


def test_an_engine_without_its_daemon_is_told(engine: StandIn, folder: Path) -> None:
    """With the engine's own words."""
    engine.fails("info", "Cannot connect to the daemon")
    done = run(engine, folder)

    assert done.returncode == 1
    assert f"error[BC950]: `{engine.kind.value}` cannot be used here: Cannot connect" in done.stderr


@pytest.mark.parametrize("when", ["run", "start"])
def test_an_engine_that_fails_in_the_middle_blames_no_datum(
    engine: StandIn, folder: Path, when: str
) -> None:
    """The run ends with its words; the next one goes on, as if it had only been cut short.

    `run`: there is no container; `start`: there is one that was never started.
    """
    engine.fails(when, "setrlimit `RLIMIT_NOFILE`: Operation not permitted")
    done = run(engine, folder)
    engine.works()
    again = run(engine, folder)

    assert done.returncode == 1
    assert f"error[BC952]: `{engine.kind.value}` could not carry on: setrlimit" in done.stderr
    assert "BC935" not in done.stderr
    assert again.returncode == 0, again.stderr
    assert stored(folder, "cat", "both:/b") == "BEE\nbee\n"


def test_an_engine_that_dies_in_the_middle_blames_no_datum(engine: StandIn, folder: Path) -> None:
    """Its own program is killed while a container runs: the run ends, and no container stays."""
    spec = {**SPEC, "transform": {"image": IMAGE, "cmd": ["sh", "-c", "kill -9 $PPID; sleep 60"]}}
    write(folder, {"s.json": json.dumps(spec)})
    done = run(engine, folder, "--spec", "s.json")

    assert done.returncode == 1
    assert "could not carry on: its own program was ended by signal 9" in done.stderr
    assert "BC935" not in done.stderr
    assert engine.containers() == []
    assert _running(engine) == []


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


def _here(folder: Path) -> str:
    """Write a spec that needs no image."""
    write(folder, {"h.json": json.dumps({**SPEC, "transform": {"cmd": ["true"]}})})
    return "h.json"


def _slow(folder: Path) -> None:
    """Let each datum say that it began and then take long."""
    script = 'script: echo on > "/pfs/out/on"; sleep 60; tr'
    write(folder, {"p.bc.yaml": DOCUMENT.replace("script: tr", script)})


def _running(engine: StandIn) -> list[int]:
    """Return the processes of containers that run."""
    found = []
    for place in (engine.state / "containers").glob("*.json"):
        held = json.loads(place.read_text())
        if held["state"]["Running"] and Path(f"/proc/{held['pid']}").exists():
            found.append(held["pid"])
    return found


def _begun(engine: StandIn, folder: Path) -> subprocess.Popen[str]:
    """Start a slow run and wait for its first container."""
    process = subprocess.Popen(
        words(engine, "p.bc.yaml"),
        cwd=folder,
        env=dict(engine.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(200):
        if _running(engine):
            return process
        time.sleep(0.05)
    process.kill()
    raise AssertionError(process.communicate()[1])


def test_ctrl_c_ends_the_containers(engine: StandIn, folder: Path) -> None:
    """None runs on, and none is left."""
    _slow(folder)
    process = _begun(engine, folder)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)

    assert process.returncode != 0
    assert _running(engine) == []
    assert engine.containers() == []


@pytest.mark.parametrize("runner", ["the same", "local"])
def test_what_a_killed_run_left_is_ended_by_the_next(
    engine: StandIn, folder: Path, runner: str
) -> None:
    """Its container still runs; the next run ends it first, with an engine or without."""
    _slow(folder)
    process = _begun(engine, folder)
    process.kill()
    process.communicate()
    left = _running(engine)
    foreign = {"label": "bcdsl.store=another", "state": {"Running": False}, "pid": 0}
    write(engine.state / "containers", {"other.json": json.dumps(foreign)})
    write(folder, {"p.bc.yaml": DOCUMENT})
    more = ("--runner", "local", "--spec", _here(folder)) if runner == "local" else ("p.bc.yaml",)
    done = run(engine, folder, *more)

    assert len(left) == 1
    assert done.returncode == 0, done.stderr
    assert not [pid for pid in left if Path(f"/proc/{pid}/exe").exists()]
    assert engine.containers() == ["other"]
