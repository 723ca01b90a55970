"""Every rule, in running order: what the server refuses first, and in its own order."""

from __future__ import annotations

from bcdslc.rule.fails_later import RULES as FAILS_LATER
from bcdslc.rule.folder import FOLDER_RULES
from bcdslc.rule.ignored import RULES as IGNORED
from bcdslc.rule.misleads import RULES as MISLEADS
from bcdslc.rule.refused import RULES as REFUSED
from bcdslc.rule.rule import Rule
from bcdslc.rule.style import RULES as STYLE

RULES: tuple[Rule, ...] = (*REFUSED, *FAILS_LATER, *MISLEADS, *IGNORED, *STYLE)

__all__ = ["FOLDER_RULES", "RULES"]
