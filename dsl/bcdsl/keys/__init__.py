"""Every key of the language, once: its forms, its meaning, its default, what it becomes.

The reader takes what these tables allow, the overlay merges along them, and the JSON Schema, the
reference and the editor's hints are written from them.
"""
