"""Nine photographs that nobody has to be asked for, and where they are from.

They are those that scikit-image 0.26 distributes as samples, each made smaller (its documentation,
`skimage.data`, names the terms).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.schema import mark

FOLDER = Path(__file__).parent
_PUBLIC = mark("public domain")


@dataclass(frozen=True)
class Source:
    """Where a photograph is from, and under which terms."""

    what: str
    by: str
    terms: str


PHOTOGRAPHS = {
    "cat": Source("Chelsea the cat", "Stéfan van der Walt", "CC0"),
    "coffee": Source("A cup of coffee", "Rachel Michetti", "CC0"),
    "rocket": Source("Launch of DSCOVR", "SpaceX", _PUBLIC),
    "camera": Source("A man with a camera", "Lav Varshney", "CC0"),
    "galaxies": Source("Hubble eXtreme Deep Field", "NASA", _PUBLIC),
    "moon": Source("Surface of the moon", "NASA", _PUBLIC),
    "brick": Source("A wall of bricks", "CC0Textures", "CC0"),
    "grass": Source("Grass", "linolafett", "CC0"),
    "gravel": Source("Gravel", "CC0Textures", "CC0"),
}
