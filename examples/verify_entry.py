"""Check by yourself that an entry is in a record of decisions: a page that needs Python alone.

    policy-rules log show decisions 17 --reveal education > entry
    policy-rules log prove decisions 17 --checkpoint signed.checkpoint > proof
    python verify_entry.py entry proof [sm3]

It prints what the entry says and to which checkpoint the proof leads: whether that is the one that
was published, and by whom it was signed, is for you to see. It exits with 1 where the proof fails.
"""

import hashlib
import json
import sys
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path


def main(entry_file: str, proof_file: str, hash_name: str = "sha256") -> int:
    """Check the proof of an entry, and what is disclosed of it."""

    def hashed(data: bytes) -> bytes:
        return hashlib.new(hash_name, data).digest()

    entry, *disclosures = Path(entry_file).read_bytes().splitlines()
    head, _, checkpoint = Path(proof_file).read_text("utf-8").partition("\n\n")
    form, index, *path = head.split("\n")
    origin, size, root, *_ = checkpoint.split("\n")
    place, last = int(index.removeprefix("index ")), int(size) - 1
    if form != "c2sp.org/tlog-proof@v1" or not 0 <= place <= last:
        print("not a proof", file=sys.stderr)
        return 1

    # RFC 9162, 2.1.3.2: from the leaf to the root, with the hash beside it at each step.
    found = hashed(b"\0" + entry)
    for beside in map(b64decode, path):
        if place % 2 or place == last:
            found = hashed(b"\1" + beside + found)
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            found = hashed(b"\1" + found + beside)
        place, last = place // 2, last // 2
    if last or found != b64decode(root):
        print("the entry is not in the record, or it was changed", file=sys.stderr)
        return 1

    # RFC 9901: what is disclosed has its digest in the entry.
    for each in disclosures:
        digest = urlsafe_b64encode(hashed(each)).rstrip(b"=")
        if b'"%b"' % digest not in entry:
            print("something is disclosed that the entry does not hide", file=sys.stderr)
            return 1
        _, name, value = json.loads(urlsafe_b64decode(each + b"=" * (-len(each) % 4)))
        print(f"{name}: {value}")
    print(json.dumps(json.loads(entry), ensure_ascii=False, indent=1))
    print(f"is entry {index.removeprefix('index ')} of {origin}, which had {size} entries then")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
