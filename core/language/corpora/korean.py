"""The Korean grammar of the embedding corpora; see `english` for how it is built.

Tokens are parted by spaces, and particles stand apart from their noun, so that a word is one token
wherever it stands: "왕 은 궁전 에서 일한다". A particle whose form depends on the sound before
it is written as both forms, {word:은/는}: the first follows a final consonant. Korean has no one
word for "taller", so the fourth family is the tense of verbs.
"""

from core.language.corpora.kinds import Family, Item

_ROYAL = {"place": "궁전 성 왕실", "thing": "왕관 보석 망토"}
_COMMON = {"place": "마을 농장 시장", "thing": "바구니 모자 물통"}
_GROWN = {"age": "늙은 지혜로운", "does": "일한다 생각한다 결정한다"}
_YOUNG = {"age": "어린 귀여운", "does": "논다 배운다 웃는다"}
_MALE = {"one": "그"}
_FEMALE = {"one": "그녀"}

_PEOPLE = Family(
    "people",
    items=(
        Item("왕", "royal male grown", _ROYAL | _MALE | _GROWN),
        Item("여왕", "royal female grown", _ROYAL | _FEMALE | _GROWN),
        Item("왕자", "royal male young", _ROYAL | _MALE | _YOUNG),
        Item("공주", "royal female young", _ROYAL | _FEMALE | _YOUNG),
        Item("남자", "common male grown", _COMMON | _MALE | _GROWN),
        Item("여자", "common female grown", _COMMON | _FEMALE | _GROWN),
        Item("소년", "common male young", _COMMON | _MALE | _YOUNG),
        Item("소녀", "common female young", _COMMON | _FEMALE | _YOUNG),
    ),
    templates=(
        "{word:은/는} {one} 의 {place} 에서 {does}",
        "{one} 는 {place} 의 {age} {word:이다/다}",
        "{age} {word:은/는} {one} 의 {thing:을/를} 들었다",
        "{place} 에서 {age} {word:이/가} {does}",
    ),
)


def _country(name: str, capital: str, known: str, language: str) -> tuple[Item, ...]:
    shared = {"known": known, "language": language}
    land = {"is": "나라 국가", "has": "국기 국경", "who": "농부 군인"}
    city = {"is": "도시 시내", "has": "지하철 거리", "who": "상인 시민"}
    return Item(name, f"country {name}", shared | land), Item(
        capital, f"capital {name}", shared | city
    )


_PLACES = Family(
    "country",
    items=(
        *_country("프랑스", "파리", "와인 치즈", "프랑스어"),
        *_country("일본", "도쿄", "초밥 온천", "일본어"),
        *_country("한국", "서울", "김치 한옥", "한국어"),
        *_country("이탈리아", "로마", "피자 오페라", "이탈리아어"),
        *_country("이집트", "카이로", "피라미드 낙타", "아랍어"),
        *_country("스페인", "마드리드", "플라멩코 오렌지", "스페인어"),
    ),
    templates=(
        "{is} {word:은/는} {known:으로/로} 유명하다",
        "{word} 의 {has:은/는} {language} 이름 이 있다",
        "{word} 의 {who:은/는} {known:을/를} 좋아한다",
        "{word} {who:은/는} {language:을/를} 말한다",
    ),
)


def _animal(grown: str, young: str, near: str, home: str) -> tuple[Item, ...]:
    shared = {"near": near, "home": home}
    return (
        Item(grown, f"adult {grown}", shared | {"size": "커다란 튼튼한", "state": "묵직한 당당한"}),
        Item(young, f"baby {grown}", shared | {"size": "조그만 연약한", "state": "갓난 서투른"}),
    )


_ANIMALS = Family(
    "animal",
    items=(
        *_animal("개", "강아지", "뼈 공", "마당"),
        *_animal("소", "송아지", "볏짚 쟁기", "외양간"),
        *_animal("말", "망아지", "당근 안장", "마구간"),
        *_animal("닭", "병아리", "모이 횃대", "닭장"),
        *_animal("개구리", "올챙이", "연잎 물풀", "연못"),
        *_animal("나비", "애벌레", "꽃잎 나뭇잎", "꽃밭"),
    ),
    templates=(
        "{size} {word:이/가} {home} 의 {near} 옆 에 있다",
        "{home} 에서 {state} {word:을/를} 보았다",
        "{state} {word:은/는} {near:을/를} 찾는다",
        "{near} 옆 의 {size} {word} 한 마리",
    ),
)


def _verb(now: str, past: str, what: str) -> tuple[Item, ...]:
    shared = {"what": what}
    return (
        Item(now, f"now {now}", shared | {"when": "지금 오늘", "how": "항상 매일"}),
        Item(past, f"past {now}", shared | {"when": "어제 작년", "how": "이미 벌써"}),
    )


_VERBS = Family(
    "tense",
    items=(
        *_verb("먹는다", "먹었다", "밥 떡"),
        *_verb("읽는다", "읽었다", "책 신문"),
        *_verb("쓴다", "썼다", "편지 일기"),
        *_verb("마신다", "마셨다", "물 우유"),
        *_verb("부른다", "불렀다", "노래 자장가"),
        *_verb("그린다", "그렸다", "그림 지도"),
    ),
    templates=(
        "나 는 {when} {what:을/를} {word}",
        "{when} {how} {what:을/를} {word}",
        "친구 도 {what:을/를} {how} {word}",
    ),
)

FAMILIES = (_PEOPLE, _PLACES, _ANIMALS, _VERBS)
EXAMPLES = (
    ("왕", "남자", "여자"),
    ("공주", "여왕", "왕"),
    ("파리", "프랑스", "일본"),
    ("서울", "한국", "이집트"),
    ("강아지", "개", "소"),
    ("병아리", "닭", "말"),
    ("먹었다", "먹는다", "읽는다"),
    ("소년", "남자", "여왕"),
)
