"""Every number of the judge opens, down to the hidden unit."""

from typing import Any

import pytest

from core.recurrent.series.job import JOB
from core.recurrent.series.scaling import SCALINGS
from core.recurrent.series.setting import SeriesSetting


def opened(given: dict[str, Any], **query: str) -> dict[str, Any]:
    setting = SeriesSetting.read({"hidden": 4, "cell": "race", **given})
    state, log = JOB.advance(setting, JOB.start(setting)[0], 4, 0.01)
    answer: dict[str, Any] = JOB.inspections["number"](setting, state, query)
    return answer | {"marks": log.marks, "pictures": log.pictures}


@pytest.mark.parametrize("what", ["error", "over", "coverage", "width"])
@pytest.mark.parametrize("of", ["lstm", "gru", "persistence", "seasonal", "autoregression"])
def test_what_stands_in_the_table_opens(of: str, what: str) -> None:
    found = opened({}, of=of, what=what)
    assert found["number"]["value"] == pytest.approx(found["marks"][f"{of}.{what}"])
    assert found["number"]["total"] == pytest.approx(found["number"]["value"])


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("of", ["rnn", "autoregression"])
def test_what_was_said_opens_down_to_the_output(of: str, scaling: str) -> None:
    given = {"scaling": scaling}
    said = opened(given, of=of, time="3")
    assert said["number"]["value"] == pytest.approx(said["pictures"][f"{of}.forecast"][3])
    names = {part["array"] for part in said["number"]["sources"]}
    assert ("growth" if scaling == "log_returns" else "output") in names
    parts = ("0", "1") if scaling == "log_returns" else ("1",)
    for part in parts:
        number = opened(given, of=of, time="3", part=part)["number"]
        assert number["total"] == pytest.approx(number["value"], rel=1e-5, abs=1e-6)


def test_a_hidden_unit_opens_and_a_rule_has_none() -> None:
    found = opened({}, of="gru", time="0", part="1", unit="2")
    assert found["number"]["total"] == pytest.approx(found["number"]["value"], abs=1e-5)
    with pytest.raises(ValueError, match="no hidden state"):
        opened({}, of="persistence", time="0", part="1", unit="2")


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        opened({}, of="gru", time="25")
    with pytest.raises(ValueError, match="no number"):
        opened({}, of="seasonal", time="2", part="1")
    with pytest.raises(ValueError, match="no number"):
        opened({"scaling": "zscore"}, of="gru", time="2", part="0")
