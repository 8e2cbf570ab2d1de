"""What a room did, as one HTML file: questions with their bars, and the wall with its verdicts."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from core.figures.image import data_url, png
from core.room.pieces import KINDS
from core.room.score import score
from core.vision.ink import as_ink, as_picture
from pages.kit.language import catalogue
from pages.kit.room.words import PANEL, REPORT, translated

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; }}
ol, ul {{ padding: 0; list-style: none; }} section {{ margin: 2rem 0; break-inside: avoid; }}
i {{ display: inline-block; height: 0.8em; background: #16204a; margin-right: 0.5em; }}
.before {{ opacity: 0.4; }} .note {{ color: #666; }}
img {{ width: 3rem; image-rendering: pixelated; }}
.digits {{ display: flex; flex-wrap: wrap; gap: 0.5rem; text-align: center; }}
.wrong {{ outline: 2px dashed #16204a; }} h2 {{ white-space: pre-wrap; }}
</style></head><body><h1>{title}</h1><p class="note">{people}</p>
{body}
</body></html>
"""
WIDTH = 60
"""Width of a full bar, in percent of the line."""


def html_record(
    code: str,
    record: Sequence[Mapping[str, Any]],
    pieces: Sequence[Mapping[str, Any]],
    language: str,
) -> str:
    """The file; whatever was typed stands in it as text."""
    translate = catalogue(language).gettext
    words, names = translated(REPORT, translate), translated(PANEL, translate)
    body = [_question(each, words) for each in record] or [f"<p>{_text(words['none'])}</p>"]
    for kind in KINDS:
        of_kind = [each for each in pieces if each["kind"] == kind]
        if of_kind:
            title = f"{words['wall']}: {names[f'{kind}Kind']}"
            shown = _digits(of_kind, words) if kind == "digit" else _list(kind, of_kind, words)
            body.append(f"<section><h2>{_text(title)}</h2>{shown}</section>")
    return _PAGE.format(
        language=language,
        title=_text(words["title"].format(code=code)),
        people=_text(words["people"]),
        body="\n".join(body),
    )


def _text(value: object) -> str:
    return html.escape(str(value))


def _question(asked: Mapping[str, Any], words: Mapping[str, str]) -> str:
    totals = [max(1, total) for total in asked["votes"]]
    lines = []
    labels = dict.fromkeys(label for counts in asked["counts"] for label, _n in counts)
    for label in asked["choices"] or labels:
        bars = "".join(
            f'<div class="{"before" if vote + 1 < len(totals) else ""}">'
            f'<i style="width: {WIDTH * dict(counts).get(label, 0) / totals[vote]:.1f}%"></i>'
            f"{dict(counts).get(label, 0)}</div>"
            for vote, counts in enumerate(asked["counts"])
        )
        right = "✓ " if label in asked["correct"] else ""
        lines.append(f"<li>{right}{_text(label)}{bars}</li>")
    counted = " / ".join(words["votes"].format(votes=total) for total in asked["votes"])
    answer = words["answer"].format(answer=asked["answer"]) if asked["answer"] else ""
    return (
        f'<section><h2>{_text(asked["prompt"])}</h2><p class="note">{_text(counted)}</p>'
        f"<ol>{''.join(lines)}</ol><p><b>{_text(answer)}</b> {_text(asked['explanation'])}</p>"
        "</section>"
    )


def _digits(pieces: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> str:
    found = score([(each["made"]["label"], each["made"]["digit"]) for each in pieces])
    low, high = (f"{end:.1%}" for end in found["interval"])
    said = words["score"].format(
        **{name: found[name] for name in ("right", "of")},
        share=f"{found['right'] / found['of']:.1%}",
        low=low,
        high=high,
    )
    tiles = []
    for each in pieces:
        made, picture = each["made"], png(as_picture(as_ink(each["sent"]["image"])))
        wrong = made["label"] != made["digit"]
        taken = made["digit"] if made["digit"] >= 0 else "–"
        tiles.append(
            f'<div class="{"wrong" if wrong else ""}"><img alt="{made["label"]}" '
            f'src="{data_url(picture)}"><br>{taken}</div>'
        )
    return f'<p>{_text(said)}</p><div class="digits">{"".join(tiles)}</div>'


def _list(kind: str, pieces: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> str:
    lines = []
    for each in pieces:
        sent, made = each["sent"], each["made"]
        match kind:
            case "sentence":
                line = f"{sent['text']}: {made['words'][made['at']]} = {made['answer']}"
            case "hidden":
                guesses = ", ".join(f"{word} {share:.1%}" for word, share in made["guesses"])
                line = f"{sent['text']}: {guesses}"
            case "series":
                line = words["saysSeries"].format(
                    error=f"{made['error']:.3f}", persistence=f"{made['persistence']:.3f}"
                )
            case _:
                line = " ".join(f"{weight:g}" for weight in sent["weights"])
        lines.append(f"<li>{_text(line)}</li>")
    return f"<ul>{''.join(lines)}</ul>"
