"""Make a virtual environment, and install the project with one of its extras into it.

Usage: python3 tools/environment.py DIRECTORY [EXTRA]

The Makefile runs this with the interpreter that the environment is to have. What is there is used
again; what is there of another version, or half made, is made anew. The extra `durable` comes with
every other where it can be built, and is left out, which is said, where it cannot.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory

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
    extras = [extra] if extra else []
    reason = why_not_durable()
    if reason:
        print(f"without the engine `durable`, and all else as it is: {reason}", flush=True)
    else:
        extras.append("durable")
    target = f".[{','.join(extras)}]" if extras else "."
    print(f"installing the project ({target}) for Python {VERSION}, this once", flush=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, "--editable", target]).returncode:
        sys.exit("the installation failed, see above: is the package index within reach?")
    # pip leaves the sources of an editable install uncompiled, which is felt at every start.
    subprocess.run([str(python), "-m", "compileall", "-q", "policy_rules"])


def why_not_durable() -> str:
    """Why durable-rules cannot be built here, with what to do; empty where it can."""
    if sys.version_info >= (3, 13):
        return f"durable-rules does not import on Python {RELEASE}"
    compiler = shlex.split(os.environ.get("CC") or str(sysconfig.get_config_var("CC") or "cc"))
    if not compiler or shutil.which(compiler[0]) is None:
        return f"the C compiler `{shlex.join(compiler)}` is missing; {_to_have('gcc libc6-dev')}"
    headers = sysconfig.get_path("include")
    if not (Path(headers) / "Python.h").exists():
        return f"`{headers}/Python.h` is missing; {_to_have(f'python{RELEASE}-dev')}"
    with TemporaryDirectory() as scratch:
        source = Path(scratch) / "probe.c"
        source.write_text("#include <Python.h>\n")
        made = str(source.with_suffix(".o"))
        probe = [*compiler, "-I", headers, "-c", str(source), "-o", made]
        if subprocess.run(probe, capture_output=True).returncode:
            return f"`{shlex.join(compiler)}` does not compile; {_to_have('gcc libc6-dev')}"
    return ""


def _to_have(packages: str) -> str:
    return (
        f"to have it, install it (Debian and Ubuntu: `apt install {packages}`), "
        "`touch setup.cfg` and make again"
    )


def main() -> None:
    """Read the command line; make and install."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("extra", nargs="?", default="")
    arguments = parser.parse_args()
    install(make(arguments.directory), arguments.extra)


if __name__ == "__main__":
    main()
