"""Every page and every tab of one: where it is, and how to tell that it is there."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.screen import Screen

STEP = ("step", ".panel", "data-step")


@dataclass(frozen=True)
class View:
    """A page, or one of its tabs.

    Args:
        path: where it is, with its query.
        parts: what has been painted once it is there.
        tap: what a finger taps, and the element whose attribute (or text) changes then.
        more: whether some of its controls stand behind "More".
    """

    path: str
    parts: tuple[str, ...] = ()
    tap: tuple[str, str, str] | None = None
    more: bool = False

    def ready(self, screen: Screen) -> Screen:
        for part in self.parts:
            screen.page.wait_for_selector(part)
        screen.idle()
        screen.settled()
        return screen

    def link(self, query: str) -> str:
        return f"{self.path}{'&' if '?' in self.path else '?'}{query}"


def painted(name: str, mark: str = "answers") -> str:
    return f"[data-fp={name}][data-{mark}]"


VIEWS = (
    View("/", (".st-key-fp-home",)),
    View("/draw-a-digit?why=1", (painted("draw"),), ("sample", "[data-fp=verdict]", "data-digit")),
    View(
        "/photographed-handwriting",
        (painted("photo"), painted("photo", "stage")),
        ("stage-ink", "[data-fp=photo]", "data-stage"),
    ),
    View(
        "/convolution-and-pooling",
        (painted("convolution"),),
        ("source-matrix", "[data-fp=convolution]", "data-output"),
    ),
    View(
        "/convolution-and-pooling?tab=pooling&pool_view=shift",
        (painted("pooling"),),
        ("pool-kind-average", "[data-fp=pool-sum]", "data-value"),
    ),
    View(
        "/convolution-and-pooling?tab=plain",
        (painted("plain"), ".panel[data-run]"),
        ("plain-channels-3", "[data-fp=plain-connected]", ""),
    ),
    View(
        "/lenet-alexnet-vgg",
        (painted("arch", "painted"), painted("five"), painted("fair", "painted")),
        ("left-2", "[data-fp=layer]", ""),
    ),
    View(
        "/real-pictures",
        (painted("pictures"), "[data-fp=pictures][data-best]", ".nine button"),
        ("part-stem_conv", ".all-maps", "data-array"),
    ),
    View("/train-a-cnn", (painted("cnn"), ".panel[data-run]"), STEP, more=True),
    View("/train-a-cnn?tab=hand", (painted("hand"), ".panel[data-run]"), STEP, more=True),
    View("/your-network", (painted("network"),), ("row-layer_4", "[data-fp=maps-title]", "")),
    View("/sine-live", (painted("sine"), ".panel[data-run]"), STEP, more=True),
    View(
        "/sine-live?data=weather",
        (painted("series"), ".panel[data-run]", "[data-fp=series-verdict] p"),
        STEP,
        more=True,
    ),
    View(
        "/inside-the-cell",
        (painted("cell"), ".equation[data-number]"),
        ("choose-gru", ".equation", "data-number"),
    ),
    View(
        "/long-dependencies",
        (painted("gradients"), ".panel[data-run]"),
        ("preset-bias3", "[data-fp=verdict]", ""),
        more=True,
    ),
    View(
        "/text-that-writes-itself",
        (painted("text"), ".panel[data-run]", "[data-fp=unit-text][data-unit]"),
        STEP,
        more=True,
    ),
    View("/attention-step-by-step", (painted("steps"),), ("kind-cross", "[data-fp=said]", "")),
    View(
        "/attention-in-a-trained-model",
        (painted("trained"), ".working[data-cell]"),
        ("model-1x1", "[data-fp=model-1x1]", "aria-pressed"),
    ),
    View(
        "/attention-in-a-trained-model?tab=train",
        (painted("trained-run"), ".panel[data-run]"),
        STEP,
        more=True,
    ),
    View("/attention-in-a-trained-model?tab=encoder", (painted("encoder-shelf", "state"),)),
    View(
        "/words-as-vectors",
        (painted("vectors"), ".panel[data-run]", ".move .point-map[data-gliding=false]"),
        ("kind-animal", ".move", "data-focus"),
        more=True,
    ),
    View("/words-as-vectors?tab=own", ("[data-testid=stFileUploaderDropzone]",)),
    View("/words-as-vectors?method=glove", (painted("vectors"), ".panel[data-run]"), more=True),
    View(
        "/transformer",
        (painted("transformer"),),
        ("start", "[data-fp=transformer]", "data-at"),
    ),
    View(
        "/transformer?tab=train", (painted("transformer-run"), ".panel[data-run]"), STEP, more=True
    ),
    View(
        "/bert?drawn=1&attention=1",
        ("[data-game=hidden][data-answers]",),
        ("draw-again", "[data-block=draw]", "data-seed"),
    ),
    View(
        "/bert?tab=follows",
        ("[data-game=follows][data-answers]",),
        ("follows-example-1", "[data-game=follows] .meter", "data-p"),
    ),
    View(
        "/bert?tab=write",
        ("[data-game=write][data-answers]",),
        ("write-example-1", "[data-block=write-left]", "data-text"),
    ),
    View(
        "/bert?tab=tune",
        ("[data-game=sentiment][data-answers]", ".panel[data-run]"),
        ("sentiment-example-1", "[data-game=sentiment] .meter", "data-p"),
        more=True,
    ),
    View("/bert?tab=tune&begin=scratch", ("[data-game=sentiment][data-answers]",), more=True),
    View("/bert?tab=tune&task=pretrain", (painted("bert-run"), ".panel[data-run]"), more=True),
    View("/bert?tab=real", (painted("encoder-shelf", "state"),)),
)
