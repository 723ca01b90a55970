"""What a finding advises, and that its repair repairs."""

from __future__ import annotations

import pytest

from bcdsl.analyze import Options, analyze
from bcdsl.diagnostic import Diagnostic
from bcdsl.source import SourceFile
from language.test_cases import Folder

HEAD = "repos: [r]\nstages:\n  a: {image: i, from: r, cmd: w, "


def only(text: str) -> Diagnostic:
    """Return the one finding of a document."""
    (found,) = analyze(SourceFile("x.bc.yaml", text), Options(), Folder()).problems
    return found


@pytest.mark.parametrize(
    ("rest", "advice"),
    [
        ("accept_codes: 3", "write `[3]`"),
        ("accept_codes: '1,2'", "write `['1,2']`"),
        ("tries: '3'", "write `3`"),
        ("autoscale: yes", "write `true`"),
        ("spout: false", "take the key out"),
        ("work_dir: /a", "use `workdir`"),
        ("input: {}", "write `from` and `each`"),
        ("accept_codes: [1], command: b", "write `cmd`"),
        ("metadata: text", "write its keys below it, indented: `labels: …`, `annotations: …`"),
        ("job_timeout: 0s", "without the key there is no limit"),
    ],
)
def test_advice_is_concrete(rest: str, advice: str) -> None:
    """The advice names what is to be written, or that the key can go."""
    assert only(f"{HEAD}{rest}}}\n").help == advice


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}accept_codes: 3}}\n",
        f"{HEAD}tries: '3'}}\n",
        f"{HEAD}autoscale: yes}}\n",
        f"{HEAD}work_dir: /a}}\n",
        "repos: r\nstages:\n  a: {image: i, from: r, cmd: w}\n",
        "repos: [r]\nstages:\n  a:\n    image: i\n    from: r/*\n    cmd: w\n",
        "repos: [r]\nstages:\n  a: {image: i, from: r, cmd: w, hardware: {sidecar: cpu:1}}\n",
    ],
)
def test_a_repair_repairs(text: str) -> None:
    """After the edits nothing is left to say."""
    fix = only(text).fix
    assert fix is not None
    for edit in sorted(fix.edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert analyze(SourceFile("x.bc.yaml", text), Options(), Folder()).problems == ()
