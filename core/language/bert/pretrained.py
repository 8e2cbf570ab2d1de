"""The four games on a BERT that somebody else trained, from a folder of pretrained models.

Hidden words and "does it follow?" are what BERT was trained on, and use its own heads (Devlin et
al. 2019, section 3.1). The third game learns here: a logistic regression on what the encoder, left
as it is, makes of a few labelled sentences. The fourth compares a word's vectors: `senses`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Literal, get_args

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from core.attention.pretrained import TERMS, WHOLE, numbers
from core.language.bert import senses
from core.language.bert.heads import PIECES, SAID, judging, said
from core.language.bert.pieces import joined
from core.language.bert.tasks import Judged, judged
from core.language.bert.topics import LANGUAGES, Language
from core.opened import Cell, wire
from core.opened.linked import NUMBER_FIELD
from core.opened.scored import Scored, answers
from core.pretrained import shelf
from core.pretrained.shelf import Pretrained, PretrainedError
from core.schema import Record, Refusal, choice, listed, mark, whole
from core.schema import text as text_field

Game = Literal["hidden", "follows", "sentiment", "senses"]
MAX_CHARACTERS = 2_000
MAX_PIECES = 128
BEST = 8
"""Guesses of each hidden place."""
LABELS, TESTED, SEED = 32, 64, 1
"""Labelled sentences that the third game learns from, sentences that it is tested on, and both's
seed."""
PARTS = {"seen": True, "unseen": False}
"""The sentences that it is tested on: with adjectives of the labelled ones, or only with others."""
_DECAY = 1e-2
_WITHOUT = {
    "hidden": mark("{name} holds no head that guesses hidden words: only the encoder was saved."),
    "follows": mark(
        "{name} holds no head for pairs of sentences. BERT has one; RoBERTa, for instance, "
        "was trained without."
    ),
}


@dataclass(frozen=True)
class PretrainedQuestion(Record):
    """What a pretrained BERT is asked.

    Attributes:
        name: of the model.
        game: "hidden", "follows", "sentiment" or "senses".
        text: a sentence; "[MASK]" in it is a hidden word, whatever the model calls it. Of "senses"
            some sentences, each on a line.
        next: a second sentence; "" for none. Of "senses" the word that they share.
        hide: places in the tokens of the answer that are hidden.
        language: "en" or "ko": which labelled sentences the third game learns from.
    """

    name: str = text_field("", 200)
    game: Game = choice(get_args(Game))
    text: str = text_field("", MAX_CHARACTERS, lines=True)
    next: str = text_field("", MAX_CHARACTERS, lines=True)
    hide: tuple[int, ...] = listed(whole(), 0, MAX_PIECES, ())
    language: Language = choice(LANGUAGES)

    def check_together(self) -> None:
        """Refuse what is no name of a model, and a sentence that is missing."""
        shelf.folder(self.name)
        if not _clean(self.text):
            raise Refusal(mark("Write a sentence."))
        if self.game == "follows" and not _clean(self.next):
            raise Refusal(mark("Write the second sentence, too."))

    @property
    def texts(self) -> list[str]:
        """The sentences that there are, one or two."""
        return [clean for text in (self.text, self.next) if (clean := _clean(text))]


@dataclass(frozen=True)
class PretrainedNumberQuestion(PretrainedQuestion):
    """Which number of the layers, or of the head above them, is to be opened.

    Attributes:
        number: such as "layer_0_attention_weights" at head, row and column.
    """

    number: Cell | None = NUMBER_FIELD


@dataclass(frozen=True)
class PretrainedScoreQuestion(PretrainedQuestion):
    """A number behind how often the classifier of the third game is right, or behind a cosine.

    Attributes:
        part: of PARTS, or "senses": the cosines of a word's vectors.
        number: see `core.opened.scored`; the share that is right without one.
    """

    part: str = choice((*PARTS, "senses"))
    number: Cell | None = NUMBER_FIELD


def answer(question: PretrainedQuestion) -> dict[str, Any]:
    """What the model says, as plain values. Slow: call it in a thread.

    Raises:
        PretrainedError: the model cannot be used, or has no head for this game.
        ValueError: the text is too long, or a hidden place is none of its words.
    """
    if question.game == "sentiment":
        return _judged(question)
    if question.game == "senses":
        return senses.answer(shelf.load(question.name), question.next, question.text, MAX_PIECES)
    model = _with_head(question)
    return (_hidden if question.game == "hidden" else _follows)(model, question)


@torch.inference_mode()
def number(question: PretrainedNumberQuestion) -> dict[str, Any]:
    """A number of that pass: "opened" (core/opened/wire.py), "labels", the pieces that it reads.

    "piece" is what the column of a number of the head is called, where its columns are pieces.

    Raises:
        Refusal: as for `answer`; or there is no such number.
    """
    if question.game == "senses":
        raise Refusal(mark("In this game only the cosines open."))
    judges = question.game == "sentiment"
    model = shelf.load(question.name) if judges else _with_head(question)
    inputs, tokens, _ = _with_hidden(model, question)
    hidden = model.model(**inputs, output_hidden_states=True).hidden_states
    cell = question.number or Cell("layer_0_attention_weights", (0, 0, 0))
    # of the head only where it is asked for: its table has a row for each piece of the vocabulary
    if question.game == "sentiment":
        rules, trace = judging(model, hidden, _learned(model, question.language))
    else:
        rules, trace = (said if cell.array in SAID else numbers)(model, hidden)
    shown = rules.open(trace, cell)
    reply = {
        "labels": [token["text"] for token in tokens],
        "opened": wire(shown, top=TERMS, whole=WHOLE),
    }
    if cell.array in PIECES:
        (reply["piece"],) = model.tokenizer.convert_ids_to_tokens([cell.index[1]])
    return reply


def score(question: PretrainedScoreQuestion) -> dict[str, Any]:
    """The arithmetic of how often the classifier is right, or of a cosine: see `Scored.reply`.

    Raises:
        Refusal: there is no such number, or the model cannot be used.
    """
    model = shelf.load(question.name)
    if question.part == "senses":
        found = senses.scored(model, question.next, question.text, MAX_PIECES)
        return found.reply(question.number or Cell("cosine", (0, 0, 1)))
    return _scored(model, question.language, question.part).reply(question.number)


@functools.lru_cache(4)
def _scored(model: Pretrained, language: Language, part: str) -> Scored:
    """The sentences that the classifier is tested on.

    It has one score, of a good judgement; that of a bad one is 0.
    """
    rows = judged(language, PARTS[part], SEED + 1, TESTED)
    texts = [joined(row.tokens) for row in rows]
    good = _logits(_learned(model, language), _features(model, texts))
    logits = torch.stack([torch.zeros_like(good), good], 1)
    return answers(logits, torch.tensor([int(row.positive) for row in rows]), texts=texts)


def _with_head(question: PretrainedQuestion) -> Pretrained:
    """The model, with a head for this game."""
    name = question.name
    kind = shelf.check(shelf.folder(name))["model_type"]
    both = "AutoModelForPreTraining" if kind == "bert" else "AutoModelForMaskedLM"
    model = shelf.load(name, both)
    lost = [key for part in shelf.HEADS[question.game] for key in model.missing if part in key]
    if lost or (question.game == "follows" and kind != "bert"):
        raise PretrainedError(_WITHOUT[question.game], name=name)
    return model


@torch.inference_mode()
def _hidden(model: Pretrained, question: PretrainedQuestion) -> dict[str, Any]:
    inputs, tokens, truths = _with_hidden(model, question)
    mask = model.tokenizer.mask_token_id
    masked = [at for at, one in enumerate(inputs["input_ids"][0].tolist()) if one == mask]
    out = model.model(**inputs, output_attentions=True)
    logits = out.prediction_logits if "prediction_logits" in out else out.logits
    chances = logits[0].softmax(-1)  # (T, V)
    places = []
    for at in masked:
        p, best = chances[at].topk(BEST)
        words = model.tokenizer.convert_ids_to_tokens(best)
        truth = truths.get(at)
        places.append(
            {
                "at": at,
                "truth": None if truth is None else tokens[at]["text"],
                "both": [
                    {"token": word, "id": number_, "p": q}
                    for word, number_, q in zip(words, best.tolist(), p.tolist(), strict=True)
                ],
                "both_p": None if truth is None else float(chances[at, truth]),
                "both_rank": None
                if truth is None
                else int((chances[at] > chances[at, truth]).sum()) + 1,
            }
        )
    weights = torch.stack(out.attentions, 1)[0]
    return {
        "tokens": tokens,
        "places": places,
        "layers": weights.shape[0],
        "heads": weights.shape[1],
        "weights": weights.tolist(),
    }


def _with_hidden(
    model: Pretrained, question: PretrainedQuestion
) -> tuple[dict[str, Tensor], list[dict[str, Any]], dict[int, int]]:
    """What the model reads, the tokens of the text, and what is hidden where."""
    inputs, tokens = _read(model, question)
    ids = inputs["input_ids"]
    mask = model.tokenizer.mask_token_id
    wrong = [at for at in question.hide if at >= len(tokens) or tokens[at]["part"] == "special"]
    if wrong:
        raise Refusal(mark("Place {place} holds no word that could be hidden."), place=wrong[0])
    truths = {at: int(ids[0, at]) for at in question.hide if int(ids[0, at]) != mask}
    hidden = ids.clone()
    hidden[0, list(truths)] = mask
    return {**inputs, "input_ids": hidden}, tokens, truths


@torch.inference_mode()
def _follows(model: Pretrained, question: PretrainedQuestion) -> dict[str, Any]:
    inputs, tokens = _read(model, question)
    logits = model.model(**inputs).seq_relationship_logits[0]  # (2,): it follows, it is random
    return {"tokens": tokens, "p": float(logits.softmax(-1)[0])}


def _judged(question: PretrainedQuestion) -> dict[str, Any]:
    model = shelf.load(question.name)
    learned = _learned(model, question.language)
    text = _features(model, question.texts[:1])
    shares = {
        part: float(_scored(model, question.language, part).trace["accuracy"]) for part in PARTS
    }
    return {
        "p": float(_logits(learned, text).sigmoid()),
        "labels": LABELS,
        "tested": TESTED,
        **shares,
        "rows": [
            {"text": joined(row.tokens), "positive": row.positive}
            for row in _rows(question.language)
        ],
    }


def _rows(language: Language) -> tuple[Judged, ...]:
    return judged(language, True, SEED, LABELS)


@functools.lru_cache(2)
@torch.inference_mode(False)
@torch.enable_grad()
def _learned(model: Pretrained, language: Language) -> tuple[Tensor, Tensor, Tensor]:
    """Mean (D,) and spread (D,) of the features, weights (D + 1,), the last one the bias."""
    rows = _rows(language)
    x = _features(model, [joined(row.tokens) for row in rows])
    mean, spread = x.mean(0), x.std(0).clamp(min=1e-6)
    x = (x - mean) / spread
    y = torch.tensor([float(row.positive) for row in rows])
    w = torch.zeros(x.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = binary_cross_entropy_with_logits(x @ w[:-1] + w[-1], y) + _DECAY * w.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return mean, spread, w.detach()


def _logits(learned: tuple[Tensor, Tensor, Tensor], x: Tensor) -> Tensor:
    mean, spread, w = learned
    return (x - mean) / spread @ w[:-1] + w[-1]


@torch.no_grad()
def _features(model: Pretrained, texts: list[str]) -> Tensor:
    """(N, D) mean of the last layer over each text's pieces."""
    parts = []
    for i in range(0, len(texts), 16):
        inputs = model.tokenizer(
            texts[i : i + 16],
            return_tensors="pt",
            padding=True,
            truncation=True,
            max_length=MAX_PIECES,
        )
        last = model.model(**inputs).last_hidden_state  # (N, T, D)
        read = inputs["attention_mask"][..., None]
        parts.append((last * read).sum(1) / read.sum(1))
    return torch.cat(parts)


