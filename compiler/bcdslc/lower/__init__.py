"""The checked model to specs, one pass per file."""

from bcdslc.lower.dag import lower, lower_dag

__all__ = ["lower", "lower_dag"]
