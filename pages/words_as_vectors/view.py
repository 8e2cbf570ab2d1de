"""The picture of "Words as vectors": the component of view.js, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core import claims
from pages.kit.exchange import Exchange
from pages.kit.language import _, sentence
from pages.kit.picture import Picture
from pages.kit.run import words as training_words
from pages.words_as_vectors.words import arithmetic, counts, opened

PICTURE = Picture("vectors", "words_as_vectors/view.js")


def vectors_picture(
    shared: Exchange,
    *,
    tab: str,
    config: dict[str, Any],
    own: bool,
    results: Mapping[str, list[dict[str, Any]]],
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in the picture itself, and hears of a run's config.
        tab: "move", "step" or "count".
        config: a run that begins here.
        own: whether it is to read a text of one's own; without one it cannot begin.
        results: shipped scores of each method over several seeds, by language.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "near", "analogy", "rate".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        tab=tab,
        config=config,
        own=own,
        results={
            code: [row | {"name": scored_name(row)} for row in rows]
            for code, rows in results.items()
        },
        guess=guess,
        hidden=hidden,
        language=language,
        words=words(),
    )


def methods() -> dict[str, str]:
    """What each method is called."""
    return {
        "skip_gram": _("skip-gram"),
        "cbow": "CBOW",
        "glove": "GloVe",
        "ppmi_svd": "PPMI + SVD",
    }


def objectives() -> dict[str, str]:
    """What each objective of Word2Vec is called."""
    return {"softmax": _("full softmax"), "negative": _("negative sampling")}


def scored_name(row: Mapping[str, Any]) -> str:
    """What a row of `core.language.embeddings.results` is about."""
    name = methods()[row["method"]]
    if row["method"] in ("skip_gram", "cbow"):
        return f"{name}, {objectives()[row['objective']]}"
    return name


def groups() -> dict[str, str]:
    """Kinds of words in our texts, those that have a colour."""
    return {
        "people": _("people"),
        "country": _("countries, capitals"),
        "animal": _("animals, their young"),
        "comparative": _("comparatives"),
        "tense": _("verbs, now and then"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    panel = training_words.words(
        named=["method", "objective", "dimension"],
        fields={
            "method": "",
            "objective": "",
            "dimension": _("{value} dimensions"),
            "window": _("window {value}"),
            "negatives": _("{value} negatives"),
            "learning_rate": _("rate {value}"),
            "epochs": _("{value} epochs"),
            "subsampling": _("subsampling {value}"),
            "min_count": _("at least {value} times"),
            "language": "",
            "seed": _("seed {value}"),
        },
        values={
            "method": methods(),
            "objective": objectives(),
            "language": {"en": _("English text"), "ko": _("Korean text")},
        },
    )
    panel["exampleNames"] = _examples()
    return panel | _map() | _analogy() | _curves() | _beside() | opened() | arithmetic() | counts()


def _examples() -> dict[str, str]:
    """What each shipped run is called, by its id."""
    shipped = {"skip_gram": "", "cbow": "_cbow", "glove": "_glove", "ppmi_svd": "_ppmi"}
    name = _("example: {method}")
    return {
        f"shipped-vectors{part}{ending}": name.format(method=methods()[method])
        for method, part in shipped.items()
        for ending in ("", "_ko")
    }


def _map() -> dict[str, Any]:
    return {
        "noText": _("Paste or upload a text first, or take one of ours."),
        "mapLabel": _("Map of the words"),
        "spaces": [["plane", _("flat")], ["space", _("in space")], ["tsne", "t-SNE"]],
        "hints": {
            "plane": _("First two principal components. Click a word; arrow keys go to the next."),
            "space": _("First three principal components. Drag it, or turn it with arrow keys."),
            "tsne": _("t-SNE of this state: neighbours are kept; gaps and sizes mean little."),
        },
        "tsneWaits": _("t-SNE takes a moment: pause the run, and it is made of that state."),
        "shows": [["near", _("neighbours")], ["analogy", _("the sum as arrows")]],
        "groups": groups(),
        "allWords": _("all words"),
        "kindsLabel": _("Words on the map"),
        "word": _("Word"),
        "nearTitle": _("Nearest to “{word}”, by cosine"),
        "result": "a − b + c",
    }


def _analogy() -> dict[str, Any]:
    return {
        "analogyTitle": _("Calculate with words: a − b + c"),
        "ways": {"excluding": _("without a, b, c"), "including": _("all words")},
        "waysHelp": {
            "excluding": _("As it is usually reported: the words of the question cannot win."),
            "including": _("As it is: often the nearest word is one of the question."),
        },
        "expected": _("It should be “{word}”."),
        "expectedRight": _("“{word}” is what it should be."),
        "expectedNone": _("No answer is known to be right here."),
    }


def _curves() -> dict[str, Any]:
    return {
        "lossTitle": _("Loss"),
        "lossLabel": _("Loss against training step"),
        "lossUnit": _("loss"),
        "stepName": _("step"),
        "rateMark": _("rate {rate}"),
        "scoresTitle": _("Analogies right"),
        "scoresNote": _("of all that hold in this text"),
        "scoresLabel": _("Share of analogies that are right, against training step"),
        "share": _("share"),
        "excluding": _("without a, b, c"),
        "including": _("all words"),
        "colExcluding": _("without a, b, c"),
        "colIncluding": _("all words"),
        "similarTitle": _("Cosine of every pair"),
        "similarNote": _("blue: same direction, orange: opposite"),
        "similarRange": _("{count} words, kind by kind"),
        "similarFirst": _("the {count} most frequent words"),
        "cosineOf": _("cosine of “{a}” and “{b}”: {value}"),
    }


def _beside() -> dict[str, Any]:
    return {
        "besideTitle": _("Compare"),
        "besideNote": _("runs whose curve is shown in the list below"),
        "besideNone": _("Train another method; the run before stays here as a small map."),
        "besideScore": _("{excluding} without a, b, c; {including} of all words"),
        "seedsTitle": _("From seed to seed"),
        "seedsNote": _("middle (lowest–highest) of five seeds on our text, measured beforehand"),
        "seedsSource": sentence(claims.measured("vectors_results")),
        "seedsOf": _("Seed by seed: {values}. The table shows the one in the middle."),
        "seedsOne": _("It draws nothing by chance: one result."),
        "seedsHead": [
            _("method"),
            _("without a, b, c"),
            _("all words"),
            _("time"),
        ],
    }
