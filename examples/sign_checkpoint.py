"""A signer for checkpoints, with OpenSSL: Ed25519, or SM2 with SM3.

    openssl genpkey -algorithm ed25519 -out key.pem
    policy-rules log checkpoint decisions --signer "python sign_checkpoint.py key.pem NAME"

It reads a checkpoint and writes the line of a signed note (C2SP signed-note) under the name that is
given. A hardware module, or another program, does as well: only the line counts.
"""

import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

# What the id of a key is made of, besides its name: the kind of signature, and the public key.
ED25519 = b"\x01"
OTHER = b"\xffSM2 with SM3\n"
SM2 = ("-digest", "sm3", "-pkeyopt", "distid:1234567812345678")


def main(key: str, name: str) -> None:
    """Sign what comes on standard input."""
    text = sys.stdin.buffer.read()
    is_ed25519 = b"ED25519" in _openssl("pkey", "-in", key, "-noout", "-text")
    public = _openssl("pkey", "-in", key, "-pubout", "-outform", "DER")
    with TemporaryDirectory() as folder:
        file = Path(folder, "checkpoint")
        file.write_bytes(text)
        how = () if is_ed25519 else SM2
        signed = _openssl("pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", str(file), *how)
    kind = ED25519 + public[-32:] if is_ed25519 else OTHER + public
    key_id = sha256(name.encode() + b"\n" + kind).digest()[:4]
    line = f"— {name} {b64encode(key_id + signed).decode()}\n"
    sys.stdout.buffer.write(line.encode())


def _openssl(*arguments: str) -> bytes:
    return subprocess.run(("openssl", *arguments), stdout=subprocess.PIPE, check=True).stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