def _read(
    model: Pretrained, question: PretrainedQuestion
) -> tuple[dict[str, Tensor], list[dict[str, Any]]]:
    own = model.tokenizer.mask_token or "[MASK]"
    texts = [text.replace("[MASK]", own) for text in question.texts]
    inputs = dict(model.tokenizer(*texts, return_tensors="pt", return_special_tokens_mask=True))
    special = inputs.pop("special_tokens_mask")[0].tolist()
    ids = inputs["input_ids"][0]
    if len(ids) > MAX_PIECES:
        raise Refusal(
            mark("A text may have {most} pieces; for this model it has {given}."),
            most=MAX_PIECES,
            given=len(ids),
        )
    shelf.refuse_unknown(model, ids.tolist(), special)
    segments = inputs.get("token_type_ids", torch.zeros_like(inputs["input_ids"]))[0].tolist()
    mask = model.tokenizer.mask_token_id
    tokens = []
    for text, one, hidden, segment in zip(
        model.tokenizer.convert_ids_to_tokens(ids), ids.tolist(), special, segments, strict=True
    ):
        part = "special" if hidden and one != mask else "piece"
        tokens.append({"text": text, "part": part, "segment": segment})
    return inputs, tokens


def _clean(text: str) -> str:
    return text.encode("utf-8", "ignore").decode().strip()
