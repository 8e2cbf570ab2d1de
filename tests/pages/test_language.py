from __future__ import annotations

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from core.schema import Field, Record
from pages.kit import language, prose

ROOT = language.ROOT
OTHERS = [code for code in language.LANGUAGES if code != "en"]
SOURCES = [
    ROOT / "dashboard.py",
    *sorted(path for part in ("pages", "core") for path in (ROOT / part).rglob("*.py")),
]


def _messages() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        for line, message, _comments, _context in extract_from_file(
            "python", path, keywords={"_": None, "mark": None}
        ):
            assert isinstance(message, str), f"{path}:{line}"
            found.add(message)
    return found | _labels()


@cache
def _labels() -> set[str]:
    """What fields are called in refusals: made of their names, so no extraction sees them."""
    found: set[str] = set()
    for path in (ROOT / "core").rglob("*.py"):
        if "core.schema" not in path.read_text(encoding="utf-8"):
            continue
        parts = path.relative_to(ROOT).with_suffix("").parts
        module = import_module(".".join(parts).removesuffix(".__init__"))
        for each in vars(module).values():
            if isinstance(each, Field):
                found.add(each.label)
            elif isinstance(each, type) and issubclass(each, Record):
                found |= {field.label for field in each.schema.values()}
    return found


def _catalogue(code: str) -> Catalog:
    with (ROOT / "locale" / code / "LC_MESSAGES" / "forward_pass.po").open("rb") as file:
        return read_po(file, locale=code)


def _placeholders(message: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(message) if name}


@pytest.mark.parametrize("code", OTHERS)
def test_every_string_is_translated_and_nothing_else_is(code: str) -> None:
    messages = {message.id: message for message in _catalogue(code) if message.id}
    missing = _messages() - messages.keys()
    assert not missing, f"not in the catalogue: {missing}"
    gone = messages.keys() - _messages()
    assert not gone, f"no longer in the code: {gone}"
    assert not [m.id for m in messages.values() if not m.string or m.fuzzy], "not translated"
    assert not _catalogue(code).obsolete


@pytest.mark.parametrize("code", OTHERS)
def test_placeholders_are_the_same_in_both_languages(code: str) -> None:
    for message in _catalogue(code):
        if message.id:
            assert _placeholders(message.id) == _placeholders(message.string), message.id


@pytest.mark.parametrize("code", OTHERS)
def test_every_lesson_text_exists_with_the_same_parts(code: str) -> None:
    def texts(of: str) -> dict[str, dict[str, str]]:
        lessons = (ROOT / "pages").rglob(f"lesson.{of}.md")
        pages = [path.parent.relative_to(ROOT / "pages").as_posix() for path in lessons]
        return {page: prose.parts(of, page) for page in ("home", *pages)}

    english, other = texts("en"), texts(code)
    assert len(english) > 12
    assert {name: list(parts) for name, parts in english.items()} == {
        name: list(parts) for name, parts in other.items()
    }
    for name, parts in other.items():
        empty = [part for part, text in parts.items() if not text and english[name][part]]
        assert not empty, f"{name}: {empty}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: Path(path).name)
def test_nothing_is_translated_before_there_is_a_session(path: Path) -> None:
    """A string translated on import would speak the first visitor's language to everyone."""

    def calls(node: ast.AST) -> bool:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return False
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            return True
        return any(calls(child) for child in ast.iter_child_nodes(node))

    assert not calls(ast.parse(path.read_text(encoding="utf-8"))), "use mark() here"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: Path(path).name)
def test_no_string_hides_from_the_extraction_inside_an_f_string(path: Path) -> None:
    for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(outer, ast.JoinedStr):
            called = {
                n.func.id
                for n in ast.walk(outer)
                if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            }
            literal = any(
                isinstance(n, ast.Call) and n.args and isinstance(n.args[0], ast.Constant)
                for n in ast.walk(outer)
            )
            assert not ("_" in called and literal), f"{path}:{outer.lineno}"


def test_a_string_without_translation_stays_english() -> None:
    assert language.catalogue("ko").gettext("never written anywhere") == "never written anywhere"
    assert language.catalogue("en").gettext("Present") == "Present"


def test_without_a_session_the_language_is_english() -> None:
    assert language.language() == "en"
    assert language._("Present") == "Present"


_BARE = re.compile(r"\}[”)]?(은|는|이|가|을|를|과|와|로|으로|라|였)(?![가-힣(])")


def test_a_particle_after_a_value_is_written_with_both_forms() -> None:
    """What a value sounds like is known only when it is filled in (core.korean)."""
    percent = {"share", "refused", "accepted", "guessed", "exact", "before", "new"}
    wrong = []
    for message in _catalogue("ko"):
        for found in _BARE.finditer(message.string if message.id else ""):
            name = message.string[: found.start()].rpartition("{")[2].partition(":")[0]
            if name not in percent and message.string[found.start() - 1] != "%":
                wrong.append((message.string[max(0, found.start() - 20) : found.end()], message.id))
    assert not wrong
