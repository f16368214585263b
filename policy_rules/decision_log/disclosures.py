"""Personal values, hidden after SD-JWT (RFC 9901): a salted digest stands in for each of them.

An object of JSON that hides something has the key `_sd`, a list of digests in no telling order. A
digest is the hash of a disclosure in base64url: SHA-256, or the log's own hash where that is
another. A disclosure is the base64url of the JSON `[salt, name, value]`. Who is given it can check
it against the digest; who is not learns neither value nor name, and once it is erased nobody can.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from secrets import token_bytes
from typing import Any, Final

DIGESTS: Final = "_sd"
_SALT_BYTES: Final = 16


def hidden(values: Mapping[str, object], disclosures: list[str], hash_name: str) -> list[str]:
    """The digests that stand in for some values; their disclosures are added to the list."""
    digests = []
    random = token_bytes(_SALT_BYTES * len(values))
    for place, (name, value) in enumerate(values.items()):
        salt = _text(random[place * _SALT_BYTES : (place + 1) * _SALT_BYTES])
        said = encode_basestring(value) if isinstance(value, str) else _json(value)
        disclosure = _text(f'["{salt}",{encode_basestring(name)},{said}]'.encode())
        disclosures.append(disclosure)
        digests.append(digest_of(disclosure, hash_name))
    digests.sort()
    return digests


def digest_of(disclosure: str, hash_name: str) -> str:
    """The digest of a disclosure."""
    return _text(hashlib.new(hash_name, disclosure.encode()).digest())


def read_disclosure(disclosure: str) -> tuple[str, Any]:
    """The name and the value that a disclosure discloses."""
    padded = disclosure + "=" * (-len(disclosure) % 4)
    _, name, value = json.loads(urlsafe_b64decode(padded))
    return name, value


def revealed(value: Any, by_digest: Mapping[str, str]) -> Any:
    """A value of JSON with all that the disclosures disclose put in its place.

    An object of which something stays hidden keeps the digests of that.
    """
    match value:
        case dict():
            made = {key: revealed(each, by_digest) for key, each in value.items() if key != DIGESTS}
            kept = []
            for digest in value.get(DIGESTS, ()):
                if (disclosure := by_digest.get(digest)) is None:
                    kept.append(digest)
                else:
                    name, shown = read_disclosure(disclosure)
                    made[name] = shown
            return {**made, DIGESTS: kept} if kept else made
        case list():
            return [revealed(each, by_digest) for each in value]
        case _:
            return value


def digests_in(value: Any) -> Iterable[str]:
    """All digests that stand anywhere in a value of JSON."""
    match value:
        case dict():
            for key, each in value.items():
                yield from each if key == DIGESTS else digests_in(each)
        case list():
            for each in value:
                yield from digests_in(each)


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


# Made once: it takes as long as what it encodes here.
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
