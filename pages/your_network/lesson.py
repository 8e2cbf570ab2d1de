"""Below the picture of "Your network": lesson, the file's format, questions, what to take away."""

from __future__ import annotations

import streamlit as st

from core.networks import limits
from core.networks.answer import NumberQuestion, number
from core.networks.layers import layers
from core.networks.opening import Network
from core.networks.operators import supported
from pages.kit import quiz
from pages.kit.code import formula
from pages.kit.language import _
from pages.kit.prose import prose
from pages.kit.tabs import tabs

PAGE = "your_network"


def lesson(question: NumberQuestion, network: Network) -> None:
    """Draw it, about the network and the number that are open."""
    net = question.net

    def numbers() -> None:
        if not formula("own_network_number", lambda: number(question)):
            st.caption(_("Open a number in the picture: its formula and its program come here."))

    tabs(
        PAGE,
        "aside",
        bring=(_("Bring yours"), _bring),
        numbers=(_("Formula and PyTorch"), numbers),
        predict=(_("Predict, then reveal"), lambda: quiz.ask(*_questions(net, network))),
    )


def _bring() -> None:
    prose(PAGE, "bring")
    st.caption(
        _(
            "At most {size} MB, {nodes} nodes and {products} multiply-adds for one input. "
            "A file stays on this server only while it is looked at."
        ).format(
            size=limits.FILE // 1_000_000,
            nodes=f"{limits.NODES:,}",
            products=f"{limits.MULTIPLY_ADDS:,}",
        )
    )
    st.caption(_("Operators that are computed here: {names}.").format(names=", ".join(supported())))


def _questions(net: str, network: Network) -> list[quiz.Question]:
    rows = layers(network)
    products = sum(layer.products for layer in rows)
    parameters = sum(layer.parameters for layer in rows)
    return [
        quiz.Question(
            "network-bytes",
            net,
            _(
                "This network has {count} parameters of four bytes. How many kilobytes is that?"
            ).format(count=f"{parameters:,}"),
            round(4 * parameters / 1000),
            _("{count} times four bytes, by a thousand.").format(count=f"{parameters:,}"),
            {round(parameters / 1000): _("That is one byte for each; float32 takes four.")},
            tolerance=max(1.0, 4 * parameters / 20_000),
        ),
        quiz.Question(
            "network-twice",
            net,
            _(
                "Two pictures instead of one go through. What happens to the {count} multiply-adds?"
            ).format(count=f"{products:,}"),
            "double",
            _("Every picture takes all of them; the weights are the same ones."),
            {
                "same": _("The weights stay the same. What is done with them is done twice."),
                "four": _(
                    "Twice as many pixels on each side would do that; here it is two pictures."
                ),
            },
            choices={
                "same": _("they stay the same"),
                "double": _("they double"),
                "four": _("they grow fourfold"),
            },
        ),
    ]
