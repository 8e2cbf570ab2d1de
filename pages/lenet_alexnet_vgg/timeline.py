"""What each year brought to convolutional networks, in a sentence with its source."""

from __future__ import annotations

from pages.kit.language import _

KRIZHEVSKY = "Krizhevsky, Sutskever, Hinton 2012"
KRIZHEVSKY_AT = (
    "https://papers.nips.cc/paper/"
    "4824-imagenet-classification-with-deep-convolutional-neural-networks"
)
SIMONYAN = "Simonyan, Zisserman 2014"
SIMONYAN_AT = "https://arxiv.org/abs/1409.1556"

Event = dict[str, str]


def timeline() -> list[Event]:
    """The years 1998 to 2014; an event may name an idea that the page has tried."""
    return [
        _event(
            1998,
            _("From pixels to answer"),
            _(
                "Convolution, subsampling and the classifier are learned together. tanh, averages, "
                "and a table that says which maps see which."
            ),
            "LeCun, Bottou, Bengio, Haffner 1998",
            "https://doi.org/10.1109/5.726791",
        ),
        _event(
            2003,
            _("More data out of the same data"),
            _("Each digit is moved, turned and bent a little, anew each time it is seen."),
            "Simard, Steinkraus, Platt 2003",
            "https://doi.org/10.1109/ICDAR.2003.1227801",
            "augmentation",
        ),
        _event(
            2010,
            "ReLU",
            _(
                "max(0, x) has slope one wherever it is on. AlexNet's authors reached 25% training "
                "error on CIFAR-10 six times faster than with tanh."
            ),
            f"Nair, Hinton 2010; {KRIZHEVSKY}",
            "https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf",
            "activation",
        ),
        _event(
            2012,
            _("Dropout"),
            _(
                "For each training example half of the units are switched off at random, so "
                "that none can rely on another."
            ),
            "Hinton et al. 2012; Srivastava et al. 2014",
            "https://arxiv.org/abs/1207.0580",
            "dropout",
        ),
        _event(
            2012,
            _("Overlapping pooling"),
            _("Windows of 3 moved by 2. In AlexNet 0.4 points less error (top-1)."),
            KRIZHEVSKY,
            KRIZHEVSKY_AT,
            "overlap",
        ),
        _event(
            2012,
            _("Local response normalisation"),
            _(
                "Neighbouring maps damp each other: 1.4 points less error in AlexNet. VGG tried it "
                "again and found no gain (29.6% and 29.7%), and left it out."
            ),
            f"{KRIZHEVSKY}; {SIMONYAN}",
            SIMONYAN_AT,
        ),
        _event(
            2012,
            _("Two graphics cards"),
            _(
                "AlexNet did not fit into 3 GB, so half of the maps lived on each card. That is "
                "why conv2, conv4 and conv5 have two groups."
            ),
            KRIZHEVSKY,
            KRIZHEVSKY_AT,
        ),
        _event(
            2014,
            _("Small kernels"),
            _(
                "Three 3 × 3 convolutions see as far as one 7 × 7, with 27 instead of 49 weights "
                "for each pair of maps and two more ReLUs."
            ),
            SIMONYAN,
            SIMONYAN_AT,
            "kernels",
        ),
        _event(
            2014,
            _("Depth"),
            _(
                "10.4% of errors (top-5) with 11 layers, 8.8% with 16, 9.0% with 19. The deep ones "
                "were begun from a trained shallow one."
            ),
            SIMONYAN,
            SIMONYAN_AT,
            "depth",
        ),
    ]


def _event(
    year: int, title: str, text: str, source: str, address: str, idea: str | None = None
) -> Event:
    event = {"year": str(year), "title": title, "text": text, "source": source, "address": address}
    return event | ({"idea": idea} if idea else {})
