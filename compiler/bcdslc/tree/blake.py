"""BLAKE2b, without the OpenSSL that `hashlib` loads for its other functions (4 ms).

`hashlib` takes it from the same place, and `random` takes its own hash so for the same reason.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b as blake2b
except ImportError:  # another Python than CPython
    from hashlib import blake2b as blake2b
