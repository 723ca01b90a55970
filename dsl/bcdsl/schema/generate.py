"""The schema as a file: `python -m bcdsl.schema.generate --write` or `--check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bcdsl.keys.document import DOCUMENT, PROFILE
from bcdsl.keys.records import RECORDS
from bcdsl.keys.stage import FORBIDDEN_IN_SPEC
from bcdsl.schema.partial import in_parts
from bcdsl.schema.record import parts_of_inputs, record

DRAFT = "http://json-schema.org/draft-07/schema#"
FILE = Path(__file__).parent / "bcdsl.schema.json"
COPY = Path(__file__).parents[3] / "schemas" / FILE.name

STAGE_SNIPPET = {
    "label": "a stage",
    "body": {"about": "$1", "image": "${2:image:tag}", "from": "${3:repo:/<name>}", "cmd": "$4"},
}


def generate() -> str:
    """Return the text of the schema."""
    definitions = {form.name.replace(" ", "_"): record(form) for form in RECORDS}
    definitions["stage"]["defaultSnippets"] = [STAGE_SNIPPET]
    definitions |= parts_of_inputs()
    definitions["raw_fields"] = _raw()
    definitions |= in_parts(definitions, PROFILE.name)
    root = definitions.pop(DOCUMENT.name)
    schema = {
        "$schema": DRAFT,
        **root,
        "title": "bcdsl document",
        "description": "Pachyderm pipelines in which data is tied together by names.",
        "type": "object",
        "definitions": dict(sorted(definitions.items())),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _raw() -> dict[str, Any]:
    """Return what `spec` may hold: Pachyderm's fields, but for those that are not a stage's."""
    refused = dict.fromkeys(FORBIDDEN_IN_SPEC, False)
    refused |= {_camel(name): False for name in FORBIDDEN_IN_SPEC}
    return {"title": "raw fields", "type": ["object", "null"], "properties": refused}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


if __name__ == "__main__":
    from bcdsl.generated import write_or_check

    text = generate()
    sys.exit(write_or_check({FILE: text, COPY: text}, "-m bcdsl.schema.generate", sys.argv[1:]))
