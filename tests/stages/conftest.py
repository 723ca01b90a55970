"""The example's stage code lies outside the packages: put it on the path."""

from __future__ import annotations

import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "breast_cancer"

for folder in (EXAMPLE, EXAMPLE / "stages"):
    sys.path.insert(0, str(folder))
