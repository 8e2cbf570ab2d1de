"""Words of the games of "BERT"."""

from __future__ import annotations

import re
from typing import Any

from core.language.bert.numbers import Number
from core.language.bert.setting import BertSetting
from pages.kit import opened, scored
from pages.kit.language import _


def starts() -> dict[str, str]:
    """What each beginning of fine-tuning is called."""
    return {
        "pretrained": _("pretrained"),
        "frozen": _("frozen"),
        "scratch": _("from scratch"),
    }


def words() -> dict[str, Any]:
    """Every word of the games, in the language of the session."""
    return shared() | _hidden() | _draw() | _attention() | _follows() | _tune() | _write()


def shared() -> dict[str, Any]:
    """Words of games and runs alike."""
    return {
        "examples": _("Examples"),
        "unreachable": _("The server cannot be reached. What you did is safe; trying again."),
        "unknown": _("Not in the vocabulary, read as [UNK]: {words}."),
        "positive": _("good"),
        "negative": _("bad"),
        "noAnswer": _("no answer in it"),
        "head": _("layer {layer}, head {head}"),
        "layer": _("layer {layer}"),
        "headsTitle": _("All heads"),
        "starts": starts(),
        "numbers": numbers(),
    }


def numbers() -> dict[str, Any]:
    """Words of a number that is opened."""
    return {
        "title": _("Any number, opened"),
        "hint": _("Click a number above: a probability, a weight. Here it is worked out."),
        "array": _("Array"),
        "head": _("head {head}"),
        "back": _("back"),
        "onward": _("on to {name}"),
        "cell": _("{name}, “{row}”, {column}"),
        "layerArray": _("layer {layer}: {name}"),
        "arrays": arrays(),
        "classes": {
            "no": _("no"),
            "yes": _("yes"),
            "negative": _("bad"),
            "positive": _("good"),
            "start": _("start"),
            "end": _("end"),
        },
        "opened": opened.words(),
    }


def arrays() -> dict[str, str]:
    """What the arrays of a forward pass are called; those of a layer without its name."""
    logits, probabilities = _("logits"), _("probabilities")
    return {
        "logits": logits,
        "probabilities": probabilities,
        "follows_logits": logits,
        "follows_probabilities": probabilities,
        "sentiment_logits": logits,
        "sentiment_probabilities": probabilities,
        "token_embedding": _("embedding of the token"),
        "position_embedding": _("embedding of the place"),
        "segment_embedding": _("embedding of the sentence"),
        "summed": _("sum of the three"),
        "input": _("normalised sum"),
        "attention_q": _("Q query"),
        "attention_k": _("K key"),
        "attention_v": _("V value"),
        "attention_scores": _("scores"),
        "attention_scaled": _("scaled"),
        "attention_masked": _("masked"),
        "attention_weights": _("weights"),
        "attention_mixed": _("weights · V"),
        "attention_output": _("output of the attention"),
        "norm1_added": _("what went in, added"),
        "norm1_out": _("normalised"),
        "feed_before": _("before GELU"),
        "feed_inner": _("after GELU"),
        "feed_output": _("output of the feed-forward network"),
        "norm2_added": _("what went in, added again"),
        "norm2_out": _("hidden state"),
        "words_before": _("head of hidden words, before GELU"),
        "words_inner": _("head of hidden words, after GELU"),
        "words_out": _("head of hidden words, normalised"),
        "allowed_logits": _("logits without special tokens"),
        "targets": _("probabilities of the true tokens"),
        "surprise": _("negative log probability (nats)"),
        "loss": _("loss"),
        "cls": _("hidden state of [CLS]"),
        "pooled_before": _("[CLS], before tanh"),
        "pooled": _("[CLS], after tanh"),
        "ends_logits": _("logits of start and end"),
        "ends_masked": _("logits of start and end, the question masked"),
        "ends_probabilities": _("probabilities of start and end"),
        "span_start": _("logit of its start"),
        "span_end": _("logit of its end"),
        "span_logits": _("start and end added"),
        "span_probabilities": _("probabilities of the answers"),
    }


def number_name(number: Number) -> str:
    """Where a number stands: the array, its row and its column."""
    words = numbers()
    array, index = number.shown.cell.array, number.shown.cell.index
    layer = re.fullmatch(r"layer_(\d+)_(\w+)", array)
    name = words["arrays"][layer[2] if layer else array]
    if layer:
        name = words["layerArray"].format(layer=int(layer[1]) + 1, name=name)
    if len(index) == 3:
        name += f", {words['head'].format(head=index[0] + 1)}"
    if not index:
        return str(name)
    columns = number.columns
    column = index[-1] + 1 if columns is None else columns[index[-1]]
    row = number.rows[index[-2]] if len(index) > 1 else ""
    shown = [words["classes"].get(str(part), part) for part in (row, column)]
    if not row:
        return f"{name}, {shown[1]}"
    return str(words["cell"].format(name=name, row=shown[0], column=shown[1]))


