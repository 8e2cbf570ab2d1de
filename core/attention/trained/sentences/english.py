"""The English sentences: "the cat sat on the mat because it was tired"."""

from __future__ import annotations

from core.attention.trained.sentences.vocabulary import Frame, Vocabulary

# WHY is because or since, WAS was, looked or seemed.
_REASON = "WHY it WAS Q"

ENGLISH = Vocabulary(
    language="en",
    animals=tuple(
        "cat dog horse cow goat pig sheep mouse rabbit fox bear monkey donkey duck goose owl "
        "parrot lion tiger wolf frog hamster squirrel penguin elephant puppy kitten camel otter "
        "hedgehog".split()
    ),
    people=tuple(
        "boy girl man woman teacher student farmer doctor baker driver nurse pilot singer sailor "
        "painter king queen neighbour".split()
    ),
    things={
        "place": tuple(
            "mat rug sofa chair bed cushion blanket bench pillow carpet bag box wall roof".split()
        ),
        "food": tuple(
            "apple banana carrot cheese cake bread pear soup pie melon cookie corn egg nut".split()
        ),
        "toy": tuple(
            "ball stone cart wheel rope stick drum kite bucket bottle bell basket sledge "
            "ring".split()
        ),
    },
    living=tuple(
        "tired hungry sleepy angry scared lazy clever thirsty curious lonely bored proud ill happy "
        "greedy playful nervous brave".split()
    ),
    lifeless={
        "place": tuple("soft comfortable flat padded woollen sturdy velvet knitted".split()),
        "food": tuple("ripe tasty sweet juicy fresh salty crunchy delicious".split()),
        "toy": tuple("broken round shiny wooden rusty plastic hollow empty".split()),
    },
    either=tuple("dirty wet heavy old cold big small warm".split()),
    late=frozenset("sleepy curious proud sturdy knitted juicy salty shiny hollow".split()),
    verbs={
        "sat on": tuple("sat slept lay rested stood".split()),
        "liked": tuple("liked chosen used found wanted".split()),
        "put on": tuple("put left saw placed kept".split()),
        "made for": tuple("made bought cleaned brought fetched".split()),
        "ate": tuple("ate wanted tasted finished stole".split()),
        "eaten": tuple("eaten wanted tasted finished stolen".split()),
        "gave": tuple("gave handed offered showed threw".split()),
        "cut for": tuple("cut bought cooked brought fetched".split()),
        "chased": tuple("chased pushed pulled dropped carried".split()),
        "moved": tuple("chased pushed pulled dropped carried".split()),
        "saw with": tuple("saw watched found left met".split()),
        "took from": tuple("took stole hid kept fetched".split()),
    },
    small=tuple("the it because since was looked seemed on by for with from".split()),
    it="it",
    choices={"WHY": ("because", "since"), "WAS": ("was", "looked", "seemed")},
    frames=(
        Frame("place", f"the A verb:sat_on on the T {_REASON}", early=False),
        Frame("place", f"the T was verb:liked by the A {_REASON}", early=False),
        Frame("place", f"{_REASON} the A verb:sat_on on the T", early=True),
        Frame("place", f"{_REASON} the T was verb:liked by the A", early=True),
        Frame("place", f"the P verb:put_on the A on the T {_REASON}", early=False),
        Frame("place", f"the P verb:made_for the T for the A {_REASON}", early=False),
        Frame("food", f"the A verb:ate the T {_REASON}", early=False),
        Frame("food", f"the T was verb:eaten by the A {_REASON}", early=False),
        Frame("food", f"{_REASON} the A verb:ate the T", early=True),
        Frame("food", f"{_REASON} the T was verb:eaten by the A", early=True),
        Frame("food", f"the P verb:gave the A the T {_REASON}", early=False),
        Frame("food", f"the P verb:cut_for the T for the A {_REASON}", early=False),
        Frame("toy", f"the A verb:chased the T {_REASON}", early=False),
        Frame("toy", f"the T was verb:moved by the A {_REASON}", early=False),
        Frame("toy", f"{_REASON} the A verb:chased the T", early=True),
        Frame("toy", f"{_REASON} the T was verb:moved by the A", early=True),
        Frame("toy", f"the P verb:saw_with the A with the T {_REASON}", early=False),
        Frame("toy", f"the P verb:took_from the T from the A {_REASON}", early=False),
    ),
    examples=(
        "the cat sat on the mat because it was tired",
        "the cat sat on the mat because it was soft",
        "the cat sat on the mat because it was dirty",
        "the mat was used by the cat because it was tired",
        "because it was hungry the monkey ate the banana",
        "the banana was eaten by the monkey because it was ripe",
        "the teacher took the ball from the dog because it was angry",
        "the king gave the penguin the pie because it looked tasty",
    ),
    masked=(
        "the [MASK] sat on the mat because it was tired",
        "the cat sat on the [MASK] because it was soft",
        "the king gave the [MASK] the pie because it was hungry",
    ),
    particles={},
    endings=(),
)
