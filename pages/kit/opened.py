"""The words of pages/kit/opened.js, which paints the arithmetic of a number on every page."""

from __future__ import annotations

from typing import Any

from core.opened import fading
from pages.kit.language import _


def words() -> dict[str, Any]:
    """Every word of it, in the language of the session."""
    return {
        "patch": _("patch"),
        "fade": _fading(),
        "kernel": _("kernel"),
        "products": _("products"),
        "window": _("window"),
        "channelOf": _("input channel {channel} of {count}: choose another above"),
        "channelSum": _("channel {channel}: {sum}"),
        "allChannels": _("all {count} channels: {sum}"),
        "sumOfProducts": _("sum of products: {sum}"),
        "bias": _("bias: {bias}"),
        "winner": _("The largest wins, the others are forgotten."),
        "mean": _("The mean of {count} numbers."),
        "hit": _("The largest score of the row, {largest}, stands at what is right: 1."),
        "miss": _(
            "The largest score of the row, {largest}, stands elsewhere; at what is right it "
            "is {x}: 0."
        ),
        "passes": _("Positive: it passes."),
        "blocked": _("Not positive: it becomes zero."),
        "capped": _("Above 6: it becomes 6."),
        "silent": _("This filter is switched off."),
        "temperature": _(
            "e^(logit / T), with logit {logit} and T = {temperature}; the largest is set to 1"
        ),
        "shareOf": _("{term} of {sum} in all"),
        "partsHead": [_("from"), _("input"), _("weight"), _("product")],
        "lengthHead": [_("from"), _("number"), _("square")],
        "meanHead": [_("from"), _("number")],
        "squaresHead": [_("from"), _("output"), _("target"), _("squared difference")],
        "routedHead": [_("from"), _("number"), _("share"), _("product")],
        "lengthOf": _("root of all squares: √{sum} = {value}"),
        "meanOf": _("mean of {count}: {sum} / {count} = {value}"),
        "back": _("Back"),
        "written": _("Formula and PyTorch"),
        "close": _("Close"),
        "largest": _("the {count} largest: {sum}"),
        "rest": _("all others: {rest}"),
        "open": _("It may be read: the number stays."),
        "shut": _("It may not be read: minus infinity."),
        "cut": _("The connection is cut: 0."),
        "same": _("The number stays as it is."),
        "looked": _("Looked up in the table of embeddings."),
        "setByHand": _("Set by you. Computed: {value}."),
        "given": _("It comes in as it is."),
        "origins": {
            "network_input": _("It goes into the network."),
            "operator": _("The layer as a whole computes it; its arithmetic is not opened here."),
            "weight": _("A weight: it was learned."),
            "hand": _("Set by hand."),
            "random": _("Drawn by chance."),
            "embedded": _("A piece with its place, embedded and normalised by the model."),
            "cut": _("1 where it may be drawn, 0 where top-k or top-p cuts it off."),
            "counted": _("Counted in the text."),
            "of_word": _("What the model makes of the word; of several pieces their mean."),
            "activation": _("The model's own activation function, which is not written out here."),
            "gradient": _("It comes back from the end, by the chain rule (autograd)."),
            "slider": _("Set with a slider."),
            "steps_taken": _("Steps of this run: as many as came before, or as it has in all."),
            "gradient_length": _(
                "How long the gradient of a layer's weights was at the last step, by the chain "
                "rule (autograd). It is reported as it is used, and not kept."
            ),
            "built": _("Chosen by whoever built the network."),
            "picture_size": _("Of the picture that comes in."),
            "nothing": _("There is nothing to learn or to multiply here."),
            "typed": _("A number of the matrix."),
            "picture": _("A pixel of your picture, from 0 to 1."),
            "set": _("Set here: what a loss would hand back."),
            "moved": _("The number that stood there before the shift; 0 where none did."),
            "same": _("1 where a number is exactly what it was before, else 0."),
            "placed": _("Where the pixel stands in the vector, counted from 0."),
            "parted": _("1 where two neighbours are none any more after the shuffle, else 0."),
            "answered": _("1 where the nearest word is the one that was asked for, else 0."),
            "one_of_pieces": _("One over the number of pieces."),
            "labelled": _("Learned from, or measured on, the labelled sentences."),
            "scored": _("The network's score of one possible answer."),
            "wrong_token": _("1 where the token that was written is not what is right, else 0."),
            "others": _("1 for each word that has no line of its own in the table, else 0."),
            "forget_gate": _(
                "The forget gate of one unit at one step: the sigmoid of what its weights make of "
                "input and hidden state."
            ),
            "first_norm": _("The norm at the first step: what is left after all steps back."),
            "counted_old": _("Counted when the run last looked at the old digits."),
            "counted_digits": _("Counted when the run last looked at the validation digits."),
            "label": _("1 where the digit has this label, else 0."),
            "called": _("1 where the network called the digit so, else 0."),
            "noticed": _("1 where a value moved by more than a tenth of the largest, else 0."),
            "named": _("A weight of a kernel of image processing, as it is defined."),
            "no_bias": _("This kernel has no bias of its own."),
            "paper": _("Nothing has been drawn: paper."),
            "path": _("Where the pen went, in pixels; of all its points the nearest one."),
            "middle": _("The middle of a pixel: its row or column and a half."),
            "length": _("A length along the pen's path, in units of the canvas."),
            "passes": _("1 where ReLU lets a number through, 0 where it makes it zero."),
            "seed": _("1 at the logit that is explained, 0 at all others."),
            "units_all": _("A unit of ReLU 3, of the picture as it is."),
            "units_covered": _(
                "A unit of ReLU 3: the network has seen the picture with this window blank."
            ),
            "units_off": _("A unit of ReLU 3: the network has run with this filter switched off."),
            "camera": _(
                "What the camera stored, from 0 to 1: the middle of what a byte stands for."
            ),
            "surroundings": _(
                "The paper around the pixel: windows are filled with their lightest, then with the "
                "darkest of these (on a board the other way round), and smoothed."
            ),
            "paler_mean": _("The mean of all pixels between paper and threshold."),
            "darker_mean": _("The mean of all pixels above the threshold."),
        },
    }


