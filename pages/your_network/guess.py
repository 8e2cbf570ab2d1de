"""What is guessed in the picture: which layer of the network does most of the work."""

from __future__ import annotations

from core.networks.layers import layers
from core.networks.opening import Network
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.quiz import Question

_OFFERED = 4


def guess(net: str, network: Network) -> Guess | None:
    """About the network that is open; None where there is nothing to compare."""
    found = sorted(layers(network), key=lambda layer: -layer.products)
    offered = sorted(
        (layer for layer in found[:_OFFERED] if layer.products), key=lambda layer: layer.place
    )
    if len(offered) < 2 or found[0].products == found[1].products:
        return None
    heaviest = max(layers(network), key=lambda layer: layer.parameters)
    whole = sum(layer.products for layer in found)
    names = {layer.array: f"{layer.node.op}, {layer.name}" for layer in offered}

    def why(array: str) -> str:
        layer = next(each for each in offered if each.array == array)
        if array == heaviest.array:
            return _("It holds most of the weights, but each of them is used only once.")
        return _("It has {count} multiplications.").format(count=f"{layer.products:,}")

    return Guess(
        Question(
            "network-work",
            net,
            _("Which layer of this network multiplies most?"),
            found[0].array,
            _("{count} multiplications, {share} of all.").format(
                count=f"{found[0].products:,}", share=f"{100 * found[0].products / whole:.0f}%"
            ),
            {layer.array: why(layer.array) for layer in offered if layer != found[0]},
            choices=names,
        ),
        step="table",
        covers=".layers :is(td, th).products",
        picks={array: f"[data-fp=row-{array}]" for array in names},
    )
