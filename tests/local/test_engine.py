"""Programs in their images, run through an engine: the stand-in, as Podman and as Docker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine_runs import SPEC, job, reasons, run, spec_of_other, started, stored
from engines import IMAGE, StandIn
from running import NAMESPACES, write

from bcdslc.local.engine.command import Kind

pytestmark = NAMESPACES


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
    unknown = run(engine, folder, "--spec", spec_of_other(folder, user="ghost"))

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
