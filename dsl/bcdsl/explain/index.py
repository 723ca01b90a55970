"""The index of all codes, generated from the heads of their pages.

`python -m bcdsl.explain.index --write` writes it, `--check` says whether it is fresh. Programs
read the index: one file instead of some hundred.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path

from bcdsl.explain.page import Page, read_page

FOLDER = Path(__file__).parent
PAGES = FOLDER / "pages"
INDEX = FOLDER / "index.json"


@cache
def load() -> dict[str, Page]:
    """Return the head of every page by code."""
    facts = json.loads(INDEX.read_text(encoding="utf-8"))
    return {code: Page(code=code, **head) for code, head in facts.items()}


def page_text(code: str) -> str:
    """Return the whole page of a known code."""
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def generate() -> str:
    """Return the index as it should be."""
    heads = {}
    for path in sorted(PAGES.glob("BC*.md")):
        page = read_page(path.stem, path.read_text(encoding="utf-8"))
        heads[page.code] = {"title": page.title, "kind": page.kind, "severity": page.severity}
    return json.dumps(heads, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    from bcdsl.generated import write_or_check

    sys.exit(write_or_check({INDEX: generate()}, "-m bcdsl.explain.index", sys.argv[1:]))
