"""A DAG as a picture: repos and stages as boxes, from what is read to what is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from bcdslc.input_tree import Cron, leaves
from bcdslc.spec.spec import Spec
from bcdslc.spec.tree import tree_of
from bcdslc.view.dag_layout import Edge, Layout, Place, laid_out

LETTER, HEIGHT, GAP, DROP, EDGE = 7.4, 34, 26, 46, 14  # pixels

STYLE = """\
text { font: 12px ui-monospace, monospace; text-anchor: middle; fill: #1c2733 }
rect { stroke-width: 1.3 }
.stage { fill: #e8f0fb; stroke: #3d6fae }
.repo { fill: #f4f1e6; stroke: #a08c4a }
path.edge { fill: none; stroke: #7b8794; stroke-width: 1.3 }"""

TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto"><path d="M0 0L8 4L0 8z" fill="#7b8794"/></marker>'
)


def dag_svg(specs: Sequence[Spec]) -> str:
    """Return the picture of some specs and the repos that they read, as one `svg` element."""
    stages = {spec.name: spec.request.description or "" for spec in specs}
    edges = list(dict.fromkeys(_edges(specs)))
    names = dict.fromkeys([*(source for source, _ in edges), *stages])
    widths = {name: max(64.0, len(name) * LETTER + 24) + GAP for name in names}
    layout = laid_out(tuple(names), edges, widths)
    width = max((layout.across[n] + widths[n] / 2 for n in names), default=0.0) + 2 * EDGE
    rows = max(layout.rows.values(), default=0) + 1
    height = rows * HEIGHT + (rows - 1) * DROP + 2 * EDGE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" '
            f'width="{width:.0f}" height="{height}" role="img" aria-label="the pipeline">',
            f"<style>{STYLE}</style>",
            f"<defs>{TIP}</defs>",
            *(_curve(layout, route) for route in layout.routes),
            *(_box(layout, name, widths[name] - GAP, stages) for name in names),
            "</svg>",
        ]
    )


def _edges(specs: Sequence[Spec]) -> Iterator[Edge]:
    for spec in specs:
        tree = tree_of(spec.request.input) if spec.request.input else None
        for leaf in leaves(tree) if tree else ():
            if isinstance(leaf, Cron):
                yield leaf.repo or f"{spec.name}_{leaf.name}", spec.name
            else:
                yield leaf.repo, spec.name


def _point(layout: Layout, place: Place) -> tuple[float, int]:
    return layout.across[place] + EDGE, layout.rows[place] * (HEIGHT + DROP) + EDGE


def _curve(layout: Layout, route: Sequence[Place]) -> str:
    x, y = _point(layout, route[0])
    y += HEIGHT
    path = [f"M{x:.1f} {y}"]
    for place in route[1:]:
        to, top = _point(layout, place)
        half = DROP / 2
        path.append(f"C{x:.1f} {y + half:.0f} {to:.1f} {top - half:.0f} {to:.1f} {top}")
        x, y = to, top
        if place is not route[-1]:
            y += HEIGHT
            path.append(f"V{y}")
    return f'<path class="edge" marker-end="url(#tip)" d="{"".join(path)}"/>'


def _box(layout: Layout, name: str, width: float, stages: Mapping[str, str]) -> str:
    x, y = _point(layout, name)
    kind = "stage" if name in stages else "repo"
    about = escape(stages.get(name) or f"{kind} {name}")
    return (
        f'<g><title>{about}</title><rect class="{kind}" x="{x - width / 2:.1f}" y="{y}" '
        f'width="{width:.1f}" height="{HEIGHT}" rx="{6 if kind == "stage" else 16}"/>'
        f'<text x="{x:.1f}" y="{y + HEIGHT / 2 + 4:.0f}">{escape(name)}</text></g>'
    )
