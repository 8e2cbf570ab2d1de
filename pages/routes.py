"""Every live route of every page: what a component asks without a rerun of the page."""

from __future__ import annotations

import logging

from starlette.routing import BaseRoute

from core.attention.trained import live as trained
from core.language.bert import live as bert
from core.language.transformer import live as transformer
from core.vision import live as digit
from core.weights import WeightsError
from pages.attention_in_a_trained_model import api as attention_in_a_trained_model
from pages.attention_step_by_step import api as attention_step_by_step
from pages.bert import api as bert_api
from pages.convolution_and_pooling import api as convolution
from pages.convolution_and_pooling.plain import api as plain
from pages.convolution_and_pooling.pooling import api as pooling
from pages.draw_a_digit import api as draw_a_digit
from pages.kit import assets, encoder_api, runs
from pages.lenet_alexnet_vgg import api as lenet_alexnet_vgg
from pages.long_dependencies import api as long_dependencies
from pages.train_a_cnn import api as train_a_cnn
from pages.train_a_cnn.hand import api as hand
from pages.transformer import api as transformer_api
from pages.words_as_vectors import api as words_as_vectors

_log = logging.getLogger("forward_pass")

APIS = (
    assets,
    draw_a_digit,
    convolution,
    pooling,
    plain,
    lenet_alexnet_vgg,
    train_a_cnn,
    hand,
    long_dependencies,
    attention_step_by_step,
    attention_in_a_trained_model,
    encoder_api,
    words_as_vectors,
    transformer_api,
    bert_api,
    runs,
)


def routes() -> list[BaseRoute]:
    """The routes for `st.App`."""
    return [route for api in APIS for route in api.routes()]


def warm() -> None:
    """Load the weights and run every path once: the first stroke is as fast as the others."""
    for subject in (digit.warm, bert.warm, trained.warm, transformer.warm):
        try:
            subject()
        except WeightsError as error:  # the page says so too, and the rest of the course works
            _log.error("%s", error)
