"""The words of the little grammar, English beside Korean.

Korean forms are plain style (해라체): past, present, and what stands before 것이다 in the future.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["animal", "person", "food", "goods", "furniture", "place"]
Tense = Literal["past", "present", "future"]
TENSES: tuple[Tense, ...] = ("past", "present", "future")

NOUNS: dict[Kind, dict[str, str]] = {
    "animal": {
        "cat": "고양이",
        "dog": "개",
        "rabbit": "토끼",
        "bear": "곰",
        "horse": "말",
        "bird": "새",
        "fox": "여우",
        "monkey": "원숭이",
    },
    "person": {
        "boy": "소년",
        "girl": "소녀",
        "teacher": "선생님",
        "farmer": "농부",
        "king": "왕",
        "baby": "아기",
        "doctor": "의사",
        "student": "학생",
    },
    "food": {
        "apple": "사과",
        "bread": "빵",
        "banana": "바나나",
        "cake": "케이크",
        "cheese": "치즈",
        "fish": "생선",
        "carrot": "당근",
    },
    "goods": {
        "ball": "공",
        "book": "책",
        "hat": "모자",
        "flower": "꽃",
        "key": "열쇠",
        "doll": "인형",
    },
    "furniture": {
        "mat": "매트",
        "table": "탁자",
        "chair": "의자",
        "bed": "침대",
        "box": "상자",
        "sofa": "소파",
        "tree": "나무",
    },
    "place": {
        "school": "학교",
        "park": "공원",
        "house": "집",
        "river": "강",
        "market": "시장",
        "forest": "숲",
    },
}
KOREAN = {english: korean for nouns in NOUNS.values() for english, korean in nouns.items()}
LIVING = (*NOUNS["animal"], *NOUNS["person"])
THINGS = (*NOUNS["food"], *NOUNS["goods"])

PREPOSITIONS = {"on": "위", "under": "아래", "in": "안", "behind": "뒤", "beside": "옆"}
WHERE: dict[str, tuple[str, ...]] = {
    "mat": ("on", "under", "beside"),
    "table": ("on", "under", "behind", "beside"),
    "chair": ("on", "under", "behind", "beside"),
    "bed": ("on", "under", "beside"),
    "box": ("on", "in", "behind", "beside"),
    "sofa": ("on", "behind", "beside"),
    "tree": ("under", "behind", "beside"),
}
"""What can be said of a piece of furniture."""

WHEN: dict[Tense, tuple[str, str]] = {
    "past": ("yesterday", "어제"),
    "present": ("today", "오늘"),
    "future": ("tomorrow", "내일"),
}


@dataclass(frozen=True)
class Verb:
    """A verb: English base, past, present; Korean past, present, and before 것이다.

    `at` is the particle that the place of what is done takes: 에 or 에서.
    """

    base: str
    past: str
    present: str
    korean: tuple[str, str, str]
    at: str = "에"

    def english(self, tense: Tense) -> list[str]:
        """As it stands in a sentence."""
        return {"past": [self.past], "present": [self.present], "future": ["will", self.base]}[
            tense
        ]

    def plain(self, tense: Tense) -> list[str]:
        """As it stands at the end of a Korean sentence."""
        return plain(self.korean, tense)


def plain(forms: tuple[str, str, str], tense: Tense) -> list[str]:
    """The form of a tense, with 것이다 in the future."""
    return [forms[TENSES.index(tense)], *(["것이다"] if tense == "future" else [])]


def _verbs(*rows: str) -> tuple[Verb, ...]:
    verbs = []
    for row in rows:
        base, past, present, *korean, at = row.split()
        verbs.append(Verb(base, past, present, (korean[0], korean[1], korean[2]), at))
    return tuple(verbs)


STAY = _verbs(
    "sit sat sits 앉았다 앉는다 앉을 에",
    "stand stood stands 섰다 선다 설 에",
    "lie lay lies 누웠다 눕는다 누울 에",
    "sleep slept sleeps 잤다 잔다 잘 에서",
    "play played plays 놀았다 논다 놀 에서",
    "wait waited waits 기다렸다 기다린다 기다릴 에서",
)
"""Somewhere: 매트 위에 앉았다, but 매트 위에서 잤다."""

GO = _verbs(
    "go went goes 갔다 간다 갈 에",
    "come came comes 왔다 온다 올 에",
    "run ran runs 달려갔다 달려간다 달려갈 에",
    "walk walked walks 걸어갔다 걸어간다 걸어갈 에",
)
EAT = _verbs(
    "eat ate eats 먹었다 먹는다 먹을 에",
    "buy bought buys 샀다 산다 살 에",
    "steal stole steals 훔쳤다 훔친다 훔칠 에",
)
TAKE = _verbs(
    "find found finds 찾았다 찾는다 찾을 에",
    "lose lost loses 잃어버렸다 잃어버린다 잃어버릴 에",
    "hide hid hides 숨겼다 숨긴다 숨길 에",
)
MEET = _verbs(
    "see saw sees 봤다 본다 볼 에",
    "like liked likes 좋아했다 좋아한다 좋아할 에",
    "chase chased chases 쫓았다 쫓는다 쫓을 에",
    "meet met meets 만났다 만난다 만날 에",
    "help helped helps 도왔다 돕는다 도울 에",
)
GIVE = _verbs(
    "give gave gives 주었다 준다 줄 에",
    "show showed shows 보여주었다 보여준다 보여줄 에",
)
PUT = _verbs("put put puts 놓았다 놓는다 놓을 에")

ADJECTIVES: dict[str, tuple[str, tuple[str, str, str]]] = {
    row.split()[0]: (row.split()[1], (row.split()[2], row.split()[3], row.split()[4]))
    for row in (
        "big 큰 컸다 크다 클",
        "small 작은 작았다 작다 작을",
        "red 빨간 빨갰다 빨갛다 빨갈",
        "white 하얀 하얬다 하얗다 하얄",
        "black 검은 검었다 검다 검을",
        "clean 깨끗한 깨끗했다 깨끗하다 깨끗할",
        "dirty 더러운 더러웠다 더럽다 더러울",
        "hungry 배고픈 배고팠다 배고프다 배고플",
        "tired 피곤한 피곤했다 피곤하다 피곤할",
        "happy 행복한 행복했다 행복하다 행복할",
        "kind 친절한 친절했다 친절하다 친절할",
        "clever 똑똑한 똑똑했다 똑똑하다 똑똑할",
        "tasty 맛있는 맛있었다 맛있다 맛있을",
        "sweet 달콤한 달콤했다 달콤하다 달콤할",
        "quiet 조용한 조용했다 조용하다 조용할",
    )
}
"""Before a noun; and as what is said of it: past, present, before 것이다."""

FITTING: dict[Kind, tuple[str, ...]] = {
    "animal": ("big", "small", "white", "black", "hungry", "tired", "clever"),
    "person": ("hungry", "tired", "happy", "kind", "clever", "quiet"),
    "food": ("big", "small", "tasty", "sweet"),
    "goods": ("big", "small", "red", "white", "clean", "dirty"),
    "furniture": ("big", "small", "red", "white", "black", "clean", "dirty"),
    "place": ("big", "small", "clean", "quiet"),
}