def _fading() -> dict[str, Any]:
    """The words of its blanks (kit/practice.js), and how exactly they are checked."""
    return {
        "limits": fading.limits(),
        "title": _("Work it out:"),
        "levels": {
            "complete": _("all shown"),
            "product": _("one product blank"),
            "sum": _("the result blank"),
            "all": _("all blank"),
        },
        "product": _("the blank product; Enter checks it"),
        "sum": _("result"),
        "channel": _("sum of this channel"),
        "done": _("Right. Nothing is left blank."),
        "said": {
            "right": _("Right."),
            "unreadable": _("This is no number. Write it as 0.25 or 0,25."),
            "sign": _("The size is right, but the sign is turned."),
            "added": _("You added {left} and {right}. They are to be multiplied."),
            "twice": _("You added the bias twice."),
            "noBias": _("The bias is missing."),
            "noRest": _("The sum of all others is missing."),
            "oneMissing": _("One of the products is missing."),
            "slip": _("The decimal point is one place off."),
            "coarse": _("This is right but rounded too much: give {places} places."),
            "product": _("Not quite. Multiply {left} by {right}."),
            "sum": _("Not quite. Add up all the products, and what stands in the lines beside."),
            "other": _("Not quite. Put the numbers that are shown into the formula once more."),
        },
    }


def counts() -> dict[str, str]:
    """What is counted of a layer, or of a network, by the last word of its array."""
    return {
        "parameters": _("parameters"),
        "multiply_adds": _("multiply-adds"),
        "maps": _("maps"),
        "side": _("side of a map"),
        "units": _("units"),
        "inputs": _("inputs"),
        "kernel": _("kernel"),
        "stride": _("stride"),
        "padding": _("padding"),
    }


def of_networks() -> dict[str, Any]:
    """The words of a number of one of several networks, as a picture that shows them has them."""
    return {
        "opened": words(),
        "counts": counts(),
        "number": _("{net}, {layer} {place}"),
        "onward": _("from {name}"),
        "close": _("Close"),
    }
