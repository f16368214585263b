"""五（四） A wider role."""

from ...language import Clause

CLAUSE = Clause(heading="5.4", zh="派出所民警角色升级", en="A wider role", provisions=[])
