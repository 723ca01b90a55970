"""The program itself: exit codes, usage, interruptions, pipes and disks; never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from bcdslc.cli import commands
from bcdslc.cli.main import run

PROGRAM = [sys.executable, "-m", "bcdslc.cli"]


def bcdsl(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the program as users do."""
    options: dict = {"capture_output": True, "text": True, "timeout": 60, **more}
    return subprocess.run([*PROGRAM, *arguments], check=False, **options)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch):
    """Return a function that adds a command `probe` which does what it is given."""

    def add(action) -> None:
        module = types.ModuleType("probe_command")

        def command() -> int:
            """Probe."""
            return action()

        module.command = command
        monkeypatch.setitem(sys.modules, "probe_command", module)
        monkeypatch.setitem(commands.COMMANDS, "probe", ("probe_command", "Probe."))

    return add


def test_version_and_help() -> None:
    """Both are answered with 0; `-h` is `--help`."""
    from bcdsl.version import VERSION

    for arguments in (["--version"], ["-V"], ["--version", "check"]):
        told = bcdsl(*arguments)
        assert (told.returncode, told.stdout) == (0, f"bcdsl {VERSION}\n")
    assert bcdsl("-h").stdout == bcdsl("--help").stdout
    for name in commands.COMMANDS:
        assert f"\n  {name} " in bcdsl("--help").stdout


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`COMMAND --help` works for each, and says what the command does."""
    assert run([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"Usage: bcdsl {name}" in shown
    assert len(shown.split("\n\n")[1].strip()) > 20


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chekc"], "there is no command `chekc`, did you mean `check`?"),
        (["frobnicate"], "there is no command `frobnicate`; see `bcdsl --help`"),
        (["--nonsense"], "No such option"),
        (["check", "--format", "xml", "a"], "xml"),
        (["check"], "Missing argument"),
        (["explain"], "give a code such as BC301, or `--list`"),
        (["explain", "BC99999"], "there is no code `BC99999`"),
        (["explain", "BC591x"], "did you mean `BC591`?"),
        (["check", "--param", "a", "x"], "`a` is not NAME=VALUE"),
        (["check", "-p", "a=1", "-p", "a=2", "x"], "`a` is given twice"),
        (["check", "--fix", "-"], "standard input cannot be repaired in place"),
        (["schema", "check"], "\n\nError: FILE: name the file to check\n"),
        (["lint", "--target", "3", "x"], "\n\nError: --target: `3` is not one of 2.5 to 2.12\n"),
        (["schema", "dsl", "file"], "bcdsl schema check FILE"),
        (["schema", "nonsense"], "nonsense"),
    ],
)
def test_usage_errors(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command line is 64, and standard error says what is wrong with it."""
    assert run(arguments) == 64
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.out == ""


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """`bcdsl` alone is a question: it shows the help, as a usage error."""
    assert run([]) == 64
    assert "Commands:" in "".join(capsys.readouterr())


def test_an_internal_error_is_ours(command, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake in bcdsl is 70 and a request for a report, without a traceback."""
    command(lambda: 1 // 0)

    assert run(["probe"]) == 70
    shown = capsys.readouterr().err
    assert "internal error, ZeroDivisionError" in shown
    assert "Please report it" in shown
    assert "Traceback" not in shown


def test_a_traceback_can_be_asked_for(
    command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`BCDSL_TRACEBACK` shows where."""
    monkeypatch.setenv("BCDSL_TRACEBACK", "1")
    command(lambda: 1 // 0)

    assert run(["probe"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_deep_recursion_and_lack_of_memory(command, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither ends in a traceback."""

    def deep() -> int:
        return deep() + 1

    def much() -> int:
        raise MemoryError

    command(deep)
    assert run(["probe"]) == 70
    command(much)
    assert run(["probe"]) == 1
    assert "not enough memory" in capsys.readouterr().err


def test_exit_codes_of_commands_are_kept(command) -> None:
    """What a command returns is what the program leaves with."""
    command(lambda: 3)

    assert run(["probe"]) == 3


def test_control_c(command, capsys: pytest.CaptureFixture[str]) -> None:
    """An interruption is 130 and one word."""

    def interrupted() -> int:
        raise KeyboardInterrupt

    command(interrupted)

    assert run(["probe"]) == 130
    assert capsys.readouterr().err.strip() == "bcdsl: interrupted"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_a_real_interruption() -> None:
    """A process that waits for its document ends with 130 and no traceback."""
    process = subprocess.Popen(
        [*PROGRAM, "lint", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)

    assert process.returncode == 130
    assert "Traceback" not in told


def test_a_closed_pipe_is_quiet() -> None:
    """A reader that goes away, as `head` does, ends the run without a word."""
    process = subprocess.Popen([*PROGRAM, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=30)

    assert told == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["schema"], ["explain", "--list"], ["--help"]])
def test_a_full_disk_is_said(arguments: list[str]) -> None:
    """What cannot be written is a failure with one clear line, not silence, not a traceback."""
    with Path("/dev/full").open("w") as full:
        told = bcdsl(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)

    assert told.returncode == 1
    assert told.stderr == "bcdsl: cannot write standard output: No space left on device\n"


def test_closed_standard_streams() -> None:
    """A process without standard output still ends as it should."""
    if os.name == "nt":
        pytest.skip("no shell to close streams with")
    words = " ".join(PROGRAM)
    closed = subprocess.run(["sh", "-c", f"{words} explain BC590 >&-"], check=False)

    assert closed.returncode == 0


def test_a_name_that_is_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    """A file name in another encoding is shown with escapes."""
    told = bcdsl("lint", os.fsdecode(b"caf\xe9.json"))

    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "\\udce9" in told.stdout + told.stderr


def test_a_poor_terminal() -> None:
    """Where output can only be ASCII, other characters become escapes."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    told = bcdsl("explain", "--list", env=environment)

    assert told.returncode == 0
    assert told.stdout.isascii()
