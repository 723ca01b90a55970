"""Where the cluster is and who we are there: options, environment, pachctl's configuration."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass

NO_CLUSTER = "BC800"
PORT = 30650
SCHEMES = {"grpc": False, "http": False, "grpcs": True, "https": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """An address and what is needed there; the token is never shown."""

    host: str
    port: int
    tls: bool = False
    roots: bytes | None = None  # PEM
    token: str = ""
    project: str | None = None  # the context's

    def __repr__(self) -> str:
        """Return the address alone: a token in a traceback is a token lost."""
        return f"Where({self.address})"

    @property
    def target(self) -> str:
        """Host and port; colons of the host stand in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def address(self) -> str:
        """The address as people write it."""
        return f"{'grpcs' if self.tls else 'grpc'}://{self.target}"


def find(
    address: str | None, context: str | None, environment: Mapping[str, str], home: Path
) -> Where | Diagnostic:
    """Return where the cluster is: `--address`, `--context`, PACHD_ADDRESS, the active context.

    A context's token goes to that context's address only; PACH_TOKEN goes where we are told.
    """
    token = environment.get("PACH_TOKEN", "")
    if address is None and context is None:
        address = environment.get("PACHD_ADDRESS") or None
    if address is not None:
        return _at(address, {}, token)
    path = Path(environment.get("PACH_CONFIG") or home / ".pachyderm" / "config.json")
    found = _context(path, context)
    if isinstance(found, Diagnostic):
        return found
    return _at(str(found.get("pachd_address") or ""), found, token)


def _context(path: Path, name: str | None) -> dict[str, Any] | Diagnostic:
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _wrong("no cluster is known: there is no address and no configuration of pachctl")
    except (OSError, ValueError):
        return _wrong(f"`{path}` cannot be read as a configuration of pachctl")
    inside = config.get("v2") if isinstance(config, dict) else None
    inside = inside if isinstance(inside, dict) else {}
    contexts = inside.get("contexts")
    contexts = contexts if isinstance(contexts, dict) else {}
    wanted = name or inside.get("active_context")
    if not wanted:
        return _wrong("the configuration of pachctl has no active context")
    found = contexts.get(wanted)
    if not isinstance(found, dict):
        known = ", ".join(f"`{each}`" for each in contexts)
        return _wrong(f"there is no context `{wanted}`", f"known are {known}" if known else None)
    return found


def _at(address: str, context: Mapping[str, Any], token: str) -> Where | Diagnostic:
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"grpc://{text}")
    except ValueError:
        return _wrong("the cluster's address has brackets in which there is no address")
    try:
        port = parts.port
    except ValueError:
        return _wrong("the port of the cluster's address is no number up to 65535")
    if parts.username is not None or parts.password is not None:
        return _wrong(
            "the cluster's address holds a user or a password",
            "give the address alone and the token in PACH_TOKEN",
        )
    more = parts.path.strip("/") or parts.query
    if parts.scheme not in SCHEMES or not parts.hostname or more:
        shown = "that" if "@" in text or "?" in text else f"`{text}`"  # it may hold a password
        return _wrong(f"{shown} is no address of a cluster")
    roots = None
    if context.get("server_cas"):
        try:
            roots = base64.b64decode(context["server_cas"])
        except ValueError:
            return _wrong("the context's `server_cas` is not base64")
    project = context.get("project")
    token = (token or str(context.get("session_token") or "")).strip()
    if not all("!" <= letter <= "~" for letter in token):
        return _wrong("the token holds what no token does", "log in anew, or set PACH_TOKEN anew")
    return Where(
        host=parts.hostname,
        port=port or PORT,
        tls=SCHEMES[parts.scheme] or roots is not None,
        roots=roots,
        token=token,
        project=project if isinstance(project, str) and project else None,
    )


def _wrong(message: str, help: str | None = None) -> Diagnostic:
    return Diagnostic(
        code=NO_CLUSTER,
        message=message,
        span=None,
        help=help or "give `--address grpc://HOST:PORT`, or choose a context with `--context`",
    )
