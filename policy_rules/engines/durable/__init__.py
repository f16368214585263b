"""The engine `durable`: conditions found by forward chaining in durable-rules."""

from .engine import DurableEngine

__all__ = ["DurableEngine"]
