"""What the stories are about, in English and in Korean: ten topics, people, and how they react.

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
        topics: ten.
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
ate/eat cooked/cook | soup bread rice cake | kitchen restaurant | hot fresh | tasty delicious | bland burnt
played/play practised/practise | song waltz sonata melody | hall studio | slow quiet | lively tuneful | noisy shrill
read/read borrowed/borrow | novel poem comic diary | library school | thick short | gripping touching | boring dull
watched/watch filmed/film | movie drama cartoon musical | cinema theatre | long new | funny thrilling | tedious silly
wore/wear sewed/sew | coat hat dress scarf | shop market | red blue | stylish comfortable | itchy shabby
planted/plant watered/water | rose tulip tree herb | garden greenhouse | tall small | fragrant healthy | withered rotten
sailed/sail steered/steer | boat ship ferry canoe | harbour lake | white wooden | sturdy swift | leaky shaky
rented/rent cleaned/clean | room flat cabin cottage | village city | square narrow | cosy bright | dusty cramped
fed/feed brushed/brush | dog cat horse rabbit | farm yard | brown young | gentle playful | fierce stubborn
painted/paint drew/draw | picture portrait poster mural | museum gallery | large round | colourful elegant | crooked blurry
"""

_KOREAN = """
먹었 요리했 | 수프 빵 밥 케이크 | 부엌 식당 | 뜨거운 신선한 | 맛있었 고소했 | 싱거웠 탔
연주했 연습했 | 노래 왈츠 소나타 행진곡 | 연주회장 연습실 | 느린 조용한 | 경쾌했 감미로웠 | 시끄러웠 거슬렸
읽었 빌렸 | 소설 시집 만화 일기 | 도서관 학교 | 두꺼운 짧은 | 흥미진진했 뭉클했 | 지루했 따분했
보았 촬영했 | 영화 드라마 연극 뮤지컬 | 영화관 극장 | 기나긴 최신 | 웃겼 짜릿했 | 늘어졌 유치했
입었 꿰맸 | 외투 치마 바지 조끼 | 가게 시장 | 빨간 파란 | 세련됐 편했 | 따가웠 초라했
심었 가꿨 | 장미 튤립 나무 허브 | 정원 온실 | 푸른 작은 | 향긋했 싱싱했 | 시들었 썩었
몰았 조종했 | 보트 배 요트 카누 | 항구 호수 | 하얀 커다란 | 튼튼했 날렵했 | 새었 흔들렸
빌려썼 청소했 | 방 아파트 오두막 별장 | 마을 도시 | 네모난 좁다란 | 아늑했 환했 | 지저분했 답답했
돌봤 빗겼 | 개 고양이 말 토끼 | 농장 마당 | 갈색 어린 | 온순했 활발했 | 사나웠 고집스러웠
그렸 색칠했 | 그림 초상화 포스터 벽화 | 박물관 미술관 | 큼직한 둥근 | 화려했 우아했 | 비뚤었 흐릿했
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
            women=("mina", "anna", "emma", "lucy", "sara", "julia"),
            men=("tom", "ben", "jack", "paul", "david", "minho"),
            good=("good", "great", "wonderful", "excellent", "amazing")
            + ("perfect", "superb", "lovely", "fantastic", "impressive"),
            bad=("bad", "terrible", "awful", "horrible", "poor")
            + ("dreadful", "disappointing", "miserable", "nasty", "appalling"),
            glad=("smiled", "laughed", "cheered", "clapped", "danced"),
            sad=("frowned", "complained", "sighed", "cried", "grumbled"),
            very=("really", "truly", "quite"),
        )
    return World(
        topics=_topics(_KOREAN),
        women=("미나", "유나", "수지", "지혜", "은정", "하나"),
        men=("민호", "준수", "철수", "영호", "동현", "성민"),
        good=("좋았", "훌륭했", "멋졌", "뛰어났", "놀라웠")
        + ("완벽했", "근사했", "멋들어졌", "환상적이었", "인상적이었"),
        bad=("나빴", "끔찍했", "형편없었", "엉망이었", "별로였")
        + ("최악이었", "실망스러웠", "한심했", "고약했", "볼품없었"),
        glad=("웃었", "기뻐했", "환호했", "감탄했", "춤췄"),
        sad=("찡그렸", "불평했", "한숨지었", "울었", "투덜거렸"),
        very=("정말", "아주", "꽤"),
    )
