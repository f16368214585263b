"""Make a virtual environment, and install the project with one of its extras into it.

Usage: python3 tools/environment.py DIRECTORY [EXTRA]

The Makefile runs this with the interpreter that the environment is to have. What is there is used
again; what is there of another version, or half made, is made anew. Where an installation fails,
what is missing on the machine is named.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

VERSION = platform.python_version()
RELEASE = ".".join(VERSION.split(".")[:2])


def make(directory: Path) -> Path:
    """Make the environment where a sound one of this version is not there yet; give its Python."""
    python = directory / "bin" / "python"
    settings = directory / "pyvenv.cfg"
    if directory.exists() and not settings.exists():
        sys.exit(f"`{directory}` is there and is not a virtual environment: move it away")
    if settings.exists() and f"version = {VERSION}\n" in settings.read_text() and works(python):
        return python
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            sys.exit(
                f"`{sys.executable}` cannot make a virtual environment: its module `{module}` is "
                f"missing; install it (Debian and Ubuntu: `apt install python{RELEASE}-venv`)"
            )
    if subprocess.run([sys.executable, "-m", "venv", "--clear", directory]).returncode:
        sys.exit(f"no virtual environment could be made in `{directory}`, see above")
    return python


def works(python: Path) -> bool:
    """Whether pip runs in the environment: not when it was half made, or its Python is gone."""
    if not python.exists():
        return False
    return not subprocess.run(
        [str(python), "-m", "pip", "--version"], capture_output=True
    ).returncode


def install(python: Path, extra: str) -> None:
    """Install the project, editable, with the extra; end with what is missing where that fails."""
    target = f".[{extra}]" if extra else "."
    print(f"installing the project ({target}) for Python {VERSION}, this once", flush=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, "--editable", target]).returncode:
        sys.exit("\n".join(["the installation failed, see above", *missing(python)]))
    # pip leaves the sources of an editable install uncompiled, which is felt at every start.
    subprocess.run([str(python), "-m", "compileall", "-q", "policy_rules"])


def missing(python: Path) -> list[str]:
    """What an installation needs and this machine has not, a line each with what to do."""
    lines: list[str] = []
    probe = [str(python), "-c", "import durable.lang"]
    if sys.version_info < (3, 13) and subprocess.run(probe, capture_output=True).returncode:
        compiler = (os.environ.get("CC") or str(sysconfig.get_config_var("CC") or "cc")).split()[0]
        if shutil.which(compiler) is None:
            lines.append(f"missing: the C compiler `{compiler}` (Debian and Ubuntu: `gcc`)")
        header = Path(sysconfig.get_path("include")) / "Python.h"
        if not header.exists():
            lines.append(f"missing: `{header}` (Debian and Ubuntu: `python{RELEASE}-dev`)")
    if not lines:
        return ["nothing known is missing on this machine: is the package index within reach?"]
    return [
        *lines,
        f"on Python {RELEASE} durable-rules is built from its source; "
        "on Python 3.13 and later it is not used",
    ]


def main() -> None:
    """Read the command line; make and install."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("extra", nargs="?", default="")
    arguments = parser.parse_args()
    install(make(arguments.directory), arguments.extra)


if __name__ == "__main__":
    main()
