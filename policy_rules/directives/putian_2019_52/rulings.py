"""What the text leaves open and is settled without another option to choose, and why.

In the order of the text; what is of the document as a whole comes first. Where another answer can
be chosen, it is a reading, in the module of its clause.
"""

from typing import Final

from ...language import Ruling

RULINGS: Final = (
    Ruling(
        cites=["5.1/2"],
        zh="“根据警力配置”是否可以另作选择？",
        en="does “according to their strength” leave a choice?",
        taken_zh="不能；警力12人以上的一律实行两队一室",
        taken_en="no: from 12 officers on, it is two teams and one room",
        instead_zh="由各地根据警力自行确定模式",
        instead_en="each place chooses its mode by its strength",
        why_zh="同一句写明12人以上（含12人），下一句写明12人以下，没有第三种情形",
        why_en="the sentence gives the number, and the next the other side of it; no third is left",
    ),
)
