"""Runs the tables that `build` makes from the grammars: a small LALR machine.

The grammar library takes longer to import than a whole check takes, so it works when the tables
are made and not when they are used. The lexer is contextual: in each state only the terminals
that the state can take are looked for, in the order of the table.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bcdsl.frozen import dataclass
from bcdsl.grammar.tables import TABLES
from bcdsl.grammar.tree import Branch, Token, Unexpected

END = "$END"


@dataclass(frozen=True, slots=True)
class _Grammar:
    terminals: dict[str, re.Pattern[str]]
    filtered: frozenset[str]
    rules: tuple[tuple[str, int], ...]
    states: tuple[dict[str, int], ...]
    order: tuple[tuple[str, ...], ...]
    start: int
    final: int


@cache
def _grammar(name: str) -> _Grammar:
    table = TABLES[name]
    return _Grammar(
        terminals={name: re.compile(pattern) for name, pattern in table["terminals"]},
        filtered=frozenset(table["filtered"]),
        rules=table["rules"],
        states=tuple(dict(actions) for actions in table["states"]),
        order=table["order"],
        start=table["start"],
        final=table["final"],
    )


@lru_cache(maxsize=4096)
def parse(name: str, text: str) -> Branch | Unexpected:
    """Return the tree of a text by one of the grammars, or where it leaves the grammar.

    An action of the tables is the next state, or the complement of a rule to reduce by.
    """
    grammar = _grammar(name)
    stack = [grammar.start]
    values: list[Branch | Token] = []
    at = 0
    while True:
        token = _next(grammar, stack[-1], text, at)
        if token is None:
            return Unexpected(at, grammar.order[stack[-1]])
        action = grammar.states[stack[-1]].get(token.kind)
        while action is not None and action < 0:
            _reduce(grammar, ~action, stack, values)
            action = grammar.states[stack[-1]].get(token.kind)
        if stack[-1] == grammar.final and token.kind == END:
            tree = values[-1]
            assert isinstance(tree, Branch)
            return tree
        if action is None:
            return Unexpected(at, grammar.order[stack[-1]])
        stack.append(action)
        values.append(token)
        at = token.end


def _next(grammar: _Grammar, state: int, text: str, at: int) -> Token | None:
    if at == len(text):
        return Token(END, "", at, at)
    for kind in grammar.order[state]:
        found = grammar.terminals[kind].match(text, at)
        if found is not None:
            return Token(kind, found[0], at, found.end())
    return None


def _reduce(grammar: _Grammar, number: int, stack: list[int], values: list[Branch | Token]) -> None:
    """Replace the last values by one branch; what a rule with a `_` holds joins its parent."""
    rule, length = grammar.rules[number]
    taken = values[len(values) - length :]
    del values[len(values) - length :], stack[len(stack) - length :]
    children: list[Branch | Token] = []
    for value in taken:
        if isinstance(value, Branch) and value.rule.startswith("_"):
            children.extend(value.children)
        elif not isinstance(value, Token) or value.kind not in grammar.filtered:
            children.append(value)
    values.append(Branch(rule, tuple(children)))
    stack.append(grammar.states[stack[-1]][rule])
