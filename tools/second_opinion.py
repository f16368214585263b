"""Ask cvc5 every question about the directive that Z3 was asked, and count what both found.

python tools/second_opinion.py
"""

from __future__ import annotations

import sys
from time import process_time

import policy_rules as pr
from policy_rules.analysis.proving.second_opinion import SecondOpinion
from policy_rules.analysis.verification import verify


def main() -> int:
    """1, where they differ."""
    begun, second = process_time(), SecondOpinion()
    verify(pr.load("putian-2019-52"), hears=second)
    found = ", ".join(f"{number} {answer}" for answer, number in sorted(second.agreed.items()))
    print(f"agreed: {found}; not answered by one of them: {second.silent}")
    print(f"{process_time() - begun:.0f} s of a processor, both solvers together")
    for question in second.against:
        print(question)
    return 1 if second.against else 0


if __name__ == "__main__":
    sys.exit(main())
