"""A fault in the user's words, with what to do about it."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdslc.cluster.fault import Fault, Trouble

UNREACHABLE = "BC801"
NOT_LOGGED_IN = "BC802"
NOT_ALLOWED = "BC803"
ENCRYPTION = "BC804"
NO_ANSWER = "BC805"
NOT_PACHD = "BC806"
REFUSED = "BC807"
OLD_SERVER = "BC820"
TOO_LARGE = "BC833"


def told(fault: Fault, address: str) -> Diagnostic:
    """Return what to say of a fault."""
    code, message, help = _words(fault, address)
    if fault.transaction:
        still = f"a transaction is still open: `pachctl delete transaction {fault.transaction}`"
        help = f"{help}; {still}" if help else still
    return Diagnostic(code=code, message=message, span=None, help=help)


def _words(fault: Fault, address: str) -> tuple[str, str, str | None]:
    match fault.trouble:
        case Trouble.UNREACHABLE:
            return (
                UNREACHABLE,
                f"no cluster answers at {address}",
                "see that the address is right, the server runs and no firewall is between",
            )
        case Trouble.HANGS_UP:
            return (
                UNREACHABLE,
                f"what listens at {address} hangs up",
                "use `grpcs://` if the server encrypts; else see that the port is a pachd's",
            )
        case Trouble.CUT:
            return NO_ANSWER, f"the connection was cut during `{fault.call}`", "try again"
        case Trouble.SLOW:
            return NO_ANSWER, f"there was no answer to `{fault.call}` in time", "try again"
        case Trouble.INTERRUPTED:
            return NO_ANSWER, f"`{fault.call}` was interrupted", None
        case Trouble.TLS:
            return (
                ENCRYPTION,
                f"encryption does not match at {address}",
                "use `grpcs://` where the server encrypts and `grpc://` where it does not; "
                "a certificate of your own goes into the context's `server_cas`",
            )
        case Trouble.NO_TOKEN:
            return (
                NOT_LOGGED_IN,
                f"the cluster does not know who you are: {fault.text}",
                "log in with `pachctl auth login`, or set PACH_TOKEN",
            )
        case Trouble.DENIED:
            return NOT_ALLOWED, f"the cluster does not allow it: {fault.text}", None
        case Trouble.NO_SUCH_CALL | Trouble.BROKEN:
            return (
                NOT_PACHD,
                f"what answers at {address} does not know `{fault.call}`",
                "see that the address is a pachd's, and that nothing between alters its answers",
            )
        case Trouble.TOO_OLD:
            return (
                OLD_SERVER,
                f"the server is Pachyderm {fault.text}, and bcdsl serves 2.5 and newer",
                "create the compiled specs with the server's own pachctl, upstream first",
            )
        case Trouble.TOO_LARGE:
            return (
                TOO_LARGE,
                f"a message of `{fault.call}` is larger than a server takes, which is 20 MiB: "
                f"{fault.text}",
                "make the document two, or move long scripts into the images",
            )
        case Trouble.MISSING | Trouble.EXISTS | Trouble.REFUSED:
            return REFUSED, f"the cluster refused `{fault.call}`: {fault.text}", None
