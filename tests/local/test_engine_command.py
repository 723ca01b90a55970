"""The command lines that engines are given, whole, and what their words are taken for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bcdslc.local.engine import command
from bcdslc.local.engine.call import said
from bcdslc.local.engine.command import Container, Kind, Limits, Mount
from bcdslc.local.engine.how_ended import by_code, no_program, refused, start_of
from bcdslc.local.spawn import Ended

CONTAINER = Container(
    name="bcdsl-1",
    store="00ff",
    image="sha256:1234",
    argv=("sh", "-c", "echo $HOME"),
    mounts=(
        Mount(source="/s/pfs", target="/pfs"),
        Mount(source="/s/tools", target="/pach-bin", read_only=True),
    ),
    env={"A": "1=2", "EMPTY": "", "LINES": "a\nb"},
    workdir="/work",
    user=(1000, 50),
    limits=Limits(memory=1 << 30, cpus=1.5, gpus="all"),
    stdin=True,
)
BEFORE = [
    *("run", "--name", "bcdsl-1", "--label", "bcdsl.store=00ff", "--pull", "never"),
    *("--log-driver", "none", "--security-opt", "label=disable", "--init", "--interactive"),
    *("--memory", "1073741824", "--cpus", "1.5"),
]
AFTER = [
    *("--mount", "type=bind,source=/s/pfs,target=/pfs"),
    *("--mount", "type=bind,source=/s/tools,target=/pach-bin,readonly"),
    *("--user", "1000:50", "--workdir", "/work"),
]
END = [
    *("--env", "A=1=2", "--env", "EMPTY=", "--env", "LINES=a\nb"),
    *("--entrypoint", "sh", "sha256:1234", "-c", "echo $HOME"),
]


@pytest.mark.parametrize(
    ("kind", "devices"),
    [
        (Kind.PODMAN, ["--device", "nvidia.com/gpu=all"]),
        (Kind.DOCKER, ["--gpus", "all"]),
    ],
)
def test_a_container_is_run_by_these_words(kind: Kind, devices: list[str]) -> None:
    """All that a program may have shows in the command; the engines differ in devices only."""
    assert command.run(kind, CONTAINER) == [*BEFORE, *devices, *AFTER, *END]


def test_what_a_stage_does_not_say_is_left_to_the_engine() -> None:
    """Without limits, user, directory or standard input there is no word of them."""
    bare = Container(name="n", store="s", image="i", argv=("true",), mounts=(), env={}, init=False)

    assert command.create(Kind.DOCKER, bare) == [
        *("create", "--name", "n", "--label", "bcdsl.store=s", "--pull", "never"),
        *("--log-driver", "none", "--security-opt", "label=disable"),
        *("--entrypoint", "true", "i"),
    ]


def test_a_folder_with_a_comma_is_mounted() -> None:
    """`--mount` would read a second setting in it."""
    mounts = (Mount(source="/a,b", target="/pfs"), Mount(source="/c,", target="/t", read_only=True))
    words = command.run(Kind.PODMAN, replace(CONTAINER, mounts=mounts))

    assert [words[n + 1] for n, word in enumerate(words) if word == "--volume"] == [
        "/a,b:/pfs",
        "/c,:/t:ro",
    ]


def test_a_limit_is_one_that_engines_take() -> None:
    """Docker refuses less than six megabytes, a cluster does not."""
    words = command.run(Kind.DOCKER, replace(CONTAINER, limits=Limits(memory=1000)))

    assert words[words.index("--memory") + 1] == str(6 << 20)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (command.kill("n"), "kill --signal KILL n"),
        (command.remove(["a", "b"]), "rm --force --volumes a b"),
        (command.inspect("n"), "inspect --type container --format {{json .State}} n"),
        (command.left("00ff"), "ps --all --quiet --filter label=bcdsl.store=00ff"),
        (command.copy_out("n", "/etc/passwd"), "cp n:/etc/passwd -"),
        (command.image("lab/tools:3"), "image inspect lab/tools:3"),
        (command.pull("lab/tools:3"), "pull lab/tools:3"),
        (command.info(), "info --format {{json .}}"),
    ],
)
def test_the_other_questions_are_these(words: list[str], wanted: str) -> None:
    """Podman and Docker take the same words."""
    assert " ".join(words) == wanted


RUNC = "failed to create shim task: OCI runtime create failed: runc create failed: unable to start "
NOT_FOUND = 'exec: "nosuch": executable file not found in $PATH'


@pytest.mark.parametrize(
    ("argv0", "words", "reason"),
    [  # as docker 20.10 with runc 1.1 and podman 4.3 with crun 1.8 say it
        ("nosuch", f'{RUNC}container process: exec: "nosuch": executable file not found in $PATH: '
         "unknown", NOT_FOUND),
        ("/etc/passwd", f'{RUNC}container process: exec: "/etc/passwd": permission denied: unknown',
         "fork/exec /etc/passwd: permission denied"),
        ("nosuch", "crun: executable file `nosuch` not found in $PATH: No such file or directory: "
         "OCI runtime attempted to invoke a command that was not found", NOT_FOUND),
        ("/etc/passwd", "crun: open executable: Permission denied: OCI permission denied",
         "fork/exec /etc/passwd: permission denied"),
        ("true", 'workdir "/nowhere" does not exist on container 73aa',
         "fork/exec true: no such file or directory"),
        ("true", "crun: setrlimit `RLIMIT_NOFILE`: Operation not permitted: OCI permission denied",
         None),
        ("true", "error waiting for container: unexpected EOF", None),
        ("true", "statfs /s/pfs: no such file or directory", None),
    ],
)  # fmt: skip
def test_an_engine_s_own_failure_is_not_the_program_s(
    argv0: str, words: str, reason: str | None
) -> None:
    """Only what names the program or its directory fails the datum, in a worker's words."""
    ended = refused(argv0, words)

    assert (ended and ended.reason) == reason


