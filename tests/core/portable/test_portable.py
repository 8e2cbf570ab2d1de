"""Programs that are taken away run in an empty folder, where nothing of ours can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file as theirs
from safetensors.torch import save_file

from core.attention.steps import program as steps_program
from core.attention.steps.question import StepsQuestion
from core.attention.steps.rules import fitting
from core.attention.steps.trace import steps
from core.attention.trained import program as trained
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.shipped import EXAMPLES
from core.language.bert import numbers as bert
from core.language.bert.numbers import NumberQuestion
from core.language.transformer import lesson as transformer
from core.language.transformer import program as decoding
from core.language.transformer.question import DecodingQuestion
from core.notebook import notebook
from core.opened import Opened
from core.portable import HERE, portable
from core.portable.alone import orjson as plain_json
from core.portable.alone import safetensors as alone
from core.portable.alone.safetensors import numpy as arrays_alone
from core.portable.alone.safetensors import torch as tensors_alone
from core.recurrent.through_time import formula as through_time
from core.recurrent.through_time.gradient import GradientSetting
from core.training import shipped
from core.training.jobs import program as of_run
from core.vision import forward
from core.vision.architectures import formula as layers
from core.vision.architectures import number as architectures
from core.vision.convolution import rules as convolution
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide
from core.vision.convolution.values import OutputCell
from core.vision.hand import sample
from core.vision.place import Place
from core.vision.pooling import formula as pooling
from core.vision.pooling.question import PoolingQuestion, inputs
from core.vision.preprocess import Stages
from core.vision.question import DrawingQuestion

# Each program in a process of its own that begins with torch alone: a fork costs nothing.
RUNNER = """
import io, json, os, sys, traceback
from contextlib import redirect_stdout
import torch

