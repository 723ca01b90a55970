"""Calls over gRPC: a deadline on each, and one kind of error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bcdslc.cluster.fault import ClusterError, Fault, Trouble, trouble_of
from bcdslc.cluster.where import Where
from bcdslc.cluster.wire import pure_protobuf

USUAL = 30.0  # seconds
OPTIONS = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))


class Channel:
    """A connection to one pachd."""

    def __init__(self, where: Where) -> None:
        pure_protobuf()
        import grpc

        self._grpc: Any = grpc
        self._token = where.token
        self._metadata = (("authn-token", where.token),) if where.token else ()
        target = f"{where.host}:{where.port}"
        if where.tls:
            keys = grpc.ssl_channel_credentials(root_certificates=_roots(where))
            self._channel: Any = grpc.secure_channel(target, keys, options=OPTIONS)
        else:
            self._channel = grpc.insecure_channel(target, options=OPTIONS)

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    def one(
        self,
        call: str,
        request: Any,
        answer: Any,
        *,
        seconds: float = USUAL,
        transaction: str = "",
    ) -> Any:
        """Return the answer of a call that has one."""
        stub = self._channel.unary_unary(
            f"/{call}",
            request_serializer=type(request).SerializeToString,
            response_deserializer=answer.FromString,
        )
        try:
            return stub(request, timeout=seconds, metadata=self._with(transaction))
        except self._grpc.RpcError as error:
            raise self._error(call, error) from None

    def pieces(self, call: str, request: Any, answer: Any, *, seconds: float) -> Iterator[Any]:
        """Yield the answers of a call that streams them, as they come."""
        stub = self._channel.unary_stream(
            f"/{call}",
            request_serializer=type(request).SerializeToString,
            response_deserializer=answer.FromString,
        )
        try:
            yield from stub(request, timeout=seconds, metadata=self._metadata)
        except self._grpc.RpcError as error:
            raise self._error(call, error) from None

    def many(self, call: str, request: Any, answer: Any, *, seconds: float = USUAL) -> list[Any]:
        """Return the answers of a call that streams them."""
        return list(self.pieces(call, request, answer, seconds=seconds))

    def send(self, call: str, requests: Iterator[Any], answer: Any, *, seconds: float) -> Any:
        """Return the answer of a call that takes a stream."""
        stub = self._channel.stream_unary(
            f"/{call}",
            request_serializer=lambda request: request.SerializeToString(),
            response_deserializer=answer.FromString,
        )
        try:
            return stub(requests, timeout=seconds, metadata=self._metadata)
        except self._grpc.RpcError as error:
            raise self._error(call, error) from None

    def _with(self, transaction: str) -> tuple[tuple[str, str], ...]:
        return (
            (*self._metadata, ("pach-transaction", transaction))
            if transaction
            else (self._metadata)
        )

    def _error(self, call: str, error: Any) -> ClusterError:
        code, text = error.code().name, error.details() or ""
        if self._token:
            text = text.replace(self._token, "…")
        name = call.rpartition("/")[2]
        trouble = trouble_of(code, text)
        if code == "INTERNAL" and "deserializing" in text:
            trouble = Trouble.BROKEN
        return ClusterError(Fault(trouble=trouble, call=name, text=text))


def _roots(where: Where) -> bytes:
    if where.roots is not None:
        return where.roots
    import certifi

    return Path(certifi.where()).read_bytes()
