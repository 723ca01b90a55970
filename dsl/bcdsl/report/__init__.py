"""Drawing problems: for a terminal, for matchers, as JSON, for GitHub, as SARIF."""

from bcdsl.report.draw import Format, draw

__all__ = ["Format", "draw"]
