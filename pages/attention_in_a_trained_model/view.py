"""The picture of "Attention in a trained model": the component of view.js, and its words."""

from __future__ import annotations

from typing import Any

from core.attention.trained.sentences.grammar import VOCABULARIES
from core.attention.trained.sentences.reading import read as words_of
from core.attention.trained.sentences.vocabulary import MASK, Language
from core.attention.trained.shipped import EXAMPLES, MASKED_EXAMPLES, MODELS, network
from pages.kit import opened, scored, trace_number
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("trained", "attention_in_a_trained_model/view.js")


def trained_picture(
    shared: Exchange,
    *,
    read: Language,
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in the picture itself; words and heads count from 0, and
            a filter that is off is -1.
        read: the language of the network; each has a picture of its own.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "sentence", "models", "scissors", "working".
        language: of the words; another one builds the picture anew.
    """
    vocabulary = VOCABULARIES[read]
    PICTURE.show(
        shared,
        key=PICTURE.name if read == "en" else f"{PICTURE.name}_{read}",
        guess=guess,
        hidden=hidden,
        language=language,
        models=[_model(name, read) for name in MODELS],
        examples=[
            {"sentence": sentence, "label": label(sentence, read), "masked": masked}
            for masked, sentences in ((False, EXAMPLES[read]), (True, MASKED_EXAMPLES[read]))
            for sentence in sentences
        ],
        vocabulary=vocabulary.parts(),
        lexicon=vocabulary.words,
        words=words(read),
    )


def label(sentence: str, read: Language = "en") -> str:
    """An example in short: what *it* can be, in order, and the adjective."""
    tokens, vocabulary = words_of(sentence, read), VOCABULARIES[read]
    nouns = [word for word in tokens if word in vocabulary.candidates or word == MASK]
    parts = vocabulary.parts()
    adjectives = {word for kind in ("living", "lifeless", "either") for word in parts[kind]}
    return f"{', '.join(nouns)}: {' '.join(word for word in tokens if word in adjectives)}"


def model_names() -> dict[str, str]:
    """What each network is called."""
    return {
        "2x4": _("two layers, four heads"),
        "1x1": _("one layer, one head"),
        "mlm": _("trained on hidden words only"),
    }


def _model(name: str, read: Language) -> dict[str, Any]:
    scores = network(name, read).card["scores"]
    best = scores["best_head"]
    return {
        "name": name,
        "title": model_names()[name],
        "best": [best["layer"], best["head"]],
        "ahead": scores["ahead"],
        "about": _about(name),
        "measured": {
            "it": VOCABULARIES[read].it,
            "right": f"{scores['accuracy']:.1%}",
            "guessed": f"{scores['hidden_words']:.1%}",
            "ahead": f"{best['ahead']:.1%}",
            "layer": str(best["layer"] + 1),
            "head": str(best["head"] + 1),
        },
        "headsNote": _(
            "Below each head: of {of} new sentences, how often it looks more at the noun that is "
            "meant than at the other. A coin: 50%."
        ).format(of=f"{scores['of']:,}"),
    }


def _about(name: str) -> str:
    """What was measured of a network, on sentences with pairs of nouns that it never met."""
    return {
        "2x4": _(
            "{right} right on new sentences. Layer {layer}, head {head} finds the noun in {ahead}."
        ),
        "1x1": _(
            "{right} right on new sentences, and its map finds the noun in {ahead}: no "
            "better than a coin toss."
        ),
        "mlm": _(
            "Guesses {guessed} of hidden words; asked what “{it}” stands for, it says "
            "“{it}”. Its best head finds the noun in {ahead}."
        ),
    }[name]


def words(read: Language) -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    it = VOCABULARIES[read].it
    head = _("layer {layer}, head {head}")
    return {
        "head": head,
        "layer": _("layer {layer}"),
        "reads": _("reads"),
        "isRead": _("is read"),
        "views": [["map", _("heat map")], ["lines", _("lines")], ["rollout", _("rollout")]],
        "shown": [["before", _("before the cut")], ["after", _("after")]],
        "norms": _("scale by value norm"),
        "captions": {
            "weights": _("{head}: how much each word reads of each word"),
            "norms": _("{head}: weight times value norm, word by word"),
            "rollout": _("Rollout to layer {layer}: heads averaged, half for the word itself"),
        },
        "darkest": _("darkest: {value}"),
        "caveats": {
            "weights": _(
                "What a word reads is not yet what the answer depends on (Jain and Wallace "
                "2019): cut it and see."
            ),
            "norms": _(
                "A large weight on a short vector moves little: here weight times length "
                "(Kobayashi and others 2020)."
            ),
            "rollout": _(
                "What reaches a word through all layers, half by attention and half unchanged "
                "in each (Abnar and Zuidema 2020)."
            ),
        },
        "cellSays": {
            "weights": _("{from} reads {to}: {value}"),
            "norms": _("{to} carries to {from}: {value}"),
            "rollout": _("of {to} in {from}: {value}"),
        },
        "headsTitle": _("All heads"),
        "sentence": _sentence(it),
        "answer": _answer(head, it),
        "scissors": _scissors(head),
        "working": _working(head),
        "number": number_words(),
        "scored": scored.words(
            {
                "pairs": _("“{it}” in held-out sentences, pairs never trained on").format(it=it),
                "hidden": _("a hidden word in each held-out sentence"),
            }
        ),
    }


def _sentence(it: str) -> dict[str, Any]:
    return {
        "label": _("Sentence, up to 64 words"),
        "go": _("Read"),
        "examples": _("Examples"),
        "vocabulary": _("All words"),
        "parts": {
            "animals": _("animals"),
            "people": _("people"),
            "things": _("things"),
            "living": _("fits animals"),
            "lifeless": _("fits things"),
            "either": _("fits both"),
            "verbs": _("verbs"),
            "small": _("small words"),
        },
        "stale": _("Everything below still belongs to: {sentence}"),
        "unlike": {
            "nouns": _(
                "Unlike every sentence that the networks were trained on: there “{it}” could "
                "always be one animal or one thing. Take the answer with caution."
            ).format(it=it),
            "arrangement": _(
                "The networks know these words, but were trained on no sentence built like this "
                "one. Take the answer with caution."
            ),
        },
        "unknown": _("These networks never met:"),
        "near": _("near it:"),
        "unreachable": _("The server cannot be reached. What you did is safe; trying again."),
    }


def _answer(head: str, it: str) -> dict[str, Any]:
    return {
        "head": head,
        "before": _("Probability of each word, as the network answers."),
        "beforeAfter": _("Before and after what you cut."),
        "nothingAsked": _(
            "No “{it}” in this sentence: nothing is asked. The maps are there."
        ).format(it=it),
        "mapTitle": _("Attention weight"),
        "cutTitle": _("Effect of removing it"),
        "mapSays": _("“{asked}” looks at “{to}” ({weight}; {head})."),
        "without": _("{from} → {to} cut in every head: P({answer}) {before} → {after}"),
        "cutEdge": _("cut {from} → {to} in every head"),
        "layer": _("layer {layer}"),
        "scopes": {
            "title": _("{from} → {to} cut in one place, in more, in all:"),
            "everywhere": _("everywhere"),
            "row": _("{where}: P({answer}) {before} → {after}"),
        },
        "verdicts": {
            "head": _(
                "Cut in this head alone, P({answer}) falls from {before} to {alone}: here the "
                "answer depends on what the map shows."
            ),
            "partly": _(
                "Cut in this head alone, P({answer}) falls from {before} to {alone}; cut "
                "everywhere, to {after}. This head carries part of what the answer needs, and "
                "others carry it too."
            ),
            "points": _(
                "The head points at “{to}”, and the connection matters: cut everywhere, "
                "P({answer}) falls from {before} to {after}. But cut in this head alone it is "
                "still {alone}. Pointing is not causing."
            ),
            "differ": _(
                "The answer depends on “{to}” ({lost} lost when cut everywhere), but this head "
                "points at “{looked}”."
            ),
            "unsure": _(
                "P({answer}) is only {before} before any cut, so cutting cannot lower it much."
            ),
            "neither": _("No single cut lowers it much: the answer arrives by more than one path."),
        },
    }


def _scissors(head: str) -> dict[str, Any]:
    return {
        "head": head,
        "click": _("Clicking"),
        "look": _("looks"),
        "cut": _("cuts"),
        "reach": _("in"),
        "everywhere": _("every head"),
        "thisHead": _("this head only"),
        "grow": _("renormalise the rest of the row"),
        "growHelp": _(
            "On: as if the cut word were not there. Off: its weight is zero, the others stay."
        ),
        "lookHint": _(
            "Click a square or a line for its arithmetic, a word for its row or column alone."
        ),
        "cutHint": _("Click a square, a word or a head to cut it; once more to take it back."),
        "kinds": {
            "edge": "{from} → {to}",
            "word": _("nobody reads {to}"),
            "reader": _("{from} reads nothing"),
        },
        "release": _("take back: {cut}"),
        "releaseAll": _("take back all cuts"),
    }


def _working(head: str) -> dict[str, Any]:
    return {
        "fade": opened.words()["fade"],
        "head": head,
        "note": _("Every number is one of the network's, for this sentence and these cuts."),
        "queryKey": _("Query · key: how well does it fit?"),
        "query": _("query of {word}"),
        "key": _("key of {word}"),
        "product": _("product"),
        "stripSays": _("{name}, number {number}: {value}"),
        "others": _("the other {count}"),
        "softmax": _("Divided by √d, then the softmax: its share of the row"),
        "rows": {
            "scaled": _("score / √d"),
            "exponentials": "e^(… − max)",
            "weights": _("weight"),
        },
        "cutOff": _("cut: it takes no part in the softmax"),
        "cutShort": _("cut"),
        "carried": _("The whole row, and weight · value: what is passed along"),
        "sum": _("sum"),
        "rest": _("{count} words with smaller weights are in the sum, but not drawn."),
    }


def number_words() -> dict[str, Any]:
    """What numbers are called that are opened, and of which pass or sentence they are."""
    words = trace_number.words()
    of_sentence = {
        "ahead": _("share of sentences in which the noun that is meant is ahead"),
        "ranked": _("ahead (1) or not (0)"),
        "lead": _("lead of the noun that is meant"),
        "referent": _("weight of the noun that is meant"),
        "other": _("weight of the other noun"),
    }
    return words | {
        "uncut": _("nothing cut"),
        "without": _("{word} cut in every head"),
        "withoutIn": _("{word} cut in {where}"),
        "sentence": _("sentence {number}"),
        "names": words["names"] | {"lost": _("probability lost")} | of_sentence,
    }
