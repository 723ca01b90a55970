"""Makes `tables.py` from the grammars: `python -m bcdsl.grammar.build --write` (or `--check`).

The only door to the grammar library, which is there for development only.
"""

from __future__ import annotations

import sys
from pathlib import Path
from pprint import pformat
from typing import Any

FOLDER = Path(__file__).parent
TABLES = FOLDER / "tables.py"
COMMAND = "python -m bcdsl.grammar.build --write"
HEAD = f'''"""Tables of the grammars beside this file: made by `{COMMAND}`, not by hand."""
# fmt: off
# ruff: noqa

from typing import Any

TABLES: dict[str, dict[str, Any]] = '''


def lark_parser(name: str) -> Any:
    """Return the library's own parser of a grammar."""
    from lark import Lark

    text = (FOLDER / f"{name}.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="contextual", maybe_placeholders=False)


def table(name: str) -> dict[str, Any]:
    """Return the table of one grammar."""
    lark = lark_parser(name)
    parser = lark.parser.parser
    table = parser._parse_table
    rules = list(lark.rules)
    lexers = lark.parser.lexer.lexers
    states = _reached(table)
    number = {state: index for index, state in enumerate(states)}
    return {
        "terminals": tuple((each.name, each.pattern.to_regexp()) for each in lark.terminals),
        "filtered": tuple(
            sorted(
                {
                    symbol.name
                    for rule in rules
                    for symbol in rule.expansion
                    if symbol.is_term and symbol.filter_out
                }
            )
        ),
        "rules": tuple((str(rule.origin.name), len(rule.expansion)) for rule in rules),
        "states": tuple(
            tuple(
                (str(token), number[target] if kind.name == "Shift" else ~rules.index(target))
                for token, (kind, target) in sorted(table.states[state].items())
            )
            for state in states
        ),
        "order": tuple(tuple(each.name for each in lexers[state].terminals) for state in states),
        "start": number[table.start_states["start"]],
        "final": number[table.end_states["start"]],
    }


def _reached(table: Any) -> list[int]:
    """Return the states in an order that depends on the grammar alone."""
    states = [table.start_states["start"]]
    for state in states:
        for _, (kind, target) in sorted(table.states[state].items()):
            if kind.name == "Shift" and target not in states:
                states.append(target)
    return states


def text() -> str:
    """Return the text of `tables.py`."""
    names = sorted(path.stem for path in FOLDER.glob("*.lark"))
    return HEAD + pformat({name: table(name) for name in names}, width=100) + "\n"


def main(arguments: list[str]) -> int:
    """Write the tables, or tell whether they are fresh."""
    if arguments == ["--write"]:
        TABLES.write_text(text(), encoding="utf-8")
        return 0
    if TABLES.exists() and TABLES.read_text(encoding="utf-8") == text():
        return 0
    print(f"{TABLES.name} is not what the grammars say: run `{COMMAND}`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
