"""The version, as a literal: asking the installed package for it costs 50 ms."""

VERSION = "0.1.0"
