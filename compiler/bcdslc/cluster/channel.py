"""Calls over gRPC: a deadline on each, and one kind of error."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bcdslc.cluster.calls import RAW, Call
from bcdslc.cluster.fault import ClusterError, Fault, Trouble, trouble_of
from bcdslc.cluster.interrupt import Interrupts
from bcdslc.cluster.where import Where
from bcdslc.cluster.wire import pure_protobuf, wire
from bcdslc.plan.hide import hidden

MIB = 1024 * 1024
# pachyderm: src/internal/grpcutil/stream.go, MaxMsgSize; what wraps a message needs some of it.
# A server answers a batch with what it was sent, and that answer has the same limit.
MESSAGE_LIMIT = 20 * MIB
ROOM = MIB
OPTIONS = (
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    # or gRPC itself refuses for a second what is asked again after a tenth of one
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 500),
)
PAUSES = (0.1, 0.3, 0.9)  # seconds before a repeatable call is asked again
PASSING = (Trouble.UNREACHABLE, Trouble.HANGS_UP, Trouble.CUT)


class Channel:
    """A connection to one pachd."""

    def __init__(self, where: Where, interrupts: Interrupts | None = None) -> None:
        pure_protobuf()
        # what a call fails with says it all; gRPC would print its own lines before ours
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")
        import grpc

        self._grpc: Any = grpc
        self._wire = wire()
        self.interrupts = Interrupts() if interrupts is None else interrupts
        self._token = where.token
        self._metadata = (("authn-token", where.token),) if where.token else ()
        if where.tls:
            keys = grpc.ssl_channel_credentials(root_certificates=_roots(where))
            self._channel: Any = grpc.secure_channel(where.target, keys, options=OPTIONS)
        else:
            self._channel = grpc.insecure_channel(where.target, options=OPTIONS)

    def close(self) -> None:
        """Hang up."""
        with self.interrupts.held():
            self._channel.close()

    def one(
        self,
        call: Call,
        request: Any,
        *,
        seconds: float | None = None,
        transaction: str = "",
        to_the_end: bool = False,
    ) -> Any:
        """Return the answer of a call that has one; with `to_the_end` Ctrl-C waits for it."""
        self._fitting(call, request)
        metadata = self._with(transaction)
        stub = self._stub(call)

        def ask() -> Any:
            pending = stub.future(request, timeout=seconds or call.seconds, metadata=metadata)
            if to_the_end:
                return pending.result()
            with self.interrupts.ending(pending):
                return pending.result()

        return self._asked(call, ask)

    def pieces(self, call: Call, request: Any, *, seconds: float | None = None) -> Iterator[Any]:
        """Yield the answers of a call that streams them, as they come."""
        stub = self._stub(call)

        def ask() -> tuple[Any, Any]:
            stream = stub(request, timeout=seconds or call.seconds, metadata=self._metadata)
            return stream, self._next(stream)

        stream, piece = self._asked(call, ask)
        try:
            while piece is not None:
                yield piece
                piece = self._asked(call, lambda: self._next(stream), repeats=False)
        finally:
            stream.cancel()

    def many(self, call: Call, request: Any) -> list[Any]:
        """Return all answers of a call that streams them; cut in the middle, it begins anew."""
        stub = self._stub(call)

        def ask() -> list[Any]:
            stream = stub(request, timeout=call.seconds, metadata=self._metadata)
            try:
                return list(iter(lambda: self._next(stream), None))
            finally:
                stream.cancel()

        return list(self._asked(call, ask))

    def send(self, call: Call, requests: Iterator[Any], *, seconds: float) -> Any:
        """Return the answer of a call that takes a stream; raise what making a request raised.

        gRPC asks for the requests in a thread of its own, and calls off what cannot go on.
        """
        stub = self._stub(call)
        wrong: list[OSError] = []

        def watched() -> Iterator[Any]:
            try:
                yield from requests
            except OSError as error:
                wrong.append(error)
                raise  # or what was sent so far would be all of it

        def ask() -> Any:
            pending = stub.future(watched(), timeout=seconds, metadata=self._metadata)
            with self.interrupts.ending(pending):
                return pending.result()

        try:
            return self._asked(call, ask)
        except ClusterError:
            if wrong:
                raise wrong[0] from None
            raise

    def _stub(self, call: Call) -> Any:
        directions = {
            (False, False): self._channel.unary_unary,
            (False, True): self._channel.unary_stream,
            (True, False): self._channel.stream_unary,
        }
        return directions[call.takes_many, call.gives_many](
            f"/{call.path}",
            request_serializer=None if call.takes == RAW else _serialized,
            response_deserializer=getattr(self._wire, call.gives).FromString,
        )

    def _next(self, stream: Any) -> Any:
        with self.interrupts.ending(stream):
            return next(stream, None)

    def _asked(self, call: Call, ask: Callable[[], Any], *, repeats: bool = True) -> Any:
        """Return what asking gives; what may be repeated is asked again if a connection broke."""
        pauses = iter(PAUSES if repeats and call.repeatable else ())
        while True:
            with self.interrupts.held():
                self.interrupts.raise_if_pressed()
                try:
                    return ask()
                except (self._grpc.RpcError, self._grpc.FutureCancelledError) as error:
                    wrong = self._error(call, error)
                pause = next(pauses, None)
                if pause is None or wrong.fault.trouble not in PASSING:
                    raise wrong
            time.sleep(pause)

    def _fitting(self, call: Call, request: Any) -> None:
        size = len(request) if call.takes == RAW else request.ByteSize()
        if size > MESSAGE_LIMIT - ROOM:
            text = f"{size / MIB:.1f} MiB"
            raise ClusterError(Fault(trouble=Trouble.TOO_LARGE, call=call.name, text=text))

    def _with(self, transaction: str) -> tuple[tuple[str, str], ...]:
        return (
            (*self._metadata, ("pach-transaction", transaction))
            if transaction
            else (self._metadata)
        )

    def _error(self, call: Call, error: Any) -> ClusterError:
        if isinstance(error, self._grpc.FutureCancelledError):
            return ClusterError(Fault(trouble=Trouble.INTERRUPTED, call=call.name, text=""))
        code, text = error.code().name, error.details() or ""
        if self._token:
            text = text.replace(self._token, "…")
        text = hidden(text)
        trouble = trouble_of(code, text)
        if code == "INTERNAL" and "deserializing" in text:
            trouble = Trouble.BROKEN
        return ClusterError(Fault(trouble=trouble, call=call.name, text=text))


def _serialized(message: Any) -> bytes:
    return bytes(message.SerializeToString())


def _roots(where: Where) -> bytes:
    if where.roots is not None:
        return where.roots
    import certifi

    return Path(certifi.where()).read_bytes()
