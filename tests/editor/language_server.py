"""A client for yaml-language-server, of the few calls that the tests need."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

WAIT = 30  # seconds for one answer


class LanguageServer:
    """One server process with one folder open; `schemas` maps schema files to globs."""

    def __init__(self, command: list[str], folder: Path, schemas: dict[str, str]) -> None:
        self.folder = folder
        self.settings = {
            "yaml": {
                "schemas": schemas,
                "validate": True,
                "hover": True,
                "completion": True,
                "schemaStore": {"enable": False},
            },
        }
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.number = 0
        self.opened = 0
        self.published: dict[str, list[dict[str, Any]]] = {}
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": "tests"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True}},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": self.settings})

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.communicate()

    def diagnostics(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a document and return what the server says of it."""
        uri = self.open(name, text)
        self.published.pop(uri, None)
        while uri not in self.published:
            self._receive()
        return self.published[uri]

    def open(self, name: str, text: str) -> str:
        """Open a document that was never open before and return its address."""
        self.opened += 1
        uri = (self.folder / f"{self.opened}-{name}").as_uri()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def complete(self, name: str, text: str) -> list[dict[str, Any]]:
        """Return the completions at the mark `|` of a text."""
        answer = self._at("textDocument/completion", name, text)
        return answer["items"] if isinstance(answer, dict) else answer or []

    def hover(self, name: str, text: str) -> str:
        """Return the hover at the mark `|` of a text."""
        answer = self._at("textDocument/hover", name, text)
        return answer["contents"]["value"] if answer else ""

    def _at(self, method: str, name: str, marked: str) -> Any:
        before, after = marked.split("|", 1)
        uri = self.open(name, before + after)
        lines = before.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        return self.request(method, {"textDocument": {"uri": uri}, "position": position})

    def request(self, method: str, params: Any) -> Any:
        """Send a request and wait for its answer."""
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Read one message; answer what the server asks, keep the diagnostics it publishes."""
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has gone"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            params = message["params"]
            self.published[params["uri"]] = params["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = [item.get("section") for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": [self.settings.get(s) for s in wanted]})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message
