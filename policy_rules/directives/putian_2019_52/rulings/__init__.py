"""What the text leaves open and is settled without another option to choose, and why.

In the order of the text; what is of the document as a whole comes first. Where another answer can
be chosen, it is a reading, in the module of its clause; where the text does not fit, an oddity.
"""

from typing import Final

from . import part_1, part_2, part_3, part_4, part_5, part_6, whole

RULINGS: Final = (
    *whole.RULINGS,
    *part_1.RULINGS,
    *part_2.RULINGS,
    *part_3.RULINGS,
    *part_4.RULINGS,
    *part_5.RULINGS,
    *part_6.RULINGS,
)
