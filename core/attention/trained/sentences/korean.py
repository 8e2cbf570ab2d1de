"""The Korean sentences, as “고양이가 매트 위에 앉았다. 그것이 피곤해서였다.” is one.

Particles and the ending -서 are words of their own to the networks, as they are in BERT, so that a
noun is the same word wherever it stands. Every particle takes both roles: the animal and the thing
are subject, topic and object in turn, and after *그것* always stands *이*. A Korean pronoun does
not come before its noun; where the reason comes early, both nouns have been named, and the reason
stands before what it explains: “고양이 옆에 매트가 있었다. 그것이 푹신해서 소년이 멈췄다.” It is
*그것이*, for *그것은 피곤했기 때문이다* would say "that is because …".
"""

from __future__ import annotations

from core.attention.trained.sentences.vocabulary import GROUPS, Frame, Group, Vocabulary

# A reason is behind what it explains, as a sentence of its own, or early, as a clause.
_BEHIND = (
    "그것 이 Q 서였다",
    "그것 이 Q 보여서였다",
    "그것 이 Q 보였기 때문이다",
    "왜냐하면 그것 이 Q 보였기 때문이다",
)
_EARLY = ("그것 이 Q 서", "그것 이 Q 보여서")

_ACTIONS: tuple[tuple[Group, str], ...] = (
    ("place", "A 이/가 T 위에 verb:lay"),
    ("place", "A 은/는 T 위에 verb:lay"),
    ("place", "T 위에 A 이/가 verb:lay"),
    ("place", "P 이/가 A 을/를 T 위에 verb:put"),
    ("place", "P 은/는 T 위에 A 을/를 verb:put"),
    ("food", "A 이/가 T 을/를 verb:ate"),
    ("food", "A 은/는 T 을/를 verb:ate"),
    ("food", "T 을/를 A 이/가 verb:ate"),
    ("food", "P 이/가 A 에게 T 을/를 verb:gave"),
    ("food", "P 은/는 T 을/를 A 에게 verb:gave"),
    ("toy", "A 이/가 T 을/를 verb:moved"),
    ("toy", "A 은/는 T 을/를 verb:moved"),
    ("toy", "T 을/를 A 이/가 verb:moved"),
    ("toy", "P 이/가 A 에게서 T 을/를 verb:took"),
    ("toy", "P 은/는 T 을/를 A 에게서 verb:took"),
)
_SCENES = (
    ("A WHERE T 이/가 있었다", "P 이/가 TURNED"),
    ("T WHERE A 이/가 있었다", "P 이/가 TURNED"),
    ("P 이/가 A 과/와 T 을/를 verb:saw", "TURNED"),
    ("P 은/는 T 과/와 A 을/를 verb:saw", "TURNED"),
)

_WHERE = ("옆에", "앞에", "뒤에", "근처에")
_TURNED = ("멈췄다", "다가갔다", "웃었다", "돌아섰다")

