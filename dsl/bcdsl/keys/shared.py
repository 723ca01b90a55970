"""Forms that several records use."""

from __future__ import annotations

from bcdsl.form import Boolean, OneOrMany, Text

TEXT = Text()
FLAG = Boolean()
INT64 = 2**63 - 1
WORDS = OneOrMany(Text("a word", params=True), "a command: text, or a list of words")
LINES = OneOrMany(Text("a line"), "text, or a list of lines")
PATTERNS = OneOrMany(
    Text("a pattern", examples=("/*", "/<name>/*")), "a pattern, or a list of patterns"
)
EACH = OneOrMany(Text("a name"), "a name, or a list of names")
