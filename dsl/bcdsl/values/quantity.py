"""Kubernetes quantities: `4G`, `512Mi`, `1.5`, `500m`, `1e9`.

A quantity that does not parse is logged by Pachyderm and dropped, and the pipeline runs without
it (pachyderm: src/internal/ppsutil/util.go), so it is refused here. The grammar is Kubernetes'
own (staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go).
"""

from __future__ import annotations

import re
from decimal import Decimal

_QUANTITY = re.compile(
    r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?", re.ASCII
)
_SCALE = {
    "": Decimal(1),
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
    "k": Decimal(10**3),
    "M": Decimal(10**6),
    "G": Decimal(10**9),
    "T": Decimal(10**12),
    "P": Decimal(10**15),
    "E": Decimal(10**18),
    "Ki": Decimal(2**10),
    "Mi": Decimal(2**20),
    "Gi": Decimal(2**30),
    "Ti": Decimal(2**40),
    "Pi": Decimal(2**50),
    "Ei": Decimal(2**60),
}
_MEANT = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)\s*([kmgtpe])(i?)(?:b|bytes?)?", re.ASCII | re.IGNORECASE
)


def read_quantity(text: str) -> Decimal | None:
    """Return the value of a quantity, or None if Kubernetes does not read it."""
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    suffix = found[2] or ""
    scale = _SCALE.get(suffix)
    return Decimal(found[1] + suffix) if scale is None else Decimal(found[1]) * scale


def meant_quantity(text: str) -> str | None:
    """Return the quantity that was probably meant by a text that is none."""
    found = _MEANT.fullmatch(text.strip())
    if found is None:
        return None
    letter, binary = found[2].upper(), found[3]
    if binary:
        return f"{found[1]}{letter}i"
    return f"{found[1]}{'k' if letter == 'K' else letter}"
