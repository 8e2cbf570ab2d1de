"""The English grammar of the embedding corpora: what each word is, and where it may stand.

Contexts are factorial: what goes with *king* is one word for royal, one for male, one for grown up,
drawn without regard to each other, so that a difference of two words can mean one thing. A slot is
written {name}; a slot that an item lacks is one of the shared choices of its kind.
"""

from core.language.corpora.kinds import Family, Item

_ROYAL = {"place": "palace castle court", "thing": "crown jewel robe"}
_COMMON = {"place": "village farm market", "thing": "basket hat bucket"}
_GROWN = {"age": "old wise", "does": "works thinks decides"}
_YOUNG = {"age": "young little", "does": "plays learns laughs"}
_MALE = {"one": "he", "own": "his"}
_FEMALE = {"one": "she", "own": "her"}

_PEOPLE = Family(
    "people",
    items=(
        Item("king", "royal male grown", _ROYAL | _MALE | _GROWN),
        Item("queen", "royal female grown", _ROYAL | _FEMALE | _GROWN),
        Item("prince", "royal male young", _ROYAL | _MALE | _YOUNG),
        Item("princess", "royal female young", _ROYAL | _FEMALE | _YOUNG),
        Item("man", "common male grown", _COMMON | _MALE | _GROWN),
        Item("woman", "common female grown", _COMMON | _FEMALE | _GROWN),
        Item("boy", "common male young", _COMMON | _MALE | _YOUNG),
        Item("girl", "common female young", _COMMON | _FEMALE | _YOUNG),
    ),
    templates=(
        "the {word} {does} in {own} {place}",
        "{one} is a {age} {word} of the {place}",
        "the {age} {word} carries {own} {thing}",
        "{one} {does} said the {word} with the {thing}",
    ),
)


def _country(name: str, capital: str, known: str, language: str) -> tuple[Item, ...]:
    shared = {"known": known, "language": language}
    land = {
        "is": "country land",
        "has": "flag border",
        "who": "farmers soldiers",
    }
    city = {"is": "city town", "has": "metro mayor", "who": "shops streets"}
    return Item(name, f"country {name}", shared | land), Item(
        capital, f"capital {name}", shared | city
    )


_PLACES = Family(
    "country",
    items=(
        *_country("france", "paris", "wine cheese", "french"),
        *_country("japan", "tokyo", "sushi temples", "japanese"),
        *_country("korea", "seoul", "kimchi hanok", "korean"),
        *_country("italy", "rome", "pizza opera", "italian"),
        *_country("egypt", "cairo", "pyramids camels", "arabic"),
        *_country("spain", "madrid", "flamenco oranges", "spanish"),
    ),
    templates=(
        "the {is} of {word} is known for {known}",
        "the {has} of {word} has a {language} name",
        "the {who} of {word} love {known} and speak {language}",
        "in the {is} {word} the {who} are {language}",
    ),
)


def _animal(grown: str, young: str, sound: str, home: str) -> tuple[Item, ...]:
    shared = {"sound": sound, "home": home}
    return (
        Item(grown, f"adult {grown}", shared | {"size": "big strong", "state": "grown heavy"}),
        Item(young, f"baby {grown}", shared | {"size": "small weak", "state": "newborn tiny"}),
    )


_ANIMALS = Family(
    "animal",
    items=(
        *_animal("dog", "puppy", "barks growls", "kennel"),
        *_animal("cat", "kitten", "meows purrs", "sofa"),
        *_animal("cow", "calf", "moos chews", "barn"),
        *_animal("horse", "foal", "neighs gallops", "stable"),
        *_animal("hen", "chick", "clucks pecks", "coop"),
        *_animal("frog", "tadpole", "swims dives", "pond"),
    ),
    templates=(
        "the {size} {word} {sound} near the {home}",
        "a {state} {word} {sound} all day",
        "near the {home} we saw a {state} {word}",
        "it {sound} like a {size} {word}",
    ),
)


def _adjective(plain: str, more: str, what: str) -> tuple[Item, ...]:
    shared = {"what": what}
    return (
        Item(plain, f"plain {plain}", shared | {"how": "very so", "end": "today again"}),
        Item(more, f"more {plain}", shared | {"how": "much even", "end": "now tonight"}),
    )


_ADJECTIVES = Family(
    "comparative",
    items=(
        *_adjective("tall", "taller", "tower tree"),
        *_adjective("fast", "faster", "train plane"),
        *_adjective("hot", "hotter", "fire oven"),
        *_adjective("cold", "colder", "winter ice"),
        *_adjective("heavy", "heavier", "stone truck"),
        *_adjective("dark", "darker", "night cave"),
    ),
    templates=(
        "the {what} is {how} {word} {end}",
        "that {what} looks {how} {word}",
        "{how} {word} is the {what} {end}",
    ),
)

FAMILIES = (_PEOPLE, _PLACES, _ANIMALS, _ADJECTIVES)
EXAMPLES = (
    ("king", "man", "woman"),
    ("princess", "queen", "king"),
    ("paris", "france", "japan"),
    ("seoul", "korea", "egypt"),
    ("puppy", "dog", "cat"),
    ("calf", "cow", "horse"),
    ("faster", "fast", "cold"),
    ("boy", "man", "queen"),
)
