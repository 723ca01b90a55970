"""Where the cluster is, from options, environment and pachctl's configuration."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from bcdsl.diagnostic import Diagnostic
from bcdslc.cluster.where import NO_CLUSTER, Where, find

PEM = b"-----BEGIN CERTIFICATE-----\n"
CONFIG: dict[str, Any] = {
    "v2": {
        "active_context": "lab",
        "contexts": {
            "lab": {
                "pachd_address": "grpcs://lab.example:1234/",
                "session_token": "t0ken",
                "project": "scans",
                "server_cas": base64.b64encode(PEM).decode(),
            },
            "plain": {"pachd_address": "plain.example"},
        },
    }
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a configuration."""
    (tmp_path / ".pachyderm").mkdir()
    (tmp_path / ".pachyderm" / "config.json").write_text(json.dumps(CONFIG))
    return tmp_path


def test_the_active_context(home: Path) -> None:
    """Address, token, project and certificates come from it; the final slash does not matter."""
    found = find(None, None, {}, home)

    assert isinstance(found, Where)
    assert (found.host, found.port, found.tls) == ("lab.example", 1234, True)
    assert (found.token, found.project, found.roots) == ("t0ken", "scans", PEM)
    assert "t0ken" not in repr(found)


def test_options_come_first_and_take_no_token_along(home: Path) -> None:
    """A context's token goes to that context's address only."""
    environment = {"PACHD_ADDRESS": "grpc://other:1"}
    asked = find("https://asked.example", None, environment, home)
    named = find(None, "plain", environment, home)
    other = find(None, None, environment, home)

    assert isinstance(asked, Where)
    assert (asked.host, asked.port, asked.tls, asked.token) == ("asked.example", 30650, True, "")
    assert isinstance(named, Where)
    assert (named.host, named.tls, named.token) == ("plain.example", False, "")
    assert isinstance(other, Where)
    assert (other.host, other.token) == ("other", "")
    given = find(None, None, {**environment, "PACH_TOKEN": "mine"}, home)
    assert isinstance(given, Where)
    assert given.token == "mine"


def test_an_address_of_colons(home: Path) -> None:
    """A host that is written with colons stands in brackets, as gRPC wants it too."""
    found = find("grpc://[fd00::1]:1234", None, {}, home)

    assert isinstance(found, Where)
    assert (found.target, found.address) == ("[fd00::1]:1234", "grpc://[fd00::1]:1234")


def test_another_configuration(home: Path) -> None:
    """PACH_CONFIG names the file."""
    path = home / "other.json"
    path.write_text(
        json.dumps(CONFIG).replace('"active_context": "lab"', '"active_context": "plain"')
    )
    found = find(None, None, {"PACH_CONFIG": str(path)}, home)

    assert isinstance(found, Where)
    assert found.host == "plain.example"


@pytest.mark.parametrize(
    ("address", "context", "words"),
    [
        ("grpc://user:pass@host:1", None, "holds a user or a password"),
        ("ftp://host:1", None, "is no address"),
        ("grpc://host:port", None, "the port"),
        ("grpc://host:99999", None, "the port"),
        ("grpcs://", None, "is no address"),
        ("grpc://host/path", None, "is no address"),
        (None, "nobody", "there is no context `nobody`"),
    ],
)
def test_what_is_wrong_is_said(
    address: str | None, context: str | None, words: str, home: Path
) -> None:
    """A wrong address or context is a finding, without the password in it."""
    found = find(address, context, {}, home)

    assert isinstance(found, Diagnostic)
    assert found.code == NO_CLUSTER
    assert words in found.message
    assert "pass@" not in found.message


@pytest.mark.parametrize("text", ["", "[]", "{", '{"v2": 1}', '{"v2": {"contexts": []}}'])
def test_odd_configurations_are_findings(text: str, tmp_path: Path) -> None:
    """No file crashes us."""
    path = tmp_path / "config.json"
    path.write_text(text)

    assert isinstance(find(None, None, {"PACH_CONFIG": str(path)}, tmp_path), Diagnostic)
