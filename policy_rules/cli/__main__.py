"""`python -m policy_rules.cli` does what `policy-rules` does."""

import sys

from . import main

sys.exit(main())
