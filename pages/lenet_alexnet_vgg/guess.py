"""What is guessed in the picture: which layer holds most of the weights."""

from __future__ import annotations

from core.vision.architectures.heaviest import heaviest
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.quiz import Question
from pages.lenet_alexnet_vgg.view import names as network_names


def guess(net: str) -> Guess:
    """About the network whose table is on show."""
    found = heaviest(net)
    rows = found.rows
    names = {str(i): rows[i].name for i in found.offered}

    def why(i: int) -> str:
        count = f"{rows[i].parameters:,}"
        if i == found.busiest:
            return _(
                "{layer} computes most, since its few weights are used at every place; it holds "
                "{count} of them."
            ).format(layer=rows[i].name, count=count)
        if rows[i].kind == "conv":
            return _("{layer} holds {count}: a kernel is small, and shared by all places.").format(
                layer=rows[i].name, count=count
            )
        return _("{layer} holds {count}: fewer numbers enter it, or fewer units read them.").format(
            layer=rows[i].name, count=count
        )

    return Guess(
        Question(
            "arch-weights",
            net,
            _("Which layer of {network} holds most of its weights?").format(
                network=network_names()[net]
            ),
            str(found.most),
            _("{count} of all weights, {share}.").format(
                count=f"{rows[found.most].parameters:,}", share=f"{100 * found.share:.0f}%"
            ),
            {str(i): why(i) for i in found.offered if i != found.most},
            choices=names,
        ),
        step="table",
        covers=".blocks .parameters, [data-fp=formula-parameters], "
        ".layers tbody td:is(:nth-child(6), :nth-child(8))",
        picks={str(i): f"[data-fp=row-{i}]" for i in found.offered},
    )
