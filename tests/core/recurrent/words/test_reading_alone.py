"""The control without memory reads every word as if it were the first."""

from __future__ import annotations

from core.recurrent.words.job import JOB
from core.training import shipped


def test_a_word_alone_is_a_sentence_of_one_word() -> None:
    recording = shipped.load("words_race")
    setting, state = JOB.read(recording.config), recording.saved[-1].state
    found = JOB.inspections["alone"](setting, state, {})
    reading = JOB.inspections["reading"](setting, state, {})
    assert [*found["words"], found["answer"]] == reading["words"]
    for cell, said in found["cells"].items():
        assert said["read"] == reading["cells"][cell]["guesses"]
        assert len(said["alone"]) == len(found["words"])
        assert said["alone"][0] == said["read"][0]  # the first word has none before it
        # the same word by itself says the same wherever it stands
        by_word: dict[str, set[str]] = {}
        for word, (guess, _) in zip(found["words"], said["alone"], strict=True):
            by_word.setdefault(word, set()).add(guess)
        assert all(len(guesses) == 1 for guesses in by_word.values())
    gru = found["cells"]["gru"]
    assert gru["read"][-1][0] == found["answer"] and gru["alone"][-1][1] < gru["read"][-1][1]
