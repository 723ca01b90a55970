"""Limits below what a stock server requests when the stage requests nothing.

The server's defaults ask for cpu 1, memory 256Mi and disk 1Gi, for the worker and for its
sidecar (part 2 of the spec reference); Kubernetes refuses a pod whose request is above its
limit, and the pipeline then hangs. A stage that sets requests among its raw fields is left to
the rule that reads the whole spec.
"""

from __future__ import annotations

from decimal import Decimal

from bcdsl.diagnostic import Diagnostic, Fix
from bcdsl.finding import error, replace_with
from bcdsl.model import Hardware, Range, Resources
from bcdsl.source import Span, Spanned
from bcdsl.values.quantity import read_quantity
from bcdsl.yaml_tree import Mapping, Node

CODE = "BC332"

_RAW_REQUESTS = (
    "resource_requests",
    "resourceRequests",
    "sidecar_resource_requests",
    "sidecarResourceRequests",
)
_MEBI = Decimal(2**20)
_STOCK = (("memory", "256Mi", 256 * _MEBI), ("disk", "1Gi", 1024 * _MEBI))


def check_stock(hardware: Hardware, problems: list[Diagnostic], spec: Node | None = None) -> None:
    """Note each limit that the server's own request would pass; `spec` are a stage's raw fields."""
    if isinstance(spec, Mapping) and any(spec.get(key) is not None for key in _RAW_REQUESTS):
        return
    for resources, whose in ((hardware.worker, "the worker"), (hardware.sidecar, "the sidecar")):
        _check(resources, whose, problems)


def _check(resources: Resources, whose: str, problems: list[Diagnostic]) -> None:
    cpu = resources.cpu
    if cpu.high is not None and cpu.low is None and cpu.high.value < 1:
        problems.append(_below("cpu", "1", cpu.high.span, whose))
    ranges: dict[str, Range[str]] = {"memory": resources.memory, "disk": resources.disk}
    for name, written, least in _STOCK:
        high: Spanned[str] | None = ranges[name].high
        if high is None or ranges[name].low is not None:
            continue
        value = read_quantity(high.value)
        if value is not None and value < least:
            problems.append(_below(name, written, high.span, whose))


def _below(name: str, written: str, limit: Span, whose: str) -> Diagnostic:
    text = limit.text
    amount = text.rpartition("..")[2].strip("\"'")
    return error(
        CODE,
        f"the limit `{amount}` is below the {name} of {written} that a server requests for {whose}",
        limit,
        f"request as much as the limit: `{amount}..{amount}`",
        _fix(limit, amount),
    )


def _fix(limit: Span, amount: str) -> Fix | None:
    if limit.text != amount or limit.source.text[limit.start - 2 : limit.start] != "..":
        return None
    return replace_with(Span(limit.source, limit.start - 2, limit.end), f"{amount}..{amount}")
