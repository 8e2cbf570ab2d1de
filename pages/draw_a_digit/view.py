"""The picture of "Draw a digit": the component of view.js, and all its words."""

from typing import Any

from core.vision.drawing import MAX_POINTS, MAX_STROKES, PEN, SIDE
from core.vision.place import SHAPES
from pages.kit import opened, prepared
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("digit", "draw_a_digit/view.js")


def digit_picture(
    shared: Exchange,
    *,
    model: str,
    scale: str,
    seed: int,
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in the picture itself: drawing, place, stages, off, why,
            number; plain lists and numbers.
        model: which network computes.
        scale: "map" or "layer": what the full ramp of colours stands for.
        seed: the number of the first sample; the next ones follow it.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "tools", "strip", "working", "why", "number".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        model=model,
        scale=scale,
        seed=seed,
        guess=guess,
        hidden=hidden,
        language=language,
        shapes={"kernels": (32, 3, 3), **SHAPES},
        limits={"side": SIDE, "pen": PEN, "points": MAX_POINTS, "strokes": MAX_STROKES},
        words=words(),
    )


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "canvas": _("Canvas: draw a digit with mouse, finger or pen"),
        "canvasSays": _("Canvas. The network sees a {digit}."),
        "canvasRefused": _("Canvas. The network sees no digit."),
        "canvasHelp": _(
            "Ctrl+Z undoes, Delete clears. With the keyboard alone, begin with a sample."
        ),
        "tools": _("Drawing tools"),
        "pen": _("Pen"),
        "eraser": _("Eraser"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "clear": _("Clear"),
        "sample": _("A sample"),
        "full": _("The canvas is full. Erase something, or clear it."),
        "unreachable": _("The server cannot be reached. Your drawing is safe; trying again."),
        "layers": layer_names(),
        "mapOf": _("{layer}, map {map} of {count}. Arrow keys choose another one."),
        "pixel": _("{layer}, map {map}, row {row}, column {column}"),
        "unit": _("{layer}, unit {map}"),
        "softmax": _("softmax"),
        "answerIs": _("This is a {digit}, with probability {share}."),
        "refused": _("Not a digit: {reason}"),
        "reasons": {
            "blank": _("the canvas is blank."),
            "dot": _("a dot is not enough."),
            "unlike": _("nothing like it was among the digits it learned."),
        },
        "noDigit": "?",
        "notADigit": _("no digit"),
        "stripTitle": _("What the network sees"),
        "stages": [
            {
                "key": "drawn",
                "name": _("as drawn"),
                "help": _("The whole canvas, shrunk to 28 × 28 pixels."),
            },
            {
                "key": "crop",
                "name": _("cropped"),
                "help": _("Only the rectangle with ink in it, as large as it fits."),
            },
            {
                "key": "fit",
                "name": _("20×20"),
                "help": _("The ink fits 20 × 20 pixels, as in MNIST."),
            },
            {
                "key": "centre",
                "name": _("centred"),
                "help": _("The centre of mass lies in the middle, as in MNIST."),
            },
            {
                "key": "pen",
                "name": _("pen width"),
                "help": _("Drawn again with a pen as wide as in MNIST."),
            },
        ],
        "stageAnswer": _("{digit} with probability {share}"),
        "wouldHaveMissed": _(
            "A naive demo shrinks the whole canvas and would have said {naive}. Prepared "
            "like MNIST, and with one pen width: {answer}."
        ),
        "sameAnswer": _("Here all would agree. Draw it small in a corner, and they part."),
        "opened": opened.words(),
        "arrays": array_names(),
        "follower": follower_names(),
        "pixelsOf": _("{stage}: 28 × 28 pixels. Arrow keys open one of them."),
        "onward": _("from {name}"),
        "close": _("Close"),
        "kernelsOf": _("the filter behind this map: {count} × 3 × 3 weights"),
        "ink": _("ink {ink}, normalised"),
        "valueOf": {"logits": _("logit of {map}"), "probabilities": _("probability of {map}")},
        "switchOff": _("Switch off filter {map}"),
        "switchOn": _("Switch filter {map} on again"),
        "off": _("off"),
        "strokesTitle": _("Two ways to read handwriting"),
        "strokesHelp": _(
            "An LSTM never sees the picture: it follows the pen, point after point. Each column "
            "is what it would answer if the pen stopped there; where the path is coloured, the "
            "answer stands. Click a square for its arithmetic."
        ),
        "strokesPath": _("The way of the pen, in the order of writing"),
        "strokesCourse": _(
            "Probability of each digit after each point of the path. Arrow keys open one."
        ),
        "strokesAt": _("after point {point} of {count}: {digit} with {share}"),
        "strokesAgree": _(
            "The picture and the way of the pen are both read as a {way}; the way with "
            "probability {share}."
        ),
        "strokesDiffer": _(
            "They disagree: the picture is read as a {picture}, the way of the pen as a {way} "
            "({share})."
        ),
        "strokesRefused": _(
            "The picture is refused. The way of the pen is read as a {way} ({share}): this "
            "network has only ever met digits and cannot refuse."
        ),
        "whyTitle": _("Why this answer?"),
        "computing": _("Computing …"),
        "whyRefused": _("The answer is withheld. This is about the {digit}, the likeliest digit."),
        "nothingToExplain": _("Draw something first."),
        "why": {
            "occlusion": {
                "title": _("Occlusion"),
                "note": _("Covering this spot costs the {digit} most where it is darkest."),
            },
            "conv1": {
                "title": _("Grad-CAM (HiRes), conv1"),
                "note": _("Blue speaks for the {digit}, orange against it."),
            },
            "conv2": {
                "title": _("Grad-CAM (HiRes), conv2"),
                "note": _("Coarser: one value for 2 × 2 pixels."),
            },
            "piece": {"title": _("Smallest stroke that matters"), "note": ""},
        },
        "pieceFlips": _("Without this {share} of the ink the network says {digit}."),
        "pieceNone": _("No single piece of the drawing changes the answer."),
        "filtersTitle": _("Filters that matter most"),
        "filtersHelp": _("What switching off one filter does to the logit of the answer."),
        "effect": _("{logit}"),
        "effectFlips": _("{logit}, then {digit}"),
    }


