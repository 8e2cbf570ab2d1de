"""Stories of four sentences: an event, a judgement, a reaction, a question with its answer.

    mina ate the hot soup in the kitchen . the soup was really tasty . she smiled and ate the soup
    again . where was mina ? she was in the kitchen .

Sentences are lists of tokens as `core.language.bert.pieces` knows them; "##" begins a piece that is
written onto the one before it, as particles and endings of Korean are.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Literal

from core.language.bert.topics import Language, Topic, world

Asking = Literal["who", "what", "where", "how"]
ASKING: tuple[Asking, ...] = ("who", "what", "where", "how")
Sentence = tuple[str, ...]

STORIES = 6_000
"""Stories that models learn from."""
HELD_OUT = 1_000
"""Stories that they never see."""


@dataclass(frozen=True)
class Story:
    """What happens, before it is put into words.

    Attributes:
        name, woman: of whom it tells.
        verb, item, place, kind: of the topic; kind is "" where the item has no adjective.
        judgement, good: the adjective that judges the item, and whether it judges well.
        also: a second one that judges alike, or "".
        very: an adverb, or "".
        reaction: a verb.
        first: whether the place comes first.
        asking: which question stands at the end.
    """

    topic: Topic
    name: str
    woman: bool
    verb: str
    item: str
    place: str
    kind: str
    judgement: str
    good: bool
    also: str
    very: str
    reaction: str
    first: bool
    asking: Asking


def invent(language: Language, rng: random.Random, labelled: bool | None = None) -> Story:
    """A story; with `labelled` only with adjectives of labelled sentences, or without them."""
    here = world(language)
    topic = rng.choice(here.topics)
    woman, good = rng.random() < 0.5, rng.random() < 0.5
    judging = here.judging(good, topic, labelled)
    one, two = rng.sample(judging, 2)
    return Story(
        topic=topic,
        name=rng.choice(here.women if woman else here.men),
        woman=woman,
        verb=rng.choice(topic.verbs),
        item=rng.choice(topic.items),
        place=rng.choice(topic.places),
        kind=rng.choice(topic.kinds) if rng.random() < 0.5 else "",
        judgement=one,
        good=good,
        also=two if rng.random() < 0.4 else "",
        very=rng.choice(here.very) if rng.random() < 0.4 else "",
        reaction=rng.choice(here.glad if good else here.sad),
        first=rng.random() < 0.3,
        asking=rng.choice(ASKING),
    )


def sentences(language: Language, story: Story) -> tuple[Sentence, Sentence, Sentence, Sentence]:
    """The four sentences."""
    text = _TEXTS[language](story)
    last = text.question(story.asking) + text.reply(story.asking)
    parts = (text.event(), text.judged(), text.reacted(), last)
    return tuple(tuple(part.split()) for part in parts)  # type: ignore[return-value]


def question(language: Language, story: Story, asking: Asking) -> Sentence:
    """Only the question."""
    return tuple(_TEXTS[language](story).question(asking).split())


@cache
def corpus(language: Language, held_out: bool = False) -> tuple[tuple[Story, ...], ...]:
    """Stories to learn from, or those held out, topic by topic; always the same ones."""
    rng = random.Random(f"stories {language} {held_out}")
    count = HELD_OUT if held_out else STORIES
    stories = [invent(language, rng) for _ in range(count)]
    topics = world(language).topics
    return tuple(tuple(story for story in stories if story.topic == topic) for topic in topics)


class _English:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.past, self.plain = story.verb.split("/")
        self.she = "she" if story.woman else "he"

    def event(self) -> str:
        s = self.story
        place = f"in the {s.place}"
        rest = f"{s.name} {self.past} the {s.kind} {s.item}"
        return f"{place} {rest} . " if s.first else f"{rest} {place} . "

    def judged(self) -> str:
        s = self.story
        if s.first and not s.also:
            an = "an" if (s.very or s.judgement)[0] in "aeiou" else "a"
            return f"it was {an} {s.very} {s.judgement} {s.item} . "
        also = f"and {s.also}" if s.also else ""
        return f"the {s.item} was {s.very} {s.judgement} {also} . "

    def reacted(self) -> str:
        s = self.story
        if s.good:
            return f"{self.she} {s.reaction} and {self.past} the {s.item} again . "
        return f"{self.she} {s.reaction} and left the {s.place} . "

    def question(self, asking: Asking) -> str:
        s = self.story
        return {
            "who": f"who {self.past} the {s.item} ? ",
            "what": f"what did {s.name} {self.plain} ? ",
            "where": f"where was {s.name} ? ",
            "how": f"how was the {s.item} ? ",
        }[asking]

    def reply(self, asking: Asking) -> str:
        s = self.story
        return {
            "who": f"{s.name} {self.past} the {s.item} . ",
            "what": f"{self.she} {self.past} the {s.item} . ",
            "where": f"{self.she} was in the {s.place} . ",
            "how": f"the {s.item} was {s.judgement} . ",
        }[asking]


class _Korean:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.she = "그녀" if story.woman else "그"

    def event(self) -> str:
        s = self.story
        who, place = with_particle(s.name, "은는"), f"{s.place} ##에서"
        front = f"{place} {who}" if s.first else f"{who} {place}"
        return f"{front} {s.kind} {with_particle(s.item, '을를')} {s.verb} ##다 . "

    def judged(self) -> str:
        s = self.story
        also = f"##고 {s.also}" if s.also else ""
        return f"{with_particle(s.item, '은는')} {s.very} {s.judgement} {also} ##다 . "

    def reacted(self) -> str:
        s = self.story
        if s.good:
            item = with_particle(s.item, "을를")
            return f"{self.she} ##는 {s.reaction} ##고 {item} 다시 {s.verb} ##다 . "
        return f"{self.she} ##는 {s.reaction} ##고 {with_particle(s.place, '을를')} 떠났 ##다 . "

    def question(self, asking: Asking) -> str:
        s = self.story
        return {
            "who": f"누가 {with_particle(s.item, '을를')} {s.verb} ##나 ? ",
            "what": f"{with_particle(s.name, '은는')} 무엇 ##을 {s.verb} ##나 ? ",
            "where": f"{with_particle(s.name, '은는')} 어디 ##에 있었 ##나 ? ",
            "how": f"{with_particle(s.item, '은는')} 어땠 ##나 ? ",
        }[asking]

    def reply(self, asking: Asking) -> str:
        s = self.story
        item = with_particle(s.item, "을를")
        return {
            "who": f"{with_particle(s.name, '이가')} {item} {s.verb} ##다 . ",
            "what": f"{self.she} ##는 {item} {s.verb} ##다 . ",
            "where": f"{self.she} ##는 {s.place} ##에 있었 ##다 . ",
            "how": f"{with_particle(s.item, '은는')} {s.judgement} ##다 . ",
        }[asking]


_TEXTS: dict[Language, type[_English | _Korean]] = {"en": _English, "ko": _Korean}
"""What puts a story into words."""


def with_particle(word: str, pair: str) -> str:
    """The word with the particle that fits its last sound.

    >>> with_particle("수프", "을를"), with_particle("빵", "을를")
    ('수프 ##를', '빵 ##을')
    """
    closed = (ord(word[-1]) - ord("가")) % 28 > 0
    return f"{word} ##{pair[0] if closed else pair[1]}"


@cache
def words(language: Language) -> tuple[str, ...]:
    """Every token of the stories, sorted."""
    return tuple(
        sorted(
            {
                token
                for topic in corpus(language)
                for story in topic
                for sentence in sentences(language, story)
                for token in sentence
            }
        )
    )
