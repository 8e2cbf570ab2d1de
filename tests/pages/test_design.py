"""The design language (docs/design.md), held by reading the style sheets and the theme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "pages").rglob("*.css"))
KIT = ROOT / "pages/kit"
FRAME = ROOT / "pages/frame.css"

SELECTED_OR_WON = re.compile(
    r"\.(won|won-token|now|here|is|chosen|picked|own|total|top|mark|field|square|boxes|outlines"
    r"|cursor|band|typed|centre|first|open|agrees|formulas)\b"
    r'|\[aria-pressed="true"\]|^\.fp$'
)
"""Names that say that something is selected, or that it won; `.fp` defines the colour."""

SIZES = {0.875, 1.0, 1.25, 1.75, 2.5}
"""Labels, text, what counts, titles and answers, the one answer of a page; in rem."""


def _rules(sheet: Path) -> Iterator[tuple[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        yield " ".join(selector.split()), body


def _name(sheet: Path) -> str:
    return str(sheet.relative_to(ROOT / "pages"))


def test_only_a_block_that_a_walk_names_is_outlined_as_such() -> None:
    # pages call lists and labels "named" as well
    named = [chosen for chosen, _ in _rules(KIT / "base.css") if re.search(r"\.named\b", chosen)]
    assert named == [".fp [data-block].named"]


@pytest.mark.parametrize("sheet", SHEETS, ids=_name)
def test_the_accent_means_selected_or_won_and_nothing_else(sheet: Path) -> None:
    for selector, body in _rules(sheet):
        if not re.search(r"--accent|--st-primary-color|--st-red-color", body):
            continue
        assert SELECTED_OR_WON.search(selector), selector
        assert not re.search(r":hover|:focus|:disabled|aria-invalid", selector), selector


@pytest.mark.parametrize("sheet", SHEETS, ids=_name)
def test_type_has_five_sizes(sheet: Path) -> None:
    for selector, body in _rules(sheet):
        for size in re.findall(r"font-size: *([\d.]+)rem", body):
            assert float(size) in SIZES, (selector, size)


@pytest.mark.parametrize("sheet", [s for s in SHEETS if KIT not in s.parents], ids=_name)
def test_no_page_makes_its_own_slider_choice_button_or_checkbox(sheet: Path) -> None:
    for selector, body in _rules(sheet):
        assert not re.search(r"slider-(runnable-track|thumb)|range-(track|thumb)", selector)
        assert not re.search(r"\baccent-color|\bappearance:", body), selector
        if re.search(r"\.(choices|chips|action|play)\b", selector):
            own = re.search(r"(?<![-\w])(color|background|border|outline|box-shadow):", body)
            assert not own or "large" in selector, (selector, body)


def test_controls_of_streamlit_are_of_ink_and_the_accent_is_told_apart() -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    for look in (theme["light"], theme["dark"]):
        assert look["primaryColor"] == look["textColor"] != look["redColor"]


def test_no_class_of_ours_is_one_of_streamlits_own() -> None:
    """Our sheets reach all of the page: Streamlit's question marks became triangles so."""
    for sheet in SHEETS:
        for selector, _body in _rules(sheet):
            assert not re.search(r"(?<![\w-])\.icon\b", selector), (sheet, selector)


def test_the_handle_of_a_switch_is_told_from_its_ground() -> None:
    """Its ground is the ink of the theme where it is on, which is white in the dark."""
    handle = next(body for selector, body in _rules(FRAME) if '[role="switch"]:checked' in selector)
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    colours = re.findall(r"#[0-9a-f]{6}", handle)
    assert colours == [theme[look]["backgroundColor"] for look in ("light", "dark")]


def test_a_row_of_an_opened_softmax_grows_with_its_name() -> None:
    """On a phone the names of classes need two lines: they lay over each other."""
    rows = [body for selector, body in _rules(KIT / "opened.css") if selector.endswith(".terms li")]
    assert rows and not any(re.search(r"(?<![-\w])height:", body) for body in rows)