@pytest.mark.parametrize(
    ("argv0", "printed", "reason"),
    [
        ("nosuch", "[FATAL tini (7)] exec nosuch failed: No such file or directory\n", NOT_FOUND),
        ("nosuch", "ERROR (catatonit:2): failed to exec pid1: No such file or directory\n",
         NOT_FOUND),
        ("/x", "ERROR (catatonit:2): failed to exec pid1: Permission denied\n",
         "fork/exec /x: permission denied"),
        ("sh", "hello\n[FATAL tini (7)] exec nosuch failed: No such file or directory\n", None),
        ("sh", "sh: 1: nosuch: not found\n", None),
    ],
)  # fmt: skip
def test_a_program_that_is_not_there_is_told_by_the_first_process(
    argv0: str, printed: str, reason: str | None
) -> None:
    """Only where its line is all that was printed; a program may print such a line, too."""
    ended = no_program(argv0, printed)

    assert (ended and ended.reason) == reason


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-01T00:01:00.250000001Z", 60.250000001),
        ("1970-01-01T02:01:00+02:00", 60),
        ("0001-01-01T00:00:00Z", None),
        ("", None),
    ],
)
def test_when_a_program_was_started_is_read(text: str, seconds: float | None) -> None:
    """With nanoseconds and zones as engines write them; year 1 is never."""
    assert start_of({"StartedAt": text}) == seconds


def test_a_code_above_128_may_be_a_signal() -> None:
    """The reason names both; a program that we ended was killed."""
    assert by_code(137, killed=False).reason == "exit status 137, or signal: killed"
    assert by_code(137, killed=True) == Ended(status=-9)
    assert by_code(3, killed=False).reason == "exit status 3"
    assert by_code(128, killed=False).reason == "exit status 128"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("docker: Error response from daemon: No such image: a.\n\nRun 'docker run --help' for "
         "more information\n", "No such image: a"),
        ("Error: unknown flag: --x\nSee 'podman run --help'\n", "unknown flag: --x"),
        ('time="2026" level=warning msg="x"\nError: crun: broken\n', "crun: broken"),
        ("", "it says nothing"),
    ],
)  # fmt: skip
def test_of_what_an_engine_says_the_point_is_kept(text: str, line: str) -> None:
    """One line without the engine's name and its advice."""
    assert said(text) == line