class Empty:
    # Has nothing of ours installed, and of others only what the program says, if it says it.
    def __init__(self, said):
        all = {"torchvision", "numpy", "safetensors", "orjson", "plotly", "dask", "streamlit"}
        self.missing = {name for name in all if said and name not in said}

    def find_spec(self, name, path=None, target=None):
        package = name.split(".")[0]
        path = os.path.join(sys.path[0], package)
        packed = os.path.exists(path) or os.path.exists(path + ".py")
        if package in {"core", *self.missing} and not packed:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in sys.argv[1].split(","):
    read, write = os.pipe()
    if not os.fork():
        os.close(read)
        text = open(name).read()
        cells = json.loads(text) if name.endswith("notebook") else [text]
        source = "\\n".join(cells)
        said = next((line for line in source.splitlines() if line.startswith("# It needs")), "")
        sys.meta_path.insert(0, Empty(said))
        out = io.StringIO()
        try:
            with redirect_stdout(out):
                scope = {"__name__": "__main__"}
                for cell in cells:
                    exec(compile(cell, name, "exec"), scope)
        except BaseException:
            out.write(traceback.format_exc())
        with os.fdopen(write, "w") as pipe:
            json.dump(out.getvalue(), pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        print(json.dumps([name, json.load(pipe)]), flush=True)
    os.wait()
"""


def drawn(layer: str, *at: int) -> tuple[str, Opened]:
    question = DrawingQuestion(sample(2), "ours", Stages(pen=False), place=Place(layer, *at))
    return forward.program(question), forward.opened(question)


def layered(text: str) -> tuple[str, Opened]:
    number = architectures.read_number(text)
    assert number is not None
    return (
        architectures.program(sample(4), number),
        architectures.opened(sample(4), number),
    )


def slid(**fields: Any) -> tuple[str, Opened]:
    found = slide(ConvolutionQuestion.read(fields))
    cell = OutputCell(0, 3, 2)
    return convolution.program(found, cell), convolution.opened(found, cell)


def decoded() -> tuple[str, Opened]:
    cell = {"matrix": "q", "row": 3, "column": 2}
    raw = {"task": "en-ko", "text": "the cat sat", "block": "decoder.0.cross", "cell": cell}
    found = transformer.number(DecodingQuestion.read(raw | {"head": 1}))
    return decoding.number(found), found.shown


def masked() -> tuple[str, Opened]:
    game = {"game": "hidden", "text": "tom planted the rose.", "hide": [2]}
    found = bert.number(NumberQuestion.read({"about": game, "place": {"net": bert.NETS[0]}}))
    return bert.program(found), found.shown


NUMBERS: dict[str, Callable[[], tuple[str, Opened]]] = {
    "a pixel of a drawing": lambda: drawn("relu1", 3, 12, 14),
    "a probability of a drawing": lambda: drawn("probabilities", 2),
    "a pixel of LeNet-5": lambda: layered("lenet5.conv2.3.4.5"),
    "a logit of the notes' network": lambda: layered("simple.logits.4"),
    "a convolution of a drawing": lambda: slid(),
    "a convolution of maps": lambda: slid(source="maps", channels=2),
    "the transformer": decoded,
    "BERT": masked,
}


def _steps() -> str:
    question = StepsQuestion(words=("the", "cat", "sat"))
    run = steps(question)
    return steps_program.program(run, fitting(run, question.place))


def _pooling() -> str:
    question = PoolingQuestion(sample(3))
    return pooling.program(inputs(question, [(0, 0)])[0], question.setting, 0, 0)


PICTURES: dict[str, Callable[[], str]] = {
    "gradients through time": lambda: through_time.program(GradientSetting(), 3),
    "attention step by step": _steps,
    "pooling": _pooling,
    "a network of the table": lambda: layers.program("lenet5_1998"),
    "who is it": lambda: trained.picture(ReferentQuestion.read({"sentence": EXAMPLES["en"][0]})),
    "a translation": lambda: decoding.picture("en-ko", "the cat sat"),
}
RUNS: dict[str, dict[str, Any]] = {
    "sine": {"epochs": 1},
    "series": {"epochs": 1},
    "words": {"steps": 2},
    "adding": {"steps": 2},
    "text": {"hidden": 16, "context": 8, "steps": 2},
    "hand": {**shipped.load("hand_run").config, "steps": 2, "data": "pen"},
    "it": {"layers": 1, "heads": 2, "width": 16, "steps": 2},
    "translate": {"layers": 1, "heads": 2, "width": 32, "steps": 2},
    "vectors": {"epochs": 1, "dimension": 4},
    "bert": {"layers": 1, "heads": 2, "width": 32, "steps": 2},
    "shuffled": {"data": "pen", "steps": 2},
    "cnn": {"data": "pen", "images": 1_000, "epochs": 0.1, "augment": "shift"},
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each program prints in an empty folder."""
    folder = tmp_path_factory.mktemp("alone")
    sources = (
        {name: make()[0] for name, make in NUMBERS.items()}
        | {name: make() for name, make in PICTURES.items()}
        | {name: of_run(name, config) for name, config in RUNS.items()}
    )
    for name, source in sources.items():
        (folder / name).write_text(portable(source), encoding="utf-8")
        (folder / _notebook(name)).write_text(json.dumps(_cells(source)), encoding="utf-8")
    names = ",".join([*sources, *map(_notebook, sources)])
    command = [sys.executable, "-I", "-c", RUNNER, names]
    lines = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return dict(json.loads(line) for line in lines.stdout.splitlines() if line.startswith("["))


def _notebook(name: str) -> str:
    return f"{name} as a notebook"


def _cells(source: str) -> list[str]:
    """What is run one after the other in the notebook of a program."""
    written = json.loads(notebook(portable(source), ["# A page"]))
    return ["".join(cell["source"]) for cell in written["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_computed_by_torch_alone(name: str, printed: dict[str, str]) -> None:
    source, shown = NUMBERS[name]()
    assert "torch alone" in portable(source) or "load_file" not in source
    numbers = [float(line) for line in printed[name].split()]
    assert numbers and numbers == pytest.approx([shown.value] * len(numbers), abs=2e-4)


@pytest.mark.parametrize("name", [*PICTURES, *RUNS])
def test_other_programs_run_to_their_end(name: str, printed: dict[str, str]) -> None:
    assert printed[name] and "Traceback" not in printed[name], printed[name]


@pytest.mark.parametrize("name", [*NUMBERS, *PICTURES, *RUNS])
def test_the_cells_of_its_notebook_print_the_same(name: str, printed: dict[str, str]) -> None:
    assert printed[_notebook(name)] == printed[name]


def test_what_needs_nothing_of_ours_is_left_as_it_is() -> None:
    source, _ = slid()
    assert portable(source) == source and "core" not in source
    assert portable(of_run("sine", {})) == of_run("sine", {})


def test_the_same_program_has_the_same_bytes_and_begins_with_what_it_is() -> None:
    source = of_run("it", {})
    assert portable(source) == portable(source)
    title = source.partition(HERE)[0].rstrip()
    assert portable(source).startswith(title) and HERE not in portable(source)


KINDS = (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.bool)


def test_tensors_are_read_and_written_as_by_safetensors(tmp_path: Path) -> None:
    tensors = {str(kind): torch.arange(6).reshape(2, 3).to(kind) for kind in KINDS}
    tensors |= {"one": torch.tensor(3.5), "none": torch.zeros(0, 4)}
    save_file(tensors, tmp_path / "theirs", {"about": "text"})
    (tmp_path / "ours").write_bytes(tensors_alone.save(tensors, {"about": "text"}))
    for found in (tensors_alone.load_file(tmp_path / "theirs"), theirs(tmp_path / "ours")):
        assert found.keys() == tensors.keys()
        assert all(torch.equal(found[key], tensors[key]) for key in tensors)
        assert all(found[key].dtype == tensors[key].dtype for key in tensors)
    with safe_open(tmp_path / "ours", "pt") as file:
        assert file.metadata() == {"about": "text"}


def test_arrays_are_read_as_by_safetensors_and_what_is_damaged_is_refused(tmp_path: Path) -> None:
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.ones(2, np.int64)}
    arrays_alone.save_file(arrays, tmp_path / "file", {"about": "text"})
    for opening in (alone.safe_open, safe_open):
        with opening(tmp_path / "file", "numpy") as file:
            assert file.metadata() == {"about": "text"} and set(file.keys()) == {"a", "b"}
            assert all((file.get_tensor(name) == arrays[name]).all() for name in arrays)
    content = (tmp_path / "file").read_bytes()
    for damaged in (content[:-1], content[:9], b"", b"\xff" * 20):
        with pytest.raises(alone.SafetensorError):
            tensors_alone.load(damaged)


def test_json_is_read_and_written_as_by_orjson() -> None:
    value = {"number": [1, 2.5, float("nan")], "text": "값", "array": np.ones((2, 2), np.float32)}
    option = orjson.OPT_SERIALIZE_NUMPY
    assert plain_json.dumps(value, option=option) == orjson.dumps(value, option=option)
    assert plain_json.loads(b'{"a": 1}') == orjson.loads(b'{"a": 1}')
    for each in (plain_json, orjson):
        with pytest.raises(each.JSONDecodeError):
            each.loads("{")


def test_what_imports_modules_of_ours_needs_numpy_and_torch_alone() -> None:
    for name in ("it", "vectors", "translate", "bert"):
        assert "# It needs numpy, torch: " in portable(of_run(name, {}))
