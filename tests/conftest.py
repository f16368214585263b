"""How the tests run: properties, and what they are told of a terminal.

On a build server (where `CI` is set) they try the same examples every time, so that a build fails
only for what was changed; elsewhere they try new ones. A failure prints what repeats it.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# As wide as where there is no terminal, wherever the tests are started.
os.environ["COLUMNS"] = "80"

_COMMON = settings(
    deadline=None,  # the first example compiles the rules, which takes longer than the others
    print_blob=True,
    max_examples=100,
    # A random directive is large on purpose.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("new examples", _COMMON)
settings.register_profile("same examples", _COMMON, derandomize=True)
settings.load_profile("same examples" if os.environ.get("CI") else "new examples")
