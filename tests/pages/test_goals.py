"""The goals of the pages: each page tells its own, and its answers are held against them."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.address import find
from core.training.jobs import JOBS
from pages import registry
from pages.convolution_and_pooling import api
from pages.kit import goals
from pages.kit.language import LANGUAGES
from pages.kit.routes import GOALS, Live, of, served
from tests.core.test_goals import CASES, MATRIX
from tests.pages.application import application
from tests.patience import PATIENCE

WITH = [entry for entry in registry.PAGES if entry.goals]


def _closing(path: str) -> None:
    from pages import registry
    from pages.kit import goals

    goals.show(next(entry for entry in registry.PAGES if entry.path == path).goals)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("entry", WITH, ids=lambda entry: entry.folder)
def test_a_page_tells_its_goals_in_a_language(
    entry: registry.Entry, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(goals.PICTURE, "_component", lambda key, data, **_: sent.append(data))
    app = AppTest.from_function(_closing, kwargs={"path": entry.path}, default_timeout=PATIENCE)
    app.query_params["lang"] = code
    assert not app.run().exception
    told = sent[0]["goals"]
    assert [one["name"] for one in told] == [goal.name for goal in entry.goals]
    assert len(told) >= goals.LEAST
    texts = [one[part] for one in told for part in ("sentence", "hint")]
    assert len(set(texts)) == len(texts) and not any("{" in text for text in texts)
    assert all(any("가" <= letter <= "힣" for letter in text) for text in texts) == (code == "ko")


def test_every_goal_is_of_one_page_has_a_test_and_is_checked() -> None:
    declared = [goal.name for entry in registry.PAGES for goal in entry.goals]
    jobs = [find(address) for address in JOBS.values()]
    checked = {
        goal.name
        for part in (
            *(route.goals for route in of(registry.PAGES) if isinstance(route, Live)),
            *(job.goals for job in jobs),
            *(looked for job in jobs for looked in job.looked.values()),
        )
        for goal in part
    }
    assert len(set(declared)) == len(declared)
    assert set(declared) == checked == {goal.name for goal, _ in CASES}
    assert all(name.replace("-", "").isalpha() and name.islower() for name in declared)


def test_an_answer_names_the_goals_that_it_reaches() -> None:
    client = TestClient(application(served(api.LIVE)))
    zero = client.post("/forward-pass/convolution", json=MATRIX)
    assert zero.headers[GOALS] == "zero-output"
    assert GOALS not in client.post("/forward-pass/convolution", json={}).headers
