"""Benchmarks: what an answer costs, beside a hand-written function and other engines.

`python -m benchmarks` (or `make bench`) runs them all and writes `docs/_generated/benchmarks.md`.
"""
