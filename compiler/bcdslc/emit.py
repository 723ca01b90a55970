"""Specs as text: canonical, the same bytes for the same specs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from bcdslc.collector import collector_paused
from bcdslc.json_text import json_text
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json


class TextFormat(str, Enum):
    """The languages that pachctl reads."""

    JSON = "json"
    YAML = "yaml"


def spec_text(spec: Spec, format: TextFormat = TextFormat.JSON) -> str:
    """Return the text of one spec, with a final line end."""
    value = to_json(spec.request)
    if format is TextFormat.YAML:
        from bcdslc.emit_yaml import yaml_text

        return yaml_text(value)
    return json_text(value) + "\n"


def specs_text(specs: Iterable[Spec], format: TextFormat = TextFormat.JSON) -> str:
    """Return the texts of several specs as one that `pachctl create pipeline -f` takes.

    Documents need `---` between them, JSON too (spec reference, 2.1).
    """
    with collector_paused():
        return "---\n".join(spec_text(spec, format) for spec in specs)