KOREAN = Vocabulary(
    language="ko",
    animals=tuple(
        "고양이 개 말 소 염소 돼지 양 생쥐 토끼 여우 곰 원숭이 당나귀 오리 거위 부엉이 앵무새 사자 "
        "호랑이 늑대 개구리 햄스터 다람쥐 펭귄 코끼리 강아지 송아지 낙타 수달 고슴도치".split()
    ),
    people=tuple(
        "소년 소녀 남자 여자 선생님 학생 농부 의사 제빵사 기사 간호사 조종사 가수 선원 화가 왕 "
        "왕비 이웃".split()
    ),
    things={
        "place": tuple(
            "매트 깔개 소파 의자 침대 방석 담요 벤치 베개 양탄자 이불 쿠션 돗자리 상자".split()
        ),
        "food": tuple(
            "사과 바나나 당근 치즈 케이크 빵 복숭아 떡 파이 참외 과자 옥수수 감자 호두".split()
        ),
        "toy": tuple("공 돌 수레 바퀴 밧줄 막대 북 연 양동이 병 종 바구니 썰매 반지".split()),
    },
    living=tuple(
        "피곤해 배고파 졸려 화나 겁먹어 게을러 영리해 목말라 외로워 심심해 지쳐 아파 행복해 신나 "
        "초조해 용감해 부지런해 수줍어".split()
    ),
    lifeless={
        "place": tuple("푹신해 안락해 평평해 널찍해 포근해 두툼해 견고해 아늑해".split()),
        "food": tuple("맛있어 달콤해 싱싱해 고소해 바삭해 짭짤해 향긋해 촉촉해".split()),
        "toy": tuple("동그래 반짝여 낡아 매끈해 알록달록해 투명해 단단해 망가져".split()),
    },
    either=tuple("더러워 젖어 무거워 차가워 커 작아 따뜻해 예뻐".split()),
    late=frozenset("졸려 초조해 용감해 두툼해 견고해 짭짤해 향긋해 반짝여 매끈해".split()),
    verbs={
        "lay": tuple("앉았다 누웠다 잠들었다 엎드렸다 올라갔다".split()),
        "put": tuple("놓았다 내려놓았다 올려놓았다 앉혔다 눕혔다".split()),
        "ate": tuple("먹었다 맛보았다 훔쳤다 삼켰다 찾았다".split()),
        "gave": tuple("주었다 건넸다 내밀었다 먹였다 던졌다".split()),
        "moved": tuple("밀었다 끌었다 물었다 건드렸다 옮겼다".split()),
        "took": tuple("빼앗았다 가져갔다 훔쳤다 얻었다 되찾았다".split()),
        "saw": tuple("보았다 발견했다 바라보았다 찾았다 만났다".split()),
    },
    small=tuple(
        "그것 이 가 은 는 을 를 과 와 에게 에게서 위에 서 서였다 보여서 보여서였다 보였기 때문이다 "
        "왜냐하면 있었다".split()
    )
    + _WHERE
    + _TURNED,
    it="그것",
    choices={"WHERE": _WHERE, "TURNED": _TURNED},
    frames=tuple(
        Frame(group, f"{action} {reason}", early=False)
        for group, action in _ACTIONS
        for reason in _BEHIND
    )
    + tuple(
        Frame(group, f"{scene} {reason} {turn}", early=True)
        for group in GROUPS
        for scene, turn in _SCENES
        for reason in _EARLY
    ),
    examples=(
        "고양이가 매트 위에 앉았다. 그것이 피곤해서였다.",
        "고양이가 매트 위에 앉았다. 그것이 푹신해서였다.",
        "토끼가 쿠션 위에 앉았다. 그것이 더러워서였다.",
        "매트 위에 고양이가 앉았다. 그것이 피곤해 보였기 때문이다.",
        "소녀가 원숭이와 바나나를 보았다. 그것이 배고파 보여서 웃었다.",
        "바나나를 원숭이가 먹었다. 그것이 달콤해 보여서였다.",
        "선생님이 개에게서 공을 빼앗았다. 왜냐하면 그것이 화나 보였기 때문이다.",
        "왕이 펭귄에게 파이를 주었다. 그것이 맛있어 보였기 때문이다.",
    ),
    masked=(
        "[MASK]가 매트 위에 앉았다. 그것이 피곤해서였다.",
        "고양이가 [MASK] 위에 앉았다. 그것이 푹신해서였다.",
        "왕이 [MASK]에게 파이를 주었다. 그것이 배고파 보였기 때문이다.",
    ),
    particles={
        "이/가": ("이", "가"),
        "은/는": ("은", "는"),
        "을/를": ("을", "를"),
        "과/와": ("과", "와"),
        "에게": ("에게", "에게"),
        "에게서": ("에게서", "에게서"),
    },
    endings=("서", "서였다"),
)
