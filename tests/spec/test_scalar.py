"""Scalars as protobuf's JSON form has them."""

from __future__ import annotations

from typing import Any

import pytest

from bcdslc.spec.field import Kind
from bcdslc.spec.scalar import READERS, WRONG, enumeration

EFFECTS = ("ALL_EFFECTS", "NO_SCHEDULE")


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        (Kind.INT64, "1.0", 1),
        (Kind.INT64, 1.0, 1),
        (Kind.INT64, "1e2", 100),
        (Kind.INT64, "100e-2", 1),
        (Kind.INT64, "-0", 0),
        (Kind.INT64, str(2**63 - 1), 2**63 - 1),
        (Kind.INT64, "1,2", 1),  # the library looks at the first token only
        (Kind.UINT64, 2**64 - 1, 2**64 - 1),
        (Kind.FLOAT, "NaN", "NaN"),
        (Kind.FLOAT, "-Infinity", float("-inf")),
        (Kind.FLOAT, "0.5", 0.5),
        (Kind.FLOAT, 3, 3),
        (Kind.DURATION, "+5s", "+5s"),
        (Kind.DURATION, "-1s", "-1s"),
        (Kind.DURATION, ".5s", ".5s"),
        (Kind.DURATION, "1.s", "1.s"),
        (Kind.DURATION, "315576000000s", "315576000000s"),
        (Kind.TIMESTAMP, "2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.123456789Z"),
        (Kind.TIMESTAMP, "2025-01-01T00:00:00+02:00", "2025-01-01T00:00:00+02:00"),
        (Kind.STRING, "é😀", "é😀"),
    ],
)
def test_taken(kind: Kind, value: object, wanted: Any) -> None:
    """These are values of their kind."""
    found = READERS[kind](value)
    assert (str(found).lower() if wanted == "NaN" else found) == (
        "nan" if wanted == "NaN" else wanted
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.STRING, 1),
        (Kind.STRING, True),
        (Kind.STRING, "\ud800"),
        (Kind.BOOL, 1),
        (Kind.BOOL, "true"),
        (Kind.INT64, True),
        (Kind.INT64, 1.5),
        (Kind.INT64, "01"),
        (Kind.INT64, "+1"),
        (Kind.INT64, " 1"),
        (Kind.INT64, ""),
        (Kind.INT64, "1.5"),
        (Kind.INT64, "1x"),
        (Kind.INT64, 2**63),
        (Kind.INT64, "1e99999999"),
        (Kind.INT32, 2**31),
        (Kind.UINT64, -1),
        (Kind.FLOAT, "500m"),
        (Kind.FLOAT, "1e400"),
        (Kind.FLOAT, 1e39),
        (Kind.FLOAT, float("inf")),
        (Kind.FLOAT, float("nan")),
        (Kind.FLOAT, True),
        (Kind.DURATION, "5m"),
        (Kind.DURATION, "01s"),
        (Kind.DURATION, "1.1234567890s"),
        (Kind.DURATION, "315576000001s"),
        (Kind.DURATION, "s"),
        (Kind.DURATION, "1e3s"),
        (Kind.DURATION, 5),
        (Kind.TIMESTAMP, "2025-13-01T00:00:00Z"),
        (Kind.TIMESTAMP, "2025-02-29T00:00:00Z"),
        (Kind.TIMESTAMP, "0000-01-01T00:00:00Z"),
        (Kind.TIMESTAMP, "2025-01-01"),
        (Kind.TIMESTAMP, "2025-01-01t00:00:00z"),
        (Kind.TIMESTAMP, "2025-01-01T00:00:60Z"),
    ],
)
def test_refused(kind: Kind, value: object) -> None:
    """These are no values of their kind."""
    assert READERS[kind](value) is WRONG


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("NO_SCHEDULE", "NO_SCHEDULE"), (1, "NO_SCHEDULE"), (9, "9"), (1.0, "NO_SCHEDULE")],
)
def test_enum(value: object, wanted: str) -> None:
    """An enum is an exact name or any number; numbers without a name are kept."""
    assert enumeration(EFFECTS)(value) == wanted


@pytest.mark.parametrize("value", ["NoSchedule", True, 1.5, None])
def test_no_enum(value: object) -> None:
    """Another spelling is no name of an enum."""
    assert enumeration(EFFECTS)(value) is WRONG