def array_names() -> dict[str, str]:
    """What is computed besides the layers."""
    return {
        **prepared.names(),
        "occlusion": _("occlusion"),
        "falls": _("fall of the logit, window"),
        "logit": _("logit"),
        "logit_covered": _("logit while this is covered, window"),
        "units_covered": _("unit while this is covered"),
        "units_all": _("unit with the whole picture"),
        "cam1": _("HiResCAM of conv1"),
        "cam2": _("HiResCAM of conv2"),
        **{
            f"g_{layer}": _("gradient at {layer}").format(layer=name)
            for layer, name in layer_names().items()
            if layer in ("relu1", "pool1", "conv2", "relu2", "pool2", "fc1", "relu3")
        },
        "passes2": _("ReLU 2 lets it through"),
        "passes3": _("ReLU 3 lets it through"),
        "seed": _("the logit that is explained"),
        **{f"effect{at}": _("change of the logit without filter") for at in "12"},
        **{f"with{at}": _("logit with all filters") for at in "12"},
        **{f"without{at}": _("logit without filter") for at in "12"},
        **{f"units{at}": _("unit without filter") for at in "12"},
        **{f"units_on{at}": _("unit with all filters") for at in "12"},
        "share": _("share of the pen's path"),
        "length": _("length of the piece"),
        "path": _("length of the whole path"),
    }


def follower_names() -> dict[str, str]:
    """What the LSTM that follows the pen computes."""
    return {
        "logits": _("logit"),
        "probabilities": _("probability"),
        "x": _("point"),
        "h": _("hidden state"),
        "c": _("cell state"),
        "input": _("input gate"),
        "forget": _("forget gate"),
        "candidate": _("candidate"),
        "output": _("output gate"),
        "w_ih": _("weight from the point"),
        "w_hh": _("weight from the state"),
        "b_ih": _("bias from the point"),
        "b_hh": _("bias from the state"),
        "w_out": _("weight of the logit"),
        "b_out": _("bias of the logit"),
    }


def layer_names() -> dict[str, str]:
    """What each layer is called on the page."""
    return {
        "input": _("input"),
        "kernels": _("kernels"),
        "conv1": "conv1",
        "relu1": _("ReLU 1"),
        "pool1": _("max-pool 1"),
        "conv2": "conv2",
        "relu2": _("ReLU 2"),
        "pool2": _("max-pool 2"),
        "fc1": "fc1",
        "relu3": _("ReLU 3"),
        "logits": _("logits"),
        "probabilities": _("probabilities"),
    }
