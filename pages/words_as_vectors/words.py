"""Words of "One update" and "Co-occurrence" on the page "Words as vectors"."""

from __future__ import annotations

from typing import Any

from pages.kit import opened as kit_opened
from pages.kit.language import _


def opened() -> dict[str, Any]:
    """The window over the text, and the numbers of one step."""
    return {
        "slide": _("Move the window"),
        "slideStop": _("Stop the window"),
        "wordBefore": _("one word back"),
        "wordAfter": _("one word on"),
        "sentenceBefore": _("sentence before"),
        "sentenceAfter": _("next sentence"),
        "text": _("The text, with the window over it"),
        "windowWhere": _("sentence {sentence} of {of}, word {position} of {count}"),
        "pairsMade": _("Pairs that this place makes. Click one to open it."),
        "bagMade": _(
            "What this place makes: the words around it are to give the one in the middle."
        ),
        "pairsNone": _("This word stands alone, or is too rare: it makes no pair."),
        "kept": _("Subsampling keeps this word in {share} of its places."),
        "stripSays": _("{name}, {number}: {value}"),
        "openedTitles": {
            "softmax": {
                "look-up": _("1. Look up: a one-hot vector takes one row out of a matrix"),
                "score": _("2. Score of “{target}”: hidden times its output vector"),
                "answer": _("3. Softmax over all words, and the loss"),
                "update": _("4. Gradient and update"),
            },
            "negative": {
                "look-up": _("1. Look up: a one-hot vector takes one row out of a matrix"),
                "score": _("2. Score of “{target}”: hidden times its output vector"),
                "answer": _("3. Is the pair real? One against some drawn words"),
                "update": _("4. Gradient and update"),
            },
            "glove": {
                "look-up": _("1. Two vectors, one for each word of the cell"),
                "score": _("2. Their product and two biases, against the logarithm of the count"),
                "answer": _("3. Loss of this cell"),
                "update": _("4. Gradient and update"),
            },
            "ppmi_svd": {
                "look-up": _("1. Two vectors, as the SVD gives them"),
                "score": _("2. Their product is to give the cell"),
                "answer": _("3. The cell: what was counted against what chance would give"),
                "update": _("4. No update: nothing is trained"),
            },
        },
        "oneHot": _("one-hot: “{word}” is word {index}"),
        "rowOf": _("row of “{word}”"),
        "outOf": _("output vector of “{word}”"),
        "columnOf": _("column of “{word}”"),
        "hidden": _("hidden"),
        "hiddenMean": _("hidden: their mean"),
        "gradient": _("gradient"),
        "afterStep": _("after the step"),
        "lookUpNote": _(
            "{words} words, {dimension} numbers each. A look-up is a product with a one-hot vector."
        ),
        "others": _("{count} others"),
        "otherWords": _("{count} other words"),
        "total": _("sum"),
        "softmaxHead": [
            _("word"),
            _("score"),
            _("probability p"),
            _("target t"),
            _("gradient p − t"),
        ],
        "sampledHead": [_("word"), _("label t"), _("score"), _("sigmoid σ"), _("gradient σ − t")],
        "zero": _("The gradients add up to zero: what one word gains the others give."),
        "notZero": _("These do not add up to zero: every pair is a question of its own."),
        "softmaxLoss": _("loss = −ln {share} ="),
        "sampledLoss": _("loss = −ln σ(real) − Σ ln (1 − σ(drawn)) ="),
        "updateNote": _(
            "One plain step against the gradient, rate {rate}, for this pair alone. The run takes "
            "the mean over a batch and scales it (Adam)."
        ),
        "overshoots": _("A step of rate {first} would overshoot and raise the loss."),
        "lowest": _("No step lowers it further: it is as low as these numbers can hold."),
        "lossAfter": _("Loss of this pair after it: {after}, before: {before}."),
        "gloveLoss": _("loss = f(X) · error² ="),
        "gloveError": _("error = w·w̃ + b + b̃ − ln X"),
        "gloveLines": [
            ["dot", _("product w·w̃")],
            ["bias_in", _("bias b of the row")],
            ["bias_out", _("bias b̃ of the column")],
            ["log", _("ln X, the logarithm of the count")],
            ["error", _("error")],
            ["count", _("count X, near words weigh more")],
            ["weight", _("weight f(X)")],
        ],
        "ppmiLines": [
            ["joint", _("counted")],
            ["by_chance", _("by chance: row sum × column sum / all")],
            ["pmi", _("ln (counted / by chance)")],
            ["ppmi", _("cut off at zero: PPMI")],
            ["reconstructed", _("what the product gives")],
        ],
        "ppmiNote": _(
            "A matrix of lower rank cannot give every cell exactly; SVD has the smallest "
            "squared error."
        ),
        "twoNote": _("Every word has two vectors: one for its row, one for its column."),
        "gloveZero": _("These two words never stand near each other: GloVe leaves the cell out."),
        "openedNone": _("Choose a word that has neighbours in its window."),
    }


