"""The engine `durable`: the answers of the reference engine over truths that rules have found."""

from __future__ import annotations

from ...language.regimes import Regime
from ..exemptions import Exemptions
from ..folded import FoldedRegime
from ..interpreter import Asking, Batch, Interpreter
from ..protocol import UnavailableEngineError
from .chain import Chain
from .rule_sets import extension


class DurableEngine(Interpreter):
    """Conditions settled by durable-rules, one event each."""

    def __init__(self, regime: Regime, exemptions: Exemptions) -> None:
        """Raises UnavailableEngineError where durable-rules cannot be imported."""
        try:
            extension()
        except ImportError as error:
            raise UnavailableEngineError(
                (
                    f"引擎 `durable` 需要 durable-rules，此处无法导入（{error}）；"
                    "请安装 `policy-rules[durable]`（需要 C 编译器，Python 低于 3.13），"
                    "或改用 `python`",
                    "engine `durable` needs durable-rules, which cannot be imported here "
                    f"({error}); install `policy-rules[durable]`, which needs a C compiler and a "
                    "Python below 3.13, or use `python`",
                )
            ) from error
        super().__init__(regime, exemptions)
        self._folded = FoldedRegime(regime, bool(exemptions))

    def asking(self, batch: Batch) -> Asking:
        """What runs the chain of a question."""
        chain = Chain(batch, self._folded)
        return lambda fact, facts: chain.run(fact, facts, self.exemptions)