def _hidden() -> dict[str, Any]:
    return {
        "sentence": _("Sentence"),
        "nextSentence": _("and the next one, if you like"),
        "hiddenLabel": _("The sentence in tokens; click one to hide it"),
        "hideHint": _("Click words to hide them."),
        "hintMore": _("Click another word to hide it too, or a hidden one to show it."),
        "hideIt": _("hide"),
        "showIt": _("show again"),
        "unknownToken": "[UNK]",
        "guess": _("Your guess"),
        "guessAsk": _("Which word is hidden word {place}?"),
        "tryIt": _("Guess"),
        "justShow": _("just show it"),
        "guessRight": _("Yes, it was “{guess}”."),
        "guessRated": _("It was “{truth}”. Reading both sides, “{guess}” is given {p}."),
        "guessWrong": _("It was “{truth}”. “{guess}” is not among the surest eight."),
        "guessScore": _(
            "Of {asked} guesses: you {you}, both sides {both}, left only {left} right."
        ),
        "noTruth": _("Here no answer is known to be right."),
        "truthIs": _("It was “{truth}”."),
        "bothSides": _("reads both sides"),
        "leftOnly": _("reads left context only"),
        "placeTitle": _("Hidden word {place}"),
        "placeTruth": _("it was “{truth}”"),
        "placeFree": _("a mask of your own"),
        "placeCovered": _("after your guess"),
        "truthRank": _("“{truth}”: {p}, place {rank}"),
        "ratio": _(
            "On {of} hidden content words in held-out texts: {both} right from both sides, "
            "{left} from the left alone, {ratio} times as many."
        ),
        "scored": scored.words(
            {
                "both": _("hidden content words of held-out texts, read from both sides"),
                "left": _("hidden content words of held-out texts, read from the left alone"),
                "both_pairs": _("the same in pairs of sentences, read from both sides"),
                "left_pairs": _("the same in pairs of sentences, read from the left alone"),
                "ratio": _("how many times as many hidden words"),
                "true": _("held-out pairs that follow"),
                "random": _("held-out pairs with a random sentence"),
                "swapped": _("held-out pairs that are swapped"),
            }
        ),
        "pairs": _(
            "In pairs of sentences, where the one before often holds the word: {both} and {left}."
        ),
    }


def _draw() -> dict[str, Any]:
    return {
        "drawTitle": _("What training does to this sentence: 80, 10, 10"),
        "drawAbout": _(
            "BERT draws 15% of the tokens; our networks, which read far less, were "
            "trained with {share:.0%}. Of those drawn, 80% become [MASK], 10% become a "
            "random token and 10% stay. All of them are to be predicted, and only they "
            "count in the loss."
        ).format(share=BertSetting().share),
        "drawAgain": _("Draw again"),
        "drawSeed": _("seed {seed}"),
        "drawNone": _("Nothing was drawn this time: this sentence would teach nothing."),
        "drawHead": [
            _("token"),
            _("what happens"),
            _("becomes"),
            _("probability of the true one"),
            _("surest"),
        ],
        "drawWhat": {
            "mask": _("hidden (80%)"),
            "random": _("another token (10%)"),
            "keep": _("kept (10%)"),
        },
        "drawShort": {"mask": _("hidden"), "random": _("random"), "keep": _("kept")},
        "drawLoss": _("loss = mean of −ln p = {loss}"),
    }


def _attention() -> dict[str, Any]:
    return {
        "attentionTitle": _("Who reads whom"),
        "nets": [["both", _("reads both sides")], ["left", _("reads left context only")]],
        "reads": _("reads"),
        "isRead": _("is read"),
        "cellSays": _("{from} reads {to}: {value}"),
        "captionBoth": _("{head}: a hidden word reads what stands before and after it."),
        "captionLeft": _("{head}: nothing right of the diagonal: the rest has not been written."),
    }


def _follows() -> dict[str, Any]:
    return {
        "pair": [_("First sentence"), _("Second sentence")],
        "pairLabel": _("Both sentences in tokens"),
        "pairTitle": _("What the network reads"),
        "pairNote": _("two segments, told apart by an embedding of their own; [CLS] answers"),
        "followsQuestion": _("The second one follows"),
        "yes": _("yes"),
        "no": _("no"),
        "followsSays": {"yes": _("it follows"), "no": _("it does not")},
        "kinds": {
            "true": _("true pair"),
            "random": _("random pair"),
            "swapped": _("swapped pair"),
        },
        "kindMeans": {
            "true": _("two sentences of a story, one after the other"),
            "random": _("the second one from another story"),
            "swapped": _("a true pair in the wrong order"),
        },
        "kindAbout": {
            "true": _("These two really stood one after the other."),
            "random": _("The second one is from another story."),
            "swapped": _("The right two, in the wrong order. It was never trained on such pairs."),
            "own": _("Your own pair: nobody knows."),
        },
        "kindsTitle": _("How often it is right"),
        "kindsNote": _("held-out stories, measured beforehand"),
        "kindsWhy": _(
            "A random sentence is mostly about something else, and the topic is enough "
            "to tell. The order was not learned: swapped pairs are called “follows” as "
            "well. ALBERT (2020) trains on swapped pairs instead; RoBERTa (2019) drops "
            "the task."
        ),
    }


