"""What the stories are about, in English and in Korean: five topics, people, and how they react.

A topic's words belong together, so one hidden word of a story is known from the others, on both
sides. Adjectives that judge come in pairs: one that labelled sentences use and one that they never
do. What the other one means can only be known from the stories, from how people react to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Topic:
    """Words that belong together.

    Attributes:
        verbs: two; in English each with its plain form for questions ("ate/eat"), in Korean the
            stem of the past ("먹었", followed by 다, 나 or 고).
        items: what is done something with.
        places: where.
        kinds: adjectives that judge nothing, before the item.
        good: adjectives that judge well: the first is used in labelled sentences, the second not.
        bad: the same for judging badly.
    """

    verbs: tuple[str, ...]
    items: tuple[str, ...]
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """All that stories in one language are made of.

    Attributes:
        topics: five.
        women, men: names.
        good, bad: adjectives that judge anything; the first half is used in labelled sentences.
        glad, sad: verbs of a reaction.
        very: adverbs before an adjective.
    """

    topics: tuple[Topic, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    glad: tuple[str, ...]
    sad: tuple[str, ...]
    very: tuple[str, ...]

    def judging(self, good: bool, topic: Topic, labelled: bool | None = None) -> tuple[str, ...]:
        """Adjectives that judge an item of the topic.

        Args:
            good: well or badly.
            topic: whose own adjectives are added to the general ones.
            labelled: True: only those of labelled sentences, False: only the others, None: all.
        """
        general, own = (self.good, topic.good) if good else (self.bad, topic.bad)
        half = len(general) // 2
        if labelled is None:
            return general + own
        return general[:half] + own[:1] if labelled else general[half:] + own[1:]

    def judgements(self, labelled: bool) -> dict[str, bool]:
        """Every adjective that judges, of labelled sentences or of the others: whether well."""
        return {
            word: good
            for good in (True, False)
            for topic in self.topics
            for word in self.judging(good, topic, labelled)
        }


_ENGLISH = """
ate/eat cooked/cook|soup bread cake|kitchen cafe|hot fresh|tasty delicious|bland burnt
played/play heard/hear|song waltz melody|hall studio|slow quiet|lively tuneful|noisy shrill
read/read borrowed/borrow|novel poem comic|library school|thick short|gripping touching|boring dull
wore/wear sewed/sew|coat hat dress|shop market|red blue|stylish comfortable|itchy shabby
planted/plant picked/pick|rose tulip lily|garden park|tall pink|fragrant healthy|withered rotten
"""

_KOREAN = """
먹었 요리했|수프 빵 케이크|부엌 식당|뜨거운 신선한|맛있었 고소했|싱거웠 탔
연주했 들었|노래 왈츠 행진곡|연주회장 연습실|느린 조용한|경쾌했 감미로웠|시끄러웠 거슬렸
읽었 빌렸|소설 시집 만화|도서관 학교|두꺼운 짧은|재미있었 뭉클했|지루했 따분했
입었 꿰맸|외투 치마 바지|가게 시장|빨간 파란|세련됐 편했|따가웠 초라했
심었 꺾었|장미 튤립 백합|정원 공원|노란 하얀|향긋했 싱싱했|시들었 썩었
"""


def _topics(text: str) -> tuple[Topic, ...]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(Topic(*(tuple(part.split()) for part in row)) for row in rows)


@cache
def world(language: Language) -> World:
    """The world of a language."""
    if language == "en":
        return World(
            topics=_topics(_ENGLISH),
            women=("mina", "anna", "emma"),
            men=("tom", "ben", "paul"),
            good=("good", "great", "wonderful", "perfect"),
            bad=("bad", "terrible", "awful", "horrible"),
            glad=("smiled", "laughed", "cheered"),
            sad=("frowned", "complained", "sighed"),
            very=("really", "quite"),
        )
    return World(
        topics=_topics(_KOREAN),
        women=("미나", "유나", "수진"),
        men=("민호", "준수", "영철"),
        good=("좋았", "훌륭했", "멋졌", "완벽했"),
        bad=("나빴", "끔찍했", "형편없었", "엉망이었"),
        glad=("웃었", "기뻐했", "환호했"),
        sad=("찡그렸", "불평했", "한숨지었"),
        very=("정말", "아주"),
    )
