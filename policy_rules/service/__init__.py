"""The rules over HTTP: a thin ASGI application on any server of that kind.

It needs the extra `policy-rules[service]`. What it answers is what the command line answers, of
documents of the same form; it keeps nothing of what it is asked.
"""

from .application import Application, application
from .asking import Limits, Service

__all__ = ["Application", "Limits", "Service", "application"]
