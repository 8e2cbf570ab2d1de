"""The live routes of "BERT": its games, asked and answered.

Below /forward-pass/bert, all of them posts of JSON:

answer       a `GameQuestion` -> what `core.language.bert.answer` replies
number       a `NumberQuestion` -> what `core.language.bert.numbers` replies
score        a `ScoreQuestion` -> a number behind what was measured, as in `core.opened.scored`
tokens       a `TokensQuestion` -> what `core.language.tokenizer.answer` replies
tokens/number   a count of it, opened word by word
pretrained   the games of a model from the shelf: `core.language.bert.pretrained`
pretrained/number   a number of its layers while it guesses hidden words
pretrained/score    a number behind how often its classifier is right
"""

from core.language.bert import answer, numbers, pretrained
from core.language.bert.goals import GOALS
from core.language.bert.numbers import NumberQuestion
from core.language.bert.question import MAX_BYTES, GameQuestion
from core.language.bert.scored import ScoreQuestion, score
from core.language.tokenizer import answer as tokenizer
from core.language.tokenizer import question as tokens
from pages.kit.routes import Live
from pages.kit.shelf import api as shelf_api

LIVE = (
    # a hidden word takes a few milliseconds, a text that is written mask by mask many times that
    Live(
        "/bert/answer",
        answer.answer,
        GameQuestion.read,
        most=MAX_BYTES,
        thread="bert",
        warm=answer.warm,
        goals=GOALS,
    ),
    Live("/bert/number", numbers.answer, NumberQuestion.read, most=MAX_BYTES, thread="bert"),
    # thousands of words take seconds, once: another thread than that of the games
    Live("/bert/score", score, ScoreQuestion.read, thread="scores"),
    # a text is learned once, in some tenths of a second
    Live(
        "/bert/tokens",
        tokenizer.answer,
        tokens.TokensQuestion.read,
        most=tokens.MAX_BYTES,
        thread="tokens",
    ),
    Live(
        "/bert/tokens/number",
        tokenizer.number,
        tokens.TokensNumberQuestion.read,
        most=tokens.MAX_BYTES,
        thread="tokens",
    ),
    shelf_api.encoder_route(
        "/bert/pretrained", pretrained.answer, pretrained.PretrainedQuestion.read
    ),
    shelf_api.encoder_route(
        "/bert/pretrained/number", pretrained.number, pretrained.PretrainedNumberQuestion.read
    ),
    shelf_api.encoder_route(
        "/bert/pretrained/score", pretrained.score, pretrained.PretrainedScoreQuestion.read
    ),
    *shelf_api.LIVE,
)
