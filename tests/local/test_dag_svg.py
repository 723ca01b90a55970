"""The picture of a DAG."""

from __future__ import annotations

import json
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from bcdsl.source import SourceFile
from bcdslc.spec.read import read_specs
from bcdslc.view.dag_layout import Edge, laid_out
from bcdslc.view.dag_svg import dag_svg


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    """Return nodes, and edges from earlier to later ones."""
    nodes = [f"n{number}" for number in range(draw(st.integers(1, 9)))]
    pairs = [(a, b) for at, a in enumerate(nodes) for b in nodes[at + 1 :]]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return draw(st.permutations(nodes)), edges


@given(graphs())
def test_edges_go_down_and_boxes_do_not_overlap(graph: tuple[list[str], list[Edge]]) -> None:
    """Each step of an edge goes one row down; neighbours of a row keep their widths apart."""
    nodes, edges = graph
    widths = {node: 40.0 + 10 * len(edges) for node in nodes}
    layout = laid_out(nodes, edges, widths)
    rows: dict[int, list[float]] = {}
    for node in nodes:
        rows.setdefault(layout.rows[node], []).append(layout.across[node])

    assert [(route[0], route[-1]) for route in layout.routes] == edges
    for route in layout.routes:
        assert all(layout.rows[b] == layout.rows[a] + 1 for a, b in pairwise(route))
    for places in rows.values():
        for left, right in pairwise(sorted(places)):
            assert right - left >= widths[nodes[0]] - 1e-6


def test_lines_that_need_not_cross_do_not() -> None:
    """Two pairs given crosswise stand side by side."""
    layout = laid_out(["a", "b", "c", "d"], [("a", "d"), ("b", "c")], dict.fromkeys("abcd", 50.0))
    at = layout.across

    assert (at["a"] < at["b"]) == (at["d"] < at["c"])


def test_the_picture_has_a_box_for_each_name() -> None:
    """Stages and repos are boxes, each read an arrow; texts are escaped; it is XML."""
    spec = {
        "pipeline": {"name": "crop"},
        "description": "a < b & c",
        "transform": {"cmd": ["true"]},
        "input": {"cross": [{"pfs": {"repo": r, "glob": "/*"}} for r in ("x", "y")]},
    }
    specs = read_specs(SourceFile("s", json.dumps(spec))).specs
    svg = ElementTree.fromstring(dag_svg(specs))
    space = {"s": "http://www.w3.org/2000/svg"}

    assert {text.text for text in svg.findall(".//s:text", space)} == {"x", "y", "crop"}
    assert len(svg.findall("s:path", space)) == 2
    assert "a < b & c" in [title.text for title in svg.findall(".//s:title", space)]


def test_nothing_is_drawn_of_nothing() -> None:
    """No specs give an empty picture."""
    assert ElementTree.fromstring(dag_svg(())).findall("{http://www.w3.org/2000/svg}g") == []
