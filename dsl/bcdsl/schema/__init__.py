"""The JSON Schema of the language, for editors and for `bcdsl schema check`."""
