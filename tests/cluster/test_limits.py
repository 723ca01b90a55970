"""Connections that break, messages that are large, servers that say nothing."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from bcdslc.cluster import calls, channel
from bcdslc.cluster.channel import Channel
from bcdslc.cluster.fault import ClusterError, Fault, Trouble, trouble_of
from bcdslc.cluster.pachd import Pachd
from bcdslc.cluster.where import Where
from bcdslc.cluster.wire import wire
from cluster.serve import serving
from cluster.stand_in import Pipeline, Refused, StandIn

DOCUMENT = """\
project: lab
repos: [scans]
stages:
  a: {image: 'i:1', from: 'scans:/<x>', cmd: a}
"""


def where(address: str) -> Where:
    """Return an address as a place."""
    host, port = address.removeprefix("grpc://").split(":")
    return Where(host=host, port=int(port))


def ask(line: Channel, call: calls.Call, seconds: float) -> None:
    """Make a call with an empty request."""
    request = b"" if call.takes == calls.RAW else getattr(wire(), call.takes)()
    if call.takes_many:
        line.send(call, iter([request]), seconds=seconds)
    elif call.gives_many:
        list(line.pieces(call, request, seconds=seconds))
    else:
        line.one(call, request, seconds=seconds)


@contextmanager
def dropping(address: str, first: int) -> Iterator[tuple[str, list[int]]]:
    """Stand before a server and hang up on the first connections; yield where, and the count."""
    target = where(address)
    door = socket.create_server(("127.0.0.1", 0))
    door.settimeout(0.1)
    count, open_now, stop = [0], [], threading.Event()

    def pump(one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        other.close()

    def serve() -> None:
        while not stop.is_set():
            try:
                inside, _ = door.accept()
            except TimeoutError:
                continue
            count[0] += 1
            if count[0] <= first:
                inside.close()
                continue
            outside = socket.create_connection((target.host, target.port))
            open_now.extend((inside, outside))
            for pair in ((inside, outside), (outside, inside)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"grpc://127.0.0.1:{door.getsockname()[1]}", count
    finally:
        stop.set()
        thread.join()
        for each in (door, *open_now):
            each.close()


@pytest.fixture
def document(tmp_path: Path) -> str:
    """Write the document."""
    path = tmp_path / "d.bc.yaml"
    path.write_text(DOCUMENT)
    return str(path)


@pytest.fixture
def real_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait as in real use."""
    monkeypatch.setattr(channel, "PAUSES", (0.1, 0.3, 0.9))


@pytest.mark.usefixtures("real_pauses")
def test_the_first_connections_are_dropped(document: str) -> None:
    """A server that hangs up twice is asked again, and then does all."""
    server = StandIn()
    with serving(server) as behind, dropping(behind, 2) as (address, count):
        assert run(["apply", document, "--address", address, "--yes"]) == 0
        assert count[0] > 2
    assert ("lab", "a") in server.state.pipelines