def _tune() -> dict[str, Any]:
    return {
        "review": _("A sentence that judges"),
        "seenShort": _("seen"),
        "unseenShort": _("new"),
        "unseenSays": _(
            "No labelled sentence contained this adjective; it occurred only in "
            "pre-training, in stories without labels."
        ),
        "seenSays": _("This adjective occurred in the labelled sentences."),
        "noJudgement": _("It contains none of our adjectives."),
        "sentimentTitle": _("Good or bad?"),
        "afterLabels": _("each after the same {labels} labels"),
        "startsAbout": _(
            "Pretrained: all weights go on from the hidden words. Frozen: they stay, only the "
            "classifier learns. From scratch: all weights begin at random."
        ),
        "learningTitle": _("How many labels it takes"),
        "learningLabel": _("Share right against the number of labels"),
        "learningNote": _(
            "{measure}; thin lines are seeds, thick ones their middle. Labels: {labels}."
        ),
        "measures": {
            "unseen": _("Sentences with adjectives that no labelled sentence contained"),
            "all": _("Questions, those without an answer among them"),
        },
        "labels": _("log₂ of the number of labels"),
        "shareRight": _("share right"),
        "question": _("Question"),
        "passage": _("Passage"),
        "passageLabel": _("Question and passage in tokens"),
        "noAnswerShort": _("not in it"),
        "answerTitle": _("Where is the answer?"),
        "spanTitle": _("Start and end"),
        "spanNote": _("above each token how likely the answer begins there, below how it ends"),
        "spotSays": _("begins here: {start}; ends here: {end}"),
        "spansTitle": _("Surest answers"),
    }


def _write() -> dict[str, Any]:
    return {
        "beginning": _("Beginning"),
        "length": _("Tokens to write"),
        "temperature": _("Temperature"),
        "surest": _("surest"),
        "writeAgain": _("Write again"),
        "orders": [
            ["left", _("left to right")],
            ["surest", _("surest first")],
            ["once", _("all at once")],
        ],
        "oneOrder": _("left to right, it has no other order"),
        "writeStep": _("Step"),
        "stepOf": _("{step} of {of}"),
        "writers": {"left": _("Reads left context only"), "fill": _("Reads both sides")},
        "writersNote": {
            "left": _("a decoder: trained to name the next word"),
            "fill": _("an encoder: masks are filled one after another"),
        },
        "nats": _(
            "negative log-likelihood under the left-to-right model: {nats} nats, {each} a token"
        ),
        "stepSays": _("Surest for “{token}”"),
        "stepNone": _("Nothing written yet."),
        "writeWhy": _(
            "An encoder has always seen a sentence with both ends. With nothing but masks to the "
            "right it guesses each gap for itself, and what it fills early it cannot take back."
        ),
    }


def run() -> dict[str, Any]:
    """Words of a run of ours beside those of the panel."""
    return {
        "runTitle": _("Train it here"),
        "scored": scored.words(
            {
                "top1": _("hidden words of held-out texts"),
                "every": _("all words of held-out texts"),
                "follows": _("held-out pairs: does the second part follow?"),
                "swapped": _("swapped pairs, told to follow"),
                "unseen": _("test sentences with new adjectives"),
                "seen": _("test sentences with seen adjectives"),
                "exact": _("test questions that their passage answers"),
                "none": _("test questions that their passage does not answer"),
                "all": _("all test questions"),
            }
        ),
        "runSays": _("What it says at this step"),
        "runText": _("The sentence that the run is asked"),
        "rightTitle": _("Right"),
        "rightLabel": _("Share right, against training step"),
        "lossTitle": _("Loss"),
        "lossLabel": _("Loss against training step"),
        "lossUnit": _("loss"),
        "stepName": _("step"),
        "share": _("share"),
        "rateMark": _("rate {rate}"),
        "placeTruthRun": _("Hidden word {place}: {truth}"),
        "exampleNames": {
            "shipped-bert": _("example: pre-training"),
            "shipped-bert_sentiment": _("example: pretrained"),
            "shipped-bert_sentiment_scratch": _("example: from scratch"),
        },
        "objectives": {
            "pretrain": {
                "note": _("the sentence of “Guess the hidden word”"),
                "measured": _("held-out stories"),
                "curves": [_("hidden words"), _("next sentence")],
                "marks": [["top1", _("hidden words")], ["follows", _("next sentence")]],
            },
            "sentiment": {
                "note": _("the sentence above"),
                "measured": _("sentences it was not trained on"),
                "curves": [_("new adjectives"), _("seen adjectives")],
                "marks": [["unseen", _("new adjectives")], ["seen", _("seen adjectives")]],
            },
            "answer": {
                "note": _("question and passage above"),
                "measured": _("passages it was not trained on"),
                "curves": [_("exact answers"), _("“not in it”")],
                "marks": [["exact", _("exact answers")], ["none", _("“not in it”")]],
            },
        },
    }
