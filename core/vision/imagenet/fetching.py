"""Fetch torchvision's own weights of AlexNet or VGG, as torchvision does, reporting the progress.

`torch.hub` holds what has come to the checksum in its name before the file gets that name. Where
it lies, `networks` finds it.
"""

from __future__ import annotations

import torch

from core.pretrained.fetching import Fetch, begin, change, refuse_full_disk
from core.pretrained.shelf import PretrainedError, home
from core.schema import Explained, mark
from core.vision.imagenet.networks import NETWORKS, Known, where

NO_NETWORK = mark("There is no network of this name that can be fetched.")
AWAY = mark(
    "{name} could not be fetched: the network went away. Ask again, or put {file} into the folder "
    "of models yourself."
)
OTHER = mark("What has come as {file} is not what its name promises. Ask again.")


def fetch(name: object) -> Fetch:
    """Begin to fetch a network's weights; one download at a time on this server.

    Raises:
        PretrainedError: there is no such network, or another download is on its way.
    """
    known = NETWORKS.get(name) if isinstance(name, str) else None
    if known is None or not known.weights:
        raise PretrainedError(NO_NETWORK)

    def here() -> Fetch | None:
        return Fetch(known.title, "done") if where(str(name)) else None

    return begin(known.title, lambda _: _run(known), here, lambda: _arrived(known))


def _run(known: Known) -> None:
    name, target = known.title, home() / known.file
    size = known.megabytes * 1_000_000
    try:
        refuse_full_disk(name, size)
        change(name, of=size)
        digest = known.file.rpartition("-")[2].removesuffix(".pth")
        torch.hub.download_url_to_file(known.url, str(target), digest, progress=False)
        change(name, status="done", bytes=target.stat().st_size)
    except PretrainedError as error:
        change(name, status="failed", trouble=error)
    except Exception as error:  # whatever the network makes torch say
        rule = OTHER if "invalid hash" in str(error) else AWAY
        trouble = Explained(rule, name=name, file=known.file)
        change(name, status="failed", trouble=trouble)


def _arrived(known: Known) -> int:
    """Bytes of the file that is on its way, which torch.hub names with something more."""
    return max((path.stat().st_size for path in home().glob(f"{known.file}.*")), default=0)
