"""Profiles of the property tests, and the shared facts that a user's clone does not have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

_common = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("dev", max_examples=100, derandomize=True, **_common)
settings.register_profile("ci", max_examples=1000, derandomize=True, **_common)
settings.register_profile("long", max_examples=100_000, **_common)
settings.load_profile(os.environ.get("BCDSL_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of measured facts, or skip where there is none."""
    folder = Path(os.environ.get("BCDSL_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the measured facts (../shared) are not here")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the project."""
    return ROOT
