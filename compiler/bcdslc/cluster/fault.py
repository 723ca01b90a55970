"""What can go wrong between us and a cluster, in one exception of one value."""

from __future__ import annotations

from enum import Enum

from bcdsl.frozen import dataclass


class Trouble(Enum):
    """The kinds of trouble."""

    UNREACHABLE = "unreachable"
    HANGS_UP = "it hangs up before anything is asked"
    CUT = "the connection was cut"
    SLOW = "no answer in time"
    INTERRUPTED = "interrupted"
    BROKEN = "no answer that can be read"
    TLS = "encryption does not match"
    NO_TOKEN = "not logged in"
    DENIED = "not allowed"
    NO_SUCH_CALL = "not a pachd, or one too old"
    TOO_OLD = "an old server"
    TOO_LARGE = "a message that is too large"
    MISSING = "not found"
    EXISTS = "already exists"
    REFUSED = "refused"


_OPEN = (Trouble.CUT, Trouble.SLOW, Trouble.INTERRUPTED, Trouble.BROKEN, Trouble.TOO_LARGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What went wrong in which call, and the server's own words.

    `subject` is the pipeline or repo that was refused, where that is known; `transaction` one
    that could not be deleted afterwards.
    """

    trouble: Trouble
    call: str
    text: str
    subject: str = ""
    transaction: str = ""

    @property
    def open(self) -> bool:
        """Whether the call may have been carried out all the same.

        What is too large may be the answer.
        """
        return self.trouble in _OPEN


def interrupted(what: str) -> Fault:
    """Return that Ctrl-C ended what was going on."""
    return Fault(trouble=Trouble.INTERRUPTED, call=what, text="interrupted")


class ClusterError(Exception):
    """A call to the cluster failed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text)
        self.fault = fault


_TLS = ("ssl", "handshake", "certificate", "wrong_version_number", "tls")
_AWAY = ("failed to connect to all addresses", "dns resolution failed", "name resolution",
         "errors resolving", "address lookup failed", "connection refused", "no address",
         "name or service not known")  # fmt: skip
# What gRPC says of one that could be connected to: it closes, as a server that encrypts does
# where we do not, or it speaks otherwise.
_HANGS_UP = ("socket closed", "connection reset", "broken pipe")
_OTHER_SPEECH = ("parsing http/2", "settings frame as the first")
# What gRPC says when something between us and the server hangs up: grpc, doc/statuscodes.md
_CUT = ("rst_stream", "stream removed", "goaway", "connection reset", "socket closed")


def trouble_of(code: str, text: str) -> Trouble:
    """Return the kind of trouble that a gRPC status tells of."""
    lower = text.lower()
    match code:
        case "UNAVAILABLE":
            if any(word in lower for word in _TLS):
                return Trouble.TLS
            return _away(lower) if any(word in lower for word in _AWAY) else Trouble.CUT
        case "DEADLINE_EXCEEDED":
            return Trouble.SLOW
        case "CANCELLED":
            return Trouble.INTERRUPTED
        case "UNAUTHENTICATED":
            return Trouble.NO_TOKEN
        case "PERMISSION_DENIED":
            return Trouble.DENIED
        case "UNIMPLEMENTED":
            return Trouble.NO_SUCH_CALL
        case "RESOURCE_EXHAUSTED":
            return Trouble.TOO_LARGE if "larger than max" in lower else Trouble.REFUSED
        case "INTERNAL" | "UNKNOWN" if any(word in lower for word in _CUT):
            return Trouble.CUT
        case "NOT_FOUND":
            return Trouble.MISSING
        case "ALREADY_EXISTS":
            return Trouble.EXISTS
    return Trouble.REFUSED


def _away(text: str) -> Trouble:
    """Return what is wrong where no connection came to be."""
    if any(word in text for word in _OTHER_SPEECH):
        return Trouble.BROKEN
    return Trouble.HANGS_UP if any(word in text for word in _HANGS_UP) else Trouble.UNREACHABLE