def arithmetic() -> dict[str, Any]:
    """A number that was clicked: what it is called, and how it comes about."""
    return {
        "opened": kit_opened.words(),
        "numberTitle": _("The number you clicked"),
        "numberHint": _("Click a number: below stands what it was made from."),
        "numberOf": "{name}: {where}",
        "numberArrays": _steps() | _cells() | _cosines() | _scores(),
    }


def _steps() -> dict[str, str]:
    """The arrays of a step of Word2Vec."""
    vector, output = _("row of the word"), _("output vector of the word")
    return {
        "x": _("share of the word in what is looked up"),
        "inward": vector,
        "inward_gradient": _("gradient of the row"),
        "inward_after": _("row after the step"),
        "outward": output,
        "out": output,
        "outward_gradient": _("gradient of the output vector"),
        "outward_after": _("output vector after the step"),
        "out_after": _("output vector after the step"),
        "hidden": _("hidden"),
        "hidden_after": _("hidden, after the step"),
        "scores": _("score"),
        "scores_after": _("score after the step"),
        "p": _("probability"),
        "p_after": _("probability after the step"),
        "target": _("target"),
        "gradient": _("gradient of the score"),
        "pull": _("gradient of the score"),
        "others": _("a word without a line of its own"),
        "p_others": _("probabilities of the other words, added up"),
        "p_sum": _("all probabilities, added up"),
        "target_others": _("targets of the other words, added up"),
        "target_sum": _("all targets, added up"),
        "gradient_others": _("gradients of the other words, added up"),
        "gradient_sum": _("all gradients, added up"),
        "back": _("gradient of hidden"),
        "loss": _("loss of this pair"),
        "after": _("loss after the step"),
    }


def _cells() -> dict[str, str]:
    """The arrays of a cell of GloVe and of PPMI."""
    return {
        "w": _("vector of the row"),
        "w_gradient": _("gradient of the row"),
        "w_after": _("row after the step"),
        "u": _("vector of the column"),
        "u_gradient": _("gradient of the column"),
        "u_after": _("column after the step"),
        "b": _("bias b of the row"),
        "c": _("bias b̃ of the column"),
        "dot": _("product w·w̃"),
        "pairs": _("how often the two stand so many places apart"),
        "nearness": _("1 / distance"),
        "ones": _("one each"),
        "count": _("count X, near words weigh more"),
        "log": _("ln X, the logarithm of the count"),
        "weight": _("weight f(X)"),
        "error": _("error"),
        "slope": _("gradient of the product"),
        "joint": _("counted"),
        "row": _("row sum"),
        "column": _("column sum"),
        "total": _("sum of all"),
        "by_chance": _("by chance: row sum × column sum / all"),
        "pmi": _("ln (counted / by chance)"),
        "ppmi": _("cut off at zero: PPMI"),
        "reconstructed": _("what the product gives"),
    }


def _cosines() -> dict[str, str]:
    """The arrays of a cosine; {a}, {b}, {c} and {d} are the words."""
    lengths = {f"{name}_unit": _("“{word}” with length 1") for name in "abcd"}
    return {
        "cosine": _("cosine"),
        "sum_unit": _("a − b + c with length 1"),
        **{name: text.replace("{word}", f"{{{name[0]}}}") for name, text in lengths.items()},
    }


def _scores() -> dict[str, str]:
    """The share of analogies that are right, and its questions."""
    excluding = _("analogies right, a, b and c not allowed")
    including = _("analogies right, all words allowed")
    return {
        "excluding": excluding,
        "including": including,
        "excluding_right": excluding,
        "including_right": including,
    }


def counts() -> dict[str, Any]:
    """The heat maps of "Co-occurrence", and the arithmetic of one cell."""
    return {
        "kinds": [
            ["counts", _("counts")],
            ["weights", _("GloVe's weights")],
            ["ppmi", "PPMI"],
        ],
        "kindsAbout": {
            "counts": _(
                "How often two words stand within a window of each other, the nearer the heavier. "
                "Colour by the logarithm."
            ),
            "weights": _(
                "How much each cell counts in GloVe's loss: more with the count, up to one."
            ),
            "ppmi": _("How much more often than by chance, as a logarithm; below zero is cut off."),
        },
        "near": _("near"),
        "countSays": _("“{a}” near “{b}”: {value}"),
        "cellTitle": _("The cell “{a}”, “{b}”"),
        "cellLines": [
            ["count", _("Count X"), _("near words weigh more: 1 / distance")],
            ["log", _("Its logarithm, what GloVe fits"), "ln {count}"],
            ["weight", _("Its weight in GloVe's loss"), "min(1, ({count} / {x_max})^{alpha})"],
            ["joint", _("Counted for PPMI"), _("every word in the window counts one")],
            ["by_chance", _("By chance"), "{row} · {column} / {total}"],
            ["pmi", _("Logarithm of their ratio, PMI"), "ln ({joint} / {by_chance})"],
            ["ppmi", _("Cut off at zero, PPMI"), "max(0, {pmi})"],
            [
                "reconstructed",
                _("What the matrix of lower rank gives"),
                _("product of two short vectors"),
            ],
        ],
    }
