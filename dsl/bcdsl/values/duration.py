"""Durations: `90s`, `5m`, `1h30m`, `1.5s`; emitted as seconds, the only unit since 2.7."""

from __future__ import annotations

import re
from decimal import Decimal

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error
from bcdsl.source import Spanned
from bcdsl.yaml_tree import Scalar

CODE = "BC123"

_DURATION = re.compile(
    r"(?:([0-9]+(?:\.[0-9]+)?)h)?(?:([0-9]+(?:\.[0-9]+)?)m)?(?:([0-9]+(?:\.[0-9]{1,9})?)s)?",
    re.ASCII,
)
_LONGEST = 315_576_000_000  # seconds, the most that a protobuf Duration holds


def read_duration(scalar: Scalar, label: str) -> Spanned[str] | Diagnostic:
    """Return a duration as seconds with `s`, or why it is none."""
    found = _DURATION.fullmatch(scalar.text)
    if found is None or not scalar.text or len(scalar.text) > 40:
        return error(
            CODE,
            f"{label} takes a duration, not `{scalar.text}`",
            scalar.span,
            _advice(scalar.text),
        )
    hours, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    if not 0 < total <= _LONGEST:
        kind = "more than 0" if total <= 0 else f"at most {_LONGEST}s"
        return error(
            CODE, f"{label} must be {kind}", scalar.span, "without the key there is no limit"
        )
    text = format(total, "f")
    whole = text.rstrip("0").rstrip(".") if "." in text else text
    return Spanned(f"{whole}s", scalar.span)


def _advice(text: str) -> str:
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text, re.ASCII):
        return f"write the unit: `{text}s`, `{text}m` or `{text}h`"
    days = re.fullmatch(r"([0-9]+)d", text, re.ASCII)
    if days:
        return f"write `{int(days[1]) * 24}h`"
    return "write `90s`, `5m` or `1h30m`"
