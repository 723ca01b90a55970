"""Linting files of specs: which files, what is found in them, verdicts line by line."""
