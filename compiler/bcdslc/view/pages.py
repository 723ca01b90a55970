"""A code's page, and the list of all codes, as text."""

from collections.abc import Mapping

from bcdsl.explain.index import page_text
from bcdsl.explain.page import KINDS, Page, body

HEADINGS = {
    "language": "The document cannot be understood",
    "refused": "Pachyderm refuses it",
    "fails later": "Pachyderm accepts it, and it fails later",
    "misleads": "Pachyderm does something else than it says",
    "ignored": "Pachyderm ignores it",
    "style": "It could be said better",
    "data": "It does not fit the data",
    "run": "It went wrong when it ran",
    "cluster": "It went wrong on the cluster",
}


def page(page: Page) -> str:
    """Return a page with its title as its first line."""
    head = f"{page.code}: {page.title}"
    kind = page.severity if page.kind == "language" else f"{page.severity}, {page.kind}"
    return f"{head} ({kind})\n\n{body(page.code, page_text(page.code))}"


def listing(pages: Mapping[str, Page]) -> str:
    """Return all codes with their titles, grouped by what becomes of the mistake."""
    groups = []
    for kind in KINDS:
        members = [page for _, page in sorted(pages.items()) if page.kind == kind]
        if members:
            lines = [f"  {page.code}  {page.severity:<7}  {page.title}" for page in members]
            groups.append("\n".join([f"{HEADINGS[kind]} ({kind})", *lines]))
    return "\n\n".join(groups)
