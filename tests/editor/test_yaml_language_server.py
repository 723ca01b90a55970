"""What an author sees in an editor: the real yaml-language-server with our schemas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.install_server import NotInstalledError, server_command
from editor.language_server import LanguageServer

STAGE = "stages:\n  crop:\n    "


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[LanguageServer]:
    """Return a running server that knows both schemas."""
    try:
        command = server_command()
    except NotInstalledError as reason:
        pytest.skip(f"yaml-language-server cannot be installed: {reason}")
    schemas = root / "schemas"
    running = LanguageServer(
        command,
        root,
        {
            (schemas / "bcdsl.schema.json").as_uri(): "*.bc.yaml",
            (schemas / "pachyderm-pipeline.schema.json").as_uri(): "*.pipeline.yaml",
        },
    )
    while not messages(running, "no such key: 1\n"):
        pass  # the server answers before it has read its settings
    yield running
    running.close()


def messages(server: LanguageServer, text: str, name: str = "messages.bc.yaml") -> list[str]:
    """Return what the server says of a text."""
    return [found["message"] for found in server.diagnostics(name, text)]


def test_it_completes_the_keys_of_a_stage(server: LanguageServer) -> None:
    """All keys are offered with their colon, and a whole stage as a snippet."""
    from bcdsl.keys.stage import STAGE as RECORD

    offered = {item["label"]: item for item in server.complete("keys.bc.yaml", STAGE + "|\n")}

    assert set(RECORD.keys) | {"a stage"} == set(offered)
    for label, item in offered.items():
        if label != "a stage":
            assert item["insertText"].startswith(label + ":"), label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STAGE + "reprocess_when: |", {"until_success", "every_job"}),
        (STAGE + "hardware: |", {"a class", "{extends: …}"}),
        ("hardware:\n  big:\n    |", {"cpu", "memory", "gpu", "extends"}),
        (STAGE + "from:\n      of: a\n      |\n", {"keep", "empty_files", "trigger"}),
        ("|", {"dag", "repos", "stages", "defaults"}),
    ],
)
def test_it_completes(server: LanguageServer, text: str, expected: set[str]) -> None:
    """Values, both forms of a class, hardware, options of an input, the document's keys."""
    labels = {item["label"] for item in server.complete("values.bc.yaml", text)}

    assert expected <= labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STAGE + "wor|kers: 1\n", ["How many workers.", "`parallelism_spec.constant`"]),
        (STAGE + "fr|om: a\n", ["What the stage reads."]),
        (STAGE + "hard|ware: a\n", ["A class of `hardware`, or a body."]),
        (STAGE + "from: [{of: a, ke|ep: true}]\n", ["`pfs.outer_join`", "Default: false"]),
        (STAGE + "from: {jo|in: [a, b]}\n", ["whose keys are equal"]),
    ],
)
def test_it_explains(server: LanguageServer, text: str, expected: list[str]) -> None:
    """The hover has the key's meaning, what it becomes, its default."""
    shown = server.hover("hover.bc.yaml", text)

    for part in expected:
        assert part in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STAGE + "imgae: x\n", "Property imgae is not allowed."),
        (STAGE + "reprocess_when: never\n", "one of until_success, every_job is wanted here"),
        (STAGE + "workers: many\n", "a whole number is wanted here"),
        (STAGE + "workers: 0\n", "Value is below the minimum of 1."),
        (STAGE + "env: [A]\n", "a mapping is wanted here"),
        (STAGE + "from: {of: a, kep: true}\n", "Property kep is not allowed."),
        (STAGE + "from: [{cron: daily, keep: true}]\n", "Property keep is not allowed."),
        (STAGE + "from: {out: a}\n", "an input cannot be named"),
        (STAGE + "hardware: {cpus: 1}\n", "Property cpus is not allowed."),
        ("params: {a-b: 1}\n", "a name is letters, digits and _"),
    ],
)
def test_it_flags(server: LanguageServer, text: str, expected: str) -> None:
    """One message for one mistake, about the branch that was meant."""
    (message,) = messages(server, text)

    assert expected in message


def test_it_takes_what_the_language_takes(server: LanguageServer) -> None:
    """Numbers and booleans as text, short and long forms, `~` where an overlay may remove."""
    text = (
        "dag: 3.10\nrepos: {a: {external: true}}\nparams: {n: ~, m: 1}\nx-free: [1]\n"
        "defaults: {image: ~, env: {A: 1, B: true}}\n"
        "stages:\n"
        "  a: {from: a, cmd: [a, 1], hardware: {extends: big, gpu: {count: 1}}}\n"
        "  b: {from: [a, {X: a}, {join: {l: 'a:/<x>', r: {of: 'b:/<x>', keep: true}}}]}\n"
        "  c: {from: {tick: {cron: daily}, S: a}, script: {file: run.sh}, each: []}\n"
        "  d: ~\n"
    )

    assert messages(server, text) == []


def test_it_finds_nothing_in_the_examples(server: LanguageServer, root: Path) -> None:
    """Every example of the project is clean in an editor."""
    examples = sorted((root / "examples").rglob("*.bc.yaml"))

    assert examples
    for path in examples:
        text = path.read_text(encoding="utf-8")
        assert messages(server, text, path.name) == [], path


def test_it_reads_pachyderms_specs(server: LanguageServer) -> None:
    """The second schema: both spellings pass, a misspelt name is flagged, camelCase is offered."""
    name = "spec.pipeline.yaml"
    good = "pipeline: {name: a}\nresource_requests: {cpu: 1}\nresourceLimits: {memory: 1G}\n"
    labels = {item["label"] for item in server.complete(name, "pipeline: {name: a}\n|")}

    assert messages(server, good, name) == []
    assert messages(server, "transfrom: {}\n", name) == ["Property transfrom is not allowed."]
    assert {"transform", "resourceRequests"} <= labels
    assert "resource_requests" not in labels
