"""Kubernetes quantities: `4G`, `512Mi`, `1.5`, `500m`, `1e9`.

kubernetes: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go.
"""

from __future__ import annotations

import re
from decimal import Decimal

_QUANTITY = re.compile(
    r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?",
    re.ASCII,
)
_SCALE = {
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

# How people write sizes that Kubernetes does not read, and what they mean by it.
_REPAIR = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([kmgtpe])(i?)b?\s*", re.ASCII | re.IGNORECASE)


def quantity(text: str) -> Decimal | None:
    """Return the value of a quantity, or None if Kubernetes does not read it."""
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    number, suffix = found[1], found[2] or ""
    if suffix in _SCALE:
        return Decimal(number) * _SCALE[suffix]
    return Decimal(number + suffix)


def repaired(text: str) -> str | None:
    """Return the quantity that was probably meant by a text that is none, if one can be told."""
    found = _REPAIR.fullmatch(text)
    if found is None:
        return None
    number, letter, binary = found[1], found[2].upper(), found[3]
    if binary:
        return f"{number}{letter}i"
    return f"{number}{'k' if letter == 'K' else letter}"