@pytest.mark.usefixtures("real_pauses")
def test_a_server_that_always_hangs_up(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In the end it is told, with the exit code of a server's trouble."""
    server = StandIn()
    with serving(server) as behind, dropping(behind, 1000) as (address, _):
        begun = time.monotonic()
        assert run(["plan", document, "--address", address]) == 3
        assert time.monotonic() - begun < 20
    assert "error[BC80" in capsys.readouterr().err
    assert server.calls == []


@pytest.mark.parametrize(
    ("call", "asked"),
    [(call, 4 if call.repeatable else 1) for call in calls.CALLS],
    ids=lambda value: value.path if isinstance(value, calls.Call) else str(value),
)
def test_how_often_a_call_is_asked(call: calls.Call, asked: int) -> None:
    """What only reads is asked four times in all, anything else once, whatever its answer."""
    server = StandIn()

    def cut(_: str) -> None:
        raise Refused("UNAVAILABLE", "Socket closed")

    server.before = cut
    with serving(server) as address:
        line = Channel(where(address))
        with pytest.raises(ClusterError) as raised:
            ask(line, call, 5.0)
    assert raised.value.fault.trouble is Trouble.CUT
    assert len(server.calls) == asked


def test_a_list_that_is_cut_in_the_middle_begins_anew() -> None:
    """None is listed twice, and none is missing."""
    server = StandIn()
    server.state.repos = {("lab", name) for name in "abcde"}
    with serving(server) as address:
        cluster = Pachd(Channel(where(address)))
        cluster.version()
        server.cut_after = 3
        assert cluster.repos() == server.state.repos
    assert [name.rpartition("/")[2] for name, _, _ in server.calls] == [
        "GetVersion",
        "ListRepo",
        "ListRepo",
    ]


def test_a_file_that_is_cut_in_the_middle_is_not(tmp_path: Path) -> None:
    """What was given out cannot be taken back: that is told."""
    server = StandIn()
    (tmp_path / "f").write_bytes(b"12345678")
    server.state.projects.add("lab")
    server.state.repos = {("lab", "s")}
    with serving(server) as address:
        files = Pachd(Channel(where(address))).files()
        files.change("lab", "s", "master", (), {"/f": tmp_path / "f"}, lambda _: None)
        stored = files.stored("lab", "s", "master")["/f"]
        server.cut_after = 1
        found = files.content("lab", "s", "/f", stored)
        assert next(found) == b"1234"
        with pytest.raises(ClusterError) as raised:
            next(found)
    assert raised.value.fault.trouble is Trouble.CUT


def test_nothing_is_asked_again_after_a_refusal() -> None:
    """A refusal is an answer."""
    server = StandIn()
    with serving(server) as address:
        assert Pachd(Channel(where(address))).pipeline("lab", "none") is None
    assert len(server.calls) == 2  # the version, and that


@pytest.mark.parametrize("call", [calls.VERSION, calls.LIST_PIPELINE, calls.MODIFY_FILE])
def test_a_silent_server_is_given_up(call: calls.Call) -> None:
    """A call that nobody answers ends at its deadline, also where answers or requests stream."""
    server = StandIn(before=lambda _: time.sleep(1.0))
    with serving(server) as address:
        line = Channel(where(address))
        begun = time.monotonic()
        with pytest.raises(ClusterError) as raised:
            ask(line, call, 0.2)
        assert time.monotonic() - begun < 0.9
    assert raised.value.fault.trouble is Trouble.SLOW


def test_a_batch_that_is_too_large_is_not_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told before it is sent, with its size; nothing is made."""
    lines = ["project: lab", "repos: [scans]", "stages:"]
    for number in range(70):
        script = "x" * 120_000
        lines.append(f"  a{number}: {{image: 'i:1', from: 'scans:/<x>', script: 'echo {script}'}}")
    path = tmp_path / "large.bc.yaml"
    path.write_text("\n".join(lines) + "\n")
    server = StandIn()
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 3
    said = capsys.readouterr().err
    assert "error[BC833]: a message of `BatchTransaction` is larger than a server takes" in said
    assert re.search(r"which is 20 MiB: 2[0-9]\.[0-9] MiB", said)
    assert "nothing was created or updated" in said
    assert not any(name.endswith("BatchTransaction") for name, _, _ in server.calls)
    assert server.state.pipelines == {}


def test_lists_may_be_as_large_as_they_like() -> None:
    """A thousand pipelines of 30 kB each come through; each is a message of its own."""
    server = StandIn()
    server.state.projects.add("lab")
    for number in range(1000):
        name = f"p{number}"
        effective = {
            "pipeline": {"project": {"name": "lab"}, "name": name},
            "transform": {"image": "i:1", "cmd": ["x" * 10_000]},
            "outputBranch": "master",
        }
        server.state.pipelines["lab", name] = Pipeline(
            project="lab", name=name, version=1, commit="c", user="", effective=effective
        )
    with serving(server) as address:
        found = Pachd(Channel(where(address))).pipelines()
    assert len(found) == 1000


@pytest.mark.parametrize(
    ("code", "text", "trouble", "open_"),
    [
        ("UNAVAILABLE", "failed to connect to all addresses", Trouble.UNREACHABLE, False),
        ("UNAVAILABLE", "failed to connect to all addresses; last error: UNAVAILABLE: "
         "ipv4:127.0.0.1:1: Socket closed", Trouble.HANGS_UP, False),
        ("UNAVAILABLE", "failed to connect to all addresses; last error: UNAVAILABLE: "
         "ipv4:127.0.0.1:1: Failed parsing HTTP/2 (Expected SETTINGS frame as the first frame, "
         "got frame type 79)", Trouble.BROKEN, True),
        ("UNAVAILABLE", "errors resolving host:30650: [field:hostname lookup error:address "
         "lookup failed for host:30650: Domain name not found]", Trouble.UNREACHABLE, False),
        ("UNAVAILABLE", "Socket closed", Trouble.CUT, True),
        ("INTERNAL", "Received RST_STREAM with error code 2", Trouble.CUT, True),
        ("UNKNOWN", "Stream removed", Trouble.CUT, True),
        ("UNKNOWN", "pipeline must specify a transform", Trouble.REFUSED, False),
        ("RESOURCE_EXHAUSTED", "trying to send message larger than max (21000000 vs. 20971520)",
         Trouble.TOO_LARGE, True),
        ("DEADLINE_EXCEEDED", "Deadline Exceeded", Trouble.SLOW, True),
        ("UNIMPLEMENTED", "unknown service pps_v2.API", Trouble.NO_SUCH_CALL, False),
        ("INVALID_ARGUMENT", "could not make effective spec", Trouble.REFUSED, False),
    ],
)  # fmt: skip
def test_what_a_status_leaves_open(code: str, text: str, trouble: Trouble, open_: bool) -> None:
    """A connection that was cut, or an answer too large to send, may follow on a thing done."""
    assert trouble_of(code, text) is trouble
    assert Fault(trouble=trouble, call="c", text=text).open is open_
