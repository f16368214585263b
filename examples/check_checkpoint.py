"""A verifier of signed checkpoints, with OpenSSL: what `sign_checkpoint.py` signs.

    policy-rules log verify decisions --checkpoint signed.checkpoint \
        --verifier "python check_checkpoint.py public.pem NAME"

It reads a signed note (C2SP signed-note), and ends with status 0 where the line under that name was
made with the key to this public one, and with 1 where there is none such.
"""

import subprocess
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

# What the id of a key is made of, besides its name: the kind of signature, and the public key.
ED25519 = b"\x01"
OTHER = b"\xffSM2 with SM3\n"
SM2 = ("-digest", "sm3", "-pkeyopt", "distid:1234567812345678")


def main(key: str, name: str) -> int:
    """Check what comes on standard input."""
    body, _, lines = sys.stdin.buffer.read().decode().partition("\n\n")
    public = _openssl("pkey", "-pubin", "-in", key, "-outform", "DER").stdout
    is_ed25519 = b"ED25519" in _openssl("pkey", "-pubin", "-in", key, "-noout", "-text").stdout
    kind = ED25519 + public[-32:] if is_ed25519 else OTHER + public
    key_id = sha256(name.encode() + b"\n" + kind).digest()[:4]
    for line in lines.splitlines():
        dash, _, signed = line.partition(f" {name} ")
        made = b64decode(signed) if dash == "—" else b""
        if made[:4] == key_id and _is_right(f"{body}\n".encode(), made[4:], key, is_ed25519):
            return 0
    print(f"no signature of {name} under it holds", file=sys.stderr)
    return 1


def _is_right(text: bytes, signature: bytes, key: str, is_ed25519: bool) -> bool:
    with TemporaryDirectory() as folder:
        signed, by = Path(folder, "checkpoint"), Path(folder, "signature")
        signed.write_bytes(text)
        by.write_bytes(signature)
        how = () if is_ed25519 else SM2
        return not _openssl(
            "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", str(signed),
            "-sigfile", str(by), *how,
        ).returncode  # fmt: skip


def _openssl(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(("openssl", *arguments), capture_output=True, check=False)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
