"""Tokens to text: each on the line on which its author put it, at the column that its level gets.

Two blanks a level, lists deeper than their key, one blank after `:`, `-` and `,`, none inside
brackets, two before a comment, at most one blank line; lines are neither joined nor folded.
"""

from __future__ import annotations

from bcdsl.compose import Token
from bcdsl.fmt.level import FLOW, Level, Levels
from bcdsl.fmt.scalar_lines import block_text, joined_lines

_OPENING = ("FlowSequenceStart", "FlowMappingStart")
_CLOSING = ("FlowSequenceEnd", "FlowMappingEnd")
_NAMED = ("Alias", "Anchor", "Tag")


class Printer:
    """Prints one text; `run` may be called once."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.out: list[str] = []
        self.levels = Levels()
        self.before: list[Level] = []  # the levels at the token printed last
        self.at = 0  # how far the text is printed
        self.line = self.looked = 0  # where the line starts, how far it was looked for
        self.fresh = True  # the text printed last ended its line
        self.blank = False  # a blank line is due
        self.last = ""  # the kind of the token printed last
        self.ended = True

    def run(self) -> str:
        """Return the whole text in its new layout."""
        for index, token in enumerate(self.tokens):
            if token.start == token.end:
                if token.kind not in ("StreamStart", "StreamEnd"):
                    self.levels.see(token, self._column(token.start), None)
                continue
            self._print(token, index)
        self._gap(len(self.text), None)
        end = "\n" if self.out and self.ended else ""
        return "".join(self.out) + end

    def _column(self, offset: int) -> int:
        """Return the column of an offset that is not less than the one asked for before."""
        found = self.text.rfind("\n", self.looked, offset)
        if found >= 0:
            self.line = found + 1
        self.looked = offset
        return offset - self.line

    def _print(self, token: Token, index: int) -> None:
        before_its_line = token.kind in ("BlockEntry", "Key")  # they open and close levels
        if before_its_line:
            self.levels.see(token, self._column(token.start), None)
        indent = self._gap(token.start, token)
        if indent is None and self._drops(token, index):
            self.at = token.end
            return
        if indent is None:
            self.out.append(self._between(token))
        self.levels.key = False
        if not before_its_line:
            self.levels.see(token, self._column(token.start), indent)
        self._write(token)
        self.last = token.kind
        self.before = list(self.levels.stack)
        self.at = token.end

    def _write(self, token: Token) -> None:
        text = self.text[token.start : token.end]
        self.fresh, self.ended = False, True
        if token.kind != "Scalar":
            self.out.append(text.rstrip())
        elif token.style in ("|", ">"):
            top = self.levels.top
            block = block_text(text, top.column if top else -1, self.levels.continued)
            self.out.append("\n".join(block.lines))
            self.blank = block.blank_after
            self.fresh = self.ended = block.ended
        else:
            self.out.append(joined_lines(text, self.levels.continued))

    def _gap(self, end: int, token: Token | None) -> int | None:
        """Print the comments up to a token, and its indentation if it starts a line.

        Returns that indentation, or None if the token goes on with the line.
        """
        pieces = self.text[self.at : end].split("\n")
        if token is None:
            pieces.append("")
        if not self.fresh:
            comment = pieces.pop(0).strip()
            if comment:
                self.out.append(f"  {comment}")
            if not pieces:
                return None
        column = self._column(end) if token else -1
        indent = self.levels.line_indent(token) if token else 0
        for piece in pieces[:-1]:
            comment = piece.strip()
            if comment:
                depth = len(piece) - len(piece.lstrip())
                self._line(self._comment_indent(depth, column, indent))
                self.out.append(comment)
            else:
                self.blank = True
        if token is not None:
            self._line(indent)
        return indent

    def _line(self, indent: int) -> None:
        """Start a line."""
        if self.out:
            self.out.append("\n\n" if self.blank else "\n")
        self.out.append(" " * indent)
        self.blank = False

    def _comment_indent(self, depth: int, column: int, indent: int) -> int:
        """Return the indentation of a comment on its own line.

        It goes with the line below if they had one column, else with the innermost level that
        did not stand deeper.
        """
        if self.before and self.before[-1].kind == FLOW:
            return self.before[-1].inner
        if depth == column:
            return indent
        fitting = [level.indent for level in self.before if level.column <= depth]
        return fitting[-1] if fitting else indent

    def _between(self, token: Token) -> str:
        """Return what stands between the token printed last and this one on the same line."""
        kind, last = token.kind, self.last
        if not self.out or last in _OPENING:
            return ""
        if last == "Value":
            return " "
        if kind == "Value":
            return " " if last in _NAMED else ""
        return "" if kind == "FlowEntry" or kind in _CLOSING else " "

    def _drops(self, token: Token, index: int) -> bool:
        """Say whether this is a comma that nothing follows before the bracket closes."""
        if token.kind != "FlowEntry" or self.last in ("Value", "FlowEntry", *_OPENING):
            return False
        following = self.tokens[index + 1]
        gap = self.text[token.end : following.start]
        return following.kind in _CLOSING and "\n" not in gap
