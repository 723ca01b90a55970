"""The door of a stand-in: it takes calls, counts them, and fails where it was told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cluster.server_state import Refused, State

REPEATS = 3  # how often a client asks again


@dataclass
class Server:
    """What a call goes through, and what goes wrong with it as it was told to."""

    state: State = field(default_factory=State)
    version: tuple[int, int] = (2, 12)
    calls: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    transactions: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    ids: int = 0
    fail_at: int | None = None  # fail instead of this call, counted from 1, and its repeats
    failing: tuple[Any, int] = (None, 0)  # the call, and how many repeats of it fail as well
    lose_at: int | None = None  # do this call, but lose its answer
    cut_after: int | None = None  # cut the next stream after so many answers
    before: Callable[[str], None] | None = None  # told of each call first
    token: str = ""  # asked for, if there is one
    hidden: set[tuple[str, str]] = field(default_factory=set)  # left out of lists

    def call(self, name: str, request: Any, metadata: dict[str, str]) -> Any:
        """Return the answer to a call, or raise what it is refused with."""
        self.calls.append((name, request, metadata))
        if self.before is not None:
            self.before(name)
        number = len(self.calls)
        asked, (failed, left) = (name, request, metadata), self.failing
        again = asked == failed and left > 0
        self.failing = (failed, left - 1) if again else (None, 0)
        if number == self.fail_at:
            self.failing = (asked, REPEATS)
        if again or number == self.fail_at:
            raise Refused("UNAVAILABLE", "Socket closed")
        method = name.rpartition("/")[2]
        if self.token and method != "GetVersion":
            given = metadata.get("authn-token")
            if given is None:
                raise Refused("UNAUTHENTICATED", "no authentication token (try logging in)")
            if given != self.token:
                raise Refused(
                    "UNAUTHENTICATED",
                    "provided auth token is corrupted or has expired (try logging in again)",
                )
        answer = getattr(self, f"on_{method}")(request, metadata)
        if number == self.lose_at:
            raise Refused("UNAVAILABLE", "recvmsg:Connection reset by peer")
        return answer

    def id(self) -> str:
        """Return a new identifier."""
        self.ids += 1
        return f"{self.ids:032x}"
