"""The definition stands by itself, or holding the compiler to it would prove nothing."""

from __future__ import annotations

import ast


def imports(path):
    """Return the modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    return found


def test_it_shares_no_pass_with_the_lowering(root):
    """It knows the model, patterns and how globs match, and nothing else of ours."""
    ours = {m for m in imports(root / "compiler" / "bcdslc" / "meaning.py") if "bcdsl" in m}

    assert ours <= {
        "bcdsl.frozen",
        "bcdsl.model",
        "bcdsl.pattern.names",
        "bcdsl.pattern.tree",
        "bcdsl.pattern.walk",
        "bcdslc.glob.named",
    }


def test_nothing_of_the_program_asks_it(root):
    """It is slow, and for tests."""
    files = [*root.glob("dsl/**/*.py"), *root.glob("compiler/**/*.py")]

    assert [str(path) for path in files if "bcdslc.meaning" in imports(path)] == []
