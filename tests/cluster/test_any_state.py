"""After apply a plan is empty, whatever the document and whatever stood there before."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bcdslc.cli.main import run
from cluster.serve import serving
from cluster.stand_in import StandIn
from compiling import compiled, errors
from programs import documents, text_of

DRIFT = st.lists(
    st.sampled_from(
        [
            ("transform", {"image": "by-hand:1", "cmd": ["x"]}),
            ("description", "by hand"),
            ("datumTries", 7),
            ("autoscaling", True),
            ("resourceLimits", {"memory": "1G"}),
            ("input", {"pfs": {"repo": "a", "glob": "/by/hand"}}),
        ]
    ),
    max_size=2,
)


def quietly(*arguments: str) -> tuple[int, str]:
    """Run a command; return its exit code and all that it printed."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        return run(list(arguments)), out.getvalue()


def good() -> st.SearchStrategy[str]:
    """Draw the text of a document without errors."""
    texts = documents().map(lambda found: text_of(found | {"dag": "any", "project": "p"}))
    return texts.filter(lambda text: not errors(compiled(text).problems))


@settings(max_examples=30)
@given(good(), good(), DRIFT)
def test_after_apply_a_plan_is_empty(before: str, after: str, drift: Any) -> None:
    """Apply one document, change things by hand, apply another: nothing is left to do."""
    server = StandIn()
    with TemporaryDirectory() as folder, serving(server) as address:
        path = Path(folder, "any.bc.yaml")
        path.write_text(before)
        assume(quietly("apply", str(path), "--address", address, "--yes")[0] == 0)
        for pipeline in server.state.pipelines.values():
            pipeline.effective |= json.loads(json.dumps(dict(drift)))
        path.write_text(after)
        code, said = quietly("apply", str(path), "--address", address, "--yes", "--prune")
        assume(not (code == 3 and "the server refused" in said))
        assert code in (0, 3), said
        assert "BC821" not in said, said
        if code == 0:
            arguments = ("plan", str(path), "--address", address, "--detailed-exitcode")
            assert quietly(*arguments) == (0, quietly("plan", *arguments[1:-1])[1])
            assert quietly("destroy", str(path), "--address", address, "--yes", "--repos")[0] == 0
            assert server.state.pipelines == {}
