r"""A number as a formula: its name, what it is in symbols, the same with this state's numbers.

Letters: k runs over what is added up, i and j over rows and columns of a window, h and w over the
places of an input that a transposed convolution stamps from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from core.opened.count import LATEX, Count
from core.opened.functions import (
    Activation,
    BatchNorm,
    Exponential,
    Gather,
    Hit,
    LayerNorm,
    Lookup,
    Mask,
    Moved,
    Position,
    Ramp,
    Scale,
    Softmax,
    Standard,
    Sum,
)
from core.opened.measures import (
    Capped,
    Chain,
    Combination,
    CrossEntropy,
    Length,
    Logarithm,
    MeanSquare,
    Monomial,
    Outer,
    Share,
    Total,
    Unit,
)
from core.opened.parts import Opened
from core.opened.pattern import Axes, pattern
from core.opened.recurrent import Factor, Gate, Recurrence
from core.opened.routed import Routed
from core.opened.rules import Conv, Dot, Given, Pool

WRITTEN = 16
"""Products of a sum of at most so many are written out: the first three and the last."""
FUNCTIONS = {
    "relu": r"\max(0,\ {})",
    "relu6": r"\min(6,\ \max(0,\ {}))",
    "tanh": r"\tanh({})",
    "sigmoid": r"\sigma({})",
    "gelu": r"\mathrm{{GELU}}({})",
    "leaky": r"\max(0.1 \cdot {0},\ {0})",
    "sqrt": r"\sqrt{{{}}}",
    "exp": r"e^{{{}}}",
    "half_cosine": r"\tfrac{{1 + \cos(\pi \cdot {})}}{{2}}",
    "step": "[{} > 0]",
    "erf": r"\mathrm{{erf}}({})",
    "hard_swish": r"\mathrm{{hardswish}}({})",
    "leaky_01": r"\max(0.01 \cdot {0},\ {0})",
    "softplus": r"\ln(1 + e^{{{}}})",
}


def latex(shown: Opened) -> str:
    """The formula of a number, three places, without dollar signs."""
    name, value = _name(shown), number(shown.value)
    if isinstance(shown.rule, _MEASURED):
        value = measured(shown.value)
    if isinstance(shown.rule, Count):
        value = counted(shown.value)
    if shown.computed is not None:
        return rf"{name} := {value} \quad (\text{{computed: }} {number(shown.computed)})"
    if shown.inner is not None and isinstance(shown.rule, Activation):
        function = FUNCTIONS[shown.rule.function]
        inner = _name(shown.inner)
        after = f"{function.format(inner)} = {function.format(number(shown.inner.value))}"
        return rf"{latex(shown.inner)}, \quad {name} = {after} = {value}"
    body = _BODIES[type(shown.rule)](shown)
    return f"{name} = {body} = {value}" if body else f"{name} = {value}"


def counted(value: float) -> str:
    """A whole number, in groups of three digits."""
    if not math.isfinite(value):
        return number(value)
    return f"{int(value):,}".replace(",", "{,}")


def number(value: float) -> str:
    """Three places; no minus before a zero that is exact."""
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    return f"{value + 0.0:.3f}"


def measured(value: float) -> str:
    r"""The same of errors and lengths, which may be tiny: two digits and a power of ten.

    >>> measured(1.5e-11), measured(0.25)
    ('1.5 \\cdot 10^{-11}', '0.250')
    """
    if not 0 < abs(value) < 0.0005:
        return number(value)
    digits, power = f"{value:.1e}".split("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}"


def bracketed(value: float) -> str:
    """The same behind a sign: a negative one in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def _signed(value: float) -> str:
    return ("" if value < 0 else "+") + number(value)


def _symbol(shown: Opened, array: str) -> str:
    plain = array if len(array) == 1 else rf"\text{{{array.replace('_', ' ')}}}"
    return shown.symbols.get(array, plain)


def _entry(shown: Opened, array: str, index: Sequence[object]) -> str:
    """An array's symbol with an index; of a head the first one stands above."""
    symbol = _symbol(shown, array)
    above = ""
    if symbol.endswith("^"):
        symbol, (head, *index) = symbol[:-1], index
        above = rf"^{{({head + 1 if isinstance(head, int) else head})}}"
    if "_" in symbol:
        symbol = f"{{{symbol}}}"
    below = ",".join(map(str, index))
    return f"{symbol}{above}" + (f"_{{{below}}}" if below else "")


def _name(shown: Opened) -> str:
    index = shown.cell.index
    if isinstance(shown.rule, Gate | Recurrence | Chain):
        index = (index[0] + 1, *index[1:])  # time steps are counted from 1
    return _entry(shown, shown.cell.array, index)


def _of(shown: Opened, role: str) -> str:
    """A part that is one number, in symbols."""
    part = shown.part(role)
    return _entry(shown, part.array, [at.start for at in part.box])


def _given(shown: Opened) -> str:
    return ""


def _dot(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Dot)
    read = pattern(rule.pattern)
    left, right = shown["left"], shown["right"]
    letter = read.summed[0] if len(read.summed) == 1 else "k"
    # Of heads beside each other each has a block of columns; the sum runs over that block.
    first = max(_first(shown, "left", read.operands[0]), _first(shown, "right", read.operands[1]))
    a, b = (
        _entry(shown, name, _running(shown, role, axes, letter))
        for role, name, axes in zip(("left", "right"), rule.reads, read.operands, strict=False)
    )
    bias = f" + {_of(shown, 'bias')}" if rule.bias else ""
    words = rf"\sum_{{{letter}={first}}}^{{{first + len(left) - 1}}} {a}\, {b}{bias}"
    if not read.summed:
        words = rf"{a}\, {b}{bias}"
    added = f" {_signed(shown.number('bias'))}" if rule.bias else ""
    if len(left) <= WRITTEN:
        terms = [rf"{number(x)} \cdot {bracketed(y)}" for x, y in zip(left, right, strict=True)]
        if len(terms) > 4:
            terms = [*terms[:3], r"\cdots", terms[-1]]
        return f"{words} = {' + '.join(terms)}{added}"
    return f"{words} = {number(float(left @ right))}{added}" if rule.bias else words


def _first(shown: Opened, role: str, axes: Axes) -> int:
    part = shown.part(role)
    groups = [box for box, axis in zip(part.box, axes, strict=True) if len(axis) > 1]
    return next((box.start for box in groups if len(box) > 1 and box.step == 1), 0)


def _running(shown: Opened, role: str, axes: Axes, letter: str) -> list[object]:
    """The index of an operand, with the letter where the sum runs, written once."""
    found: list[object] = []
    for box in shown.part(role).box:
        if len(box) == 1:
            found.append(box.start)
        elif letter not in found:
            found.append(letter)
    return found if letter in found else [*found[:-1], letter]


def _conv(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Conv)
    o, r, c = shown.cell.index
    channels = shown.part("patch").box[0]
    _, kh, kw = shown.part("kernel").values.shape
    (top, _), (left, _) = rule.pads
    turned = f"{kh - 1}-i,{kw - 1}-j" if rule.turned else "i,j"
    x, w = _symbol(shown, rule.source), _entry(shown, rule.weight, [o, "k", turned])
    over = rf"\sum_{{k={channels.start}}}^{{{channels.stop - 1}}}"
    if rule.transposed:
        rows, columns = _stamp(rule, "h", "i", top), _stamp(rule, "w", "j", left)
        meet = rf"\substack{{{rows} = {r} \\ {columns} = {c}}}"
        inner = rf"\sum_{{{meet}}} {x}_{{k,\,h,\,w}}"
    else:
        rows, columns = _window(rule, r, "i", top), _window(rule, c, "j", left)
        inner = rf"\sum_{{i=0}}^{{{kh - 1}}} \sum_{{j=0}}^{{{kw - 1}}} "
        inner += rf"{x}_{{k,\,{rows},\,{columns}}}"
    total = number(float(rule.sums(shown).sum()))
    if not rule.bias:
        return rf"{over} {inner}\; {w}"
    bias = f"{_of(shown, 'bias')} = {total} {_signed(shown.number('bias'))}"
    return rf"{over} {inner}\; {w} + {bias}"


def _window(rule: Conv | Pool, out: int, name: str, low: int) -> str:
    dilation = rule.dilation if isinstance(rule, Conv) else 1
    step = f"{dilation} {name}" if dilation > 1 else name
    shift = out * rule.stride - low
    return f"{step}{shift:+d}" if shift else step


def _stamp(rule: Conv, at: str, tap: str, low: int) -> str:
    first = f"{rule.stride} {at}" if rule.stride > 1 else at
    second = f"{rule.dilation} {tap}" if rule.dilation > 1 else tap
    return f"{first} + {second}" + (f" - {low}" if low else "")


def _pool(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Pool)
    *before, r, c = shown.cell.index
    values = shown["window"].flatten().tolist()
    rows, columns = _window(rule, r, "i", rule.padding), _window(rule, c, "j", rule.padding)
    x = _entry(shown, rule.source, [*before, rf"\,{rows}", rf"\,{columns}"])
    reach = rf"i,j \in \{{0,\ldots,{rule.window - 1}\}}" if rule.window > 2 else r"i,j \in \{0,1\}"
    if rule.kind == "max":
        numbers = r",\ ".join(map(number, values)) if len(values) <= WRITTEN else r"\cdots"
        return rf"\max_{{{reach}}} {x} = \max({numbers})"
    count = int(shown.number("count"))
    return (
        rf"\frac{{1}}{{{count}}} \sum_{{{reach}}} {x} = \frac{{{number(sum(values))}}}{{{count}}}"
    )


def _sum(shown: Opened) -> str:
    words = " + ".join(_of(shown, part.role) for part in shown.parts)
    first, *others = (float(part.values) for part in shown.parts)
    return f"{words} = {' '.join([number(first), *map(_signed, others)])}" if others else words


def _scale(shown: Opened) -> str:
    rule = shown.rule.of(shown) if isinstance(shown.rule, Standard) else shown.rule
    assert isinstance(rule, Scale)
    if rule.divisor == 1.0 and not rule.minus:
        return _of(shown, "x")
    minus = f" - {rule.minus:g}" if rule.minus else ""
    below = rf"\sqrt{{{rule.root}}}" if rule.root != 1 else f"{rule.by:g}"
    words = rf"\frac{{{_of(shown, 'x')}{minus}}}{{{below}}}"
    below = number(rule.divisor) if rule.root != 1 else below
    return rf"{words} = \frac{{{number(shown.number('x'))}{minus}}}{{{below}}}"


def _mask(shown: Opened) -> str:
    mask = "0" if shown.number("allowed") else r"(-\infty)"
    return f"{number(shown.number('x'))} + {mask}"


def _activation(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Activation)
    function = FUNCTIONS[rule.function]
    if rule.silent(shown):
        return rf"0 \cdot {function.format(_of(shown, 'x'))}"
    return f"{function.format(_of(shown, 'x'))} = {function.format(number(shown.number('x')))}"


def _ramp(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Ramp)
    clamp = rf"\min({rule.most:.4g},\ \max(0,\ {number(rule.top)} - {{}}))"
    return f"{clamp.format(_of(shown, 'x'))} = {clamp.format(bracketed(shown.number('x')))}"


def _routed(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Routed)
    shares = shown["shares"].flatten().tolist()
    before = shown.cell.index[:-2]
    words = rf"\sum_{{k,l}} s_{{k,l}}\, {_entry(shown, rule.windows, [*before, 'k', 'l'])}"
    pairs = zip(shares, shown["handed"].flatten().tolist(), strict=True)
    terms = [rf"{share:.4g} \cdot {bracketed(x)}" for share, x in pairs if share]
    if len(terms) > 4:
        terms = [*terms[:3], r"\cdots", terms[-1]]
    numbers = " + ".join(terms) or "0"
    if not rule.mean:
        return f"{words} = {numbers}"
    over = rf"\frac{{{{}}}}{{{{{sum(shares) or 1.0:.4g}}}}}"
    return rf"\frac{{{words}}}{{\sum_{{k,l}} s_{{k,l}}}} = {over.format(numbers)}"


def _power(x: str, largest: str, temperature: float) -> str:
    if temperature == 1.0:
        return rf"e^{{{x} - {largest}}}"
    return rf"e^{{({x} - {largest})/{temperature:.4g}}}"


def _exponential(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Exponential)
    *rows, _ = shown.part("x").box
    every = _entry(shown, rule.source, [*(at.start for at in rows), "k"])
    words = _power(_of(shown, "x"), rf"\max_k {every}", rule.temperature)
    x, largest = number(shown.number("x")), bracketed(shown.number("largest"))
    return f"{words} = {_power(x, largest, rule.temperature)}"


def _softmax(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Softmax)
    if "allowed" in shown and not shown.number("allowed"):
        return ""
    powers = rule.exponentials(shown)
    part = shown.part("powers" if "powers" in shown else "row")
    at = [box.start for box in part.box[:-1]]
    one, every = (_entry(shown, part.array, [*at, k]) for k in (shown.last, "k"))
    if "powers" not in shown:
        largest = bracketed(float(shown["row"].max()))
        one, every = (_power(x, largest, rule.temperature) for x in (one, every))
    share = rf"\frac{{{number(float(powers[shown.last]))}}}{{{number(float(powers.sum()))}}}"
    return rf"\frac{{{one}}}{{\sum_k {every}}} = {share}"


def _hit(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Hit)
    before = [at.start for at in shown.part("row").box[:-1]]
    largest = rf"\arg\max_k {_entry(shown, rule.source, [*before, 'k'])}"
    target = int(shown.number("target"))
    return f"[{largest} = {target}] = [{rule.largest(shown)} = {target}]"


def _layer_norm(shown: Opened) -> str:
    values = shown["row"]
    x, mean = float(values[shown.last]), float(values.mean())
    variance = float(values.var(correction=0))
    part = shown.part("row")
    symbol = _entry(shown, part.array, [*(at.start for at in part.box[:-1]), shown.last])
    return _normed(shown, symbol, x, mean, variance)


def _batch_norm(shown: Opened) -> str:
    mean, variance = shown.number("mean"), shown.number("variance")
    return _normed(shown, _of(shown, "x"), shown.number("x"), mean, variance)


def _normed(shown: Opened, symbol: str, x: float, mean: float, variance: float) -> str:
    weight, bias = _of(shown, "weight"), _of(shown, "bias")
    words = rf"\frac{{{symbol} - \mu}}{{\sqrt{{\sigma^2 + \varepsilon}}}}\, {weight} + {bias}"
    above = f"{number(x)} - {bracketed(mean)}"
    below = rf"\sqrt{{{number(variance)} + \varepsilon}}"
    w, b = bracketed(shown.number("weight")), _signed(shown.number("bias"))
    return rf"{words} = \frac{{{above}}}{{{below}}} \cdot {w} {b}"


def _lookup(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Lookup)
    times = rf" \sqrt{{{rule.scale}}}" if rule.scale != 1 else ""
    words = f"{_of(shown, 'weight')}{times}"
    if not times:
        return words
    return rf"{words} = {number(shown.number('weight'))} \cdot {number(math.sqrt(rule.scale))}"


def _gather(shown: Opened) -> str:
    return _of(shown, "x")


def _position(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Position)
    wave = r"\cos" if shown.last % 2 else r"\sin"
    place = shown.cell.index[0]
    inside = rf"\frac{{{place}}}{{10000^{{{rule.exponent(shown)}/{rule.width}}}}}"
    return rf"{wave}\left({inside}\right) = {wave}({number(rule.angle(shown))})"


def _recurrence(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Recurrence)
    letter = _symbol(shown, rule.array)
    function = FUNCTIONS[rule.function]
    now = f"W_{{x{letter}}} {_symbol(shown, rule.x)}_t + b_{{x{letter}}}"
    past = f"W_{{h{letter}}} {_symbol(shown, rule.h)}_{{t-1}} + b_{{h{letter}}}"
    x, h = float(shown["x"] @ shown["w_ih"]), float(shown["h"] @ shown["w_hh"])
    b_x, b_h = shown.number("b_ih"), shown.number("b_hh")
    first = f"{number(x)} {_signed(b_x)}"
    if rule.reset:
        words = rf"{now} + {_symbol(shown, rule.reset)}_t\,({past})"
        reset = number(shown.number("reset"))
        numbers = rf"{first} + {reset}\,({number(h)} {_signed(b_h)})"
    else:
        words = f"{now} + {past}"
        numbers = f"{first} {_signed(h)} {_signed(b_h)}"
    return f"{function.format(words)} = {function.format(numbers)}"


def _gate(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Gate)
    words = " + ".join(r"\,".join(_factor(shown, f) for f in product) for product in rule.products)
    numbers = " + ".join(
        r" \cdot ".join(bracketed(shown.number(f.role)) for f in product)
        for product in rule.products
    )
    return f"{words} = {numbers}"


def _factor(shown: Opened, factor: Factor) -> str:
    text = f"{_symbol(shown, factor.array)}_" + ("{t-1}" if factor.before else "t")
    return {"tanh": rf"\tanh({text})", "one minus": f"(1 - {text})"}.get(factor.function, text)


def _combination(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Combination)
    names = [_of(shown, part.role) for part in shown.parts]
    values = [bracketed(float(part.values)) for part in shown.parts]
    return f"{_terms(rule.factors, names)} = {_terms(rule.factors, values)}"


def _terms(factors: Sequence[float], texts: Sequence[str]) -> str:
    found = ""
    for factor, text in zip(factors, texts, strict=True):
        term = text if abs(factor) == 1.0 else rf"{abs(factor):.4g} \cdot {text}"
        sign = " - " if factor < 0 else " + "
        found += sign + term if found else ("-" if factor < 0 else "") + term
    return found


def _monomial(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Monomial)
    names = [_of(shown, part.role) for part in shown.parts]
    values = [bracketed(float(part.values)) for part in shown.parts]
    return f"{_multiplied(rule, names)} = {_multiplied(rule, values)}"


def _multiplied(rule: Monomial, texts: Sequence[str]) -> str:
    above = [f"{rule.factor:.4g}"] if rule.factor != 1.0 else []
    below: list[str] = []
    for text, power in zip(texts, rule.powers, strict=True):
        raised = text if abs(power) == 1 else f"{text}^{{{abs(power):.4g}}}"
        (above if power > 0 else below).append(raised)
    over = r" \cdot ".join(above or ["1"])
    under = r" \cdot ".join(below)
    return rf"\frac{{{over}}}{{{under}}}" if below else over


def _outer(shown: Opened) -> str:
    left, right = shown.number("left"), bracketed(shown.number("right"))
    return rf"{_of(shown, 'left')}\, {_of(shown, 'right')} = {number(left)} \cdot {right}"


def _cross_entropy(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, CrossEntropy)
    p = _symbol(shown, rule.source)
    truths = shown["target"].tolist()
    found = rule.surprises(shown)
    names = [f"{p}_{{{at}}}" if truths[at] else f"(1 - {p}_{{{at}}})" for at, _ in found]
    words = " ".join(rf"-\ln {name}" for name in names)
    return f"{words} = " + " ".join(rf"-\ln {number(x)}" for _, x in found)


def _logarithm(shown: Opened) -> str:
    x = number(shown.number("x"))
    if "over" not in shown:
        return rf"\ln {_of(shown, 'x')} = \ln {x}"
    over = number(shown.number("over"))
    return rf"\ln \frac{{{_of(shown, 'x')}}}{{{_of(shown, 'over')}}} = \ln \frac{{{x}}}{{{over}}}"


def _capped(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Capped)
    power = rf"\left(\frac{{{{{{}}}}}}{{{{{rule.most:g}}}}}\right)^{{{{{rule.power:g}}}}}"
    words, numbers = power.format(_of(shown, "x")), power.format(number(shown.number("x")))
    return rf"\min\!\left(1,\ {words}\right) = \min\!\left(1,\ {numbers}\right)"


def _unit(shown: Opened) -> str:
    rule, part = shown.rule, shown.part("row")
    assert isinstance(rule, Unit)
    before = [at.start for at in part.box[:-1]]
    one, every = (_entry(shown, rule.source, [*before, k]) for k in (shown.last, "k"))
    words = rf"\frac{{{one}}}{{\sqrt{{\sum_k {every}^2}}}}"
    x = number(float(shown["row"][shown.last]))
    return rf"{words} = \frac{{{x}}}{{{number(rule.length(shown))}}}"


def _share(shown: Opened) -> str:
    rule, values = shown.rule, shown["row"]
    assert isinstance(rule, Share)
    before = [at.start for at in shown.part("row").box[:-1]]
    one, every = (_entry(shown, rule.source, [*before, k]) for k in (shown.last, "k"))
    numbers = rf"\frac{{{number(float(values[shown.last]))}}}{{{number(float(values.sum()))}}}"
    return rf"\frac{{{one}}}{{\sum_k {every}}} = {numbers}"


def _chain(shown: Opened) -> str:
    factors, (source,) = shown["factors"].tolist(), shown.rule.reads
    first = shown.cell.index[0] + 1
    words = rf"\prod_{{k={first}}}^{{{first + len(factors) - 1}}} {_entry(shown, source, ['k'])}"
    return f"{words} = {_few([number(x) for x in factors])}"


def _few(factors: list[str]) -> str:
    """The first three factors and the last."""
    short = [*factors[:3], r"\cdots", factors[-1]] if len(factors) > 4 else factors
    return r" \cdot ".join(short)


def _every(shown: Opened, role: str) -> str:
    """The entries of a part that are added up, as one symbol with a running index."""
    part = shown.part(role)
    fixed = [at.start for at in part.box[: len(shown.cell.index)]]
    running = "kj"[: len(part.box) - len(fixed)]
    return _entry(shown, part.array, [*fixed, *running])


def _length(shown: Opened) -> str:
    squares = float(shown["x"].square().sum())
    letters = "k,j" if len(shown.part("x").box) - len(shown.cell.index) > 1 else "k"
    words = rf"\sqrt{{\sum_{{{letters}}} {_every(shown, 'x')}^2}}"
    return rf"{words} = \sqrt{{{measured(squares)}}}"


def _total(shown: Opened) -> str:
    rule, x = shown.rule, shown["x"].flatten()
    assert isinstance(rule, Total)
    axes = len(shown.part("x").box) - len(shown.cell.index)
    words = rf"\sum_{{{'k,j' if axes > 1 else 'k'}}} {_every(shown, 'x')}"
    if not rule.mean:
        return words
    share = rf"\frac{{{measured(float(x.sum()))}}}{{{len(x)}}}"
    return rf"\frac{{1}}{{{len(x)}}} {words} = {share}"


def _mean_square(shown: Opened) -> str:
    squares = (shown["output"] - shown["target"]).square()
    difference = f"{_every(shown, 'output')} - {_every(shown, 'target')}"
    words = rf"\frac{{1}}{{{len(squares)}}} \sum_k ({difference})^2"
    return rf"{words} = \frac{{{measured(float(squares.sum()))}}}{{{len(squares)}}}"


def _count(shown: Opened) -> str:
    rule = shown.rule
    assert isinstance(rule, Count)
    words = rule.written(LATEX, lambda name: _symbol(shown, name))
    return f"{words} = {rule.written(LATEX, lambda name: counted(shown.number(name)))}"


_MEASURED = Chain | Length | MeanSquare | Routed | Total
_BODIES: dict[type[Any], Callable[[Opened], str]] = {
    Given: _given,
    Dot: _dot,
    Conv: _conv,
    Count: _count,
    Pool: _pool,
    Routed: _routed,
    Sum: _sum,
    Scale: _scale,
    Standard: _scale,
    Mask: _mask,
    Activation: _activation,
    Ramp: _ramp,
    Exponential: _exponential,
    Softmax: _softmax,
    Hit: _hit,
    LayerNorm: _layer_norm,
    BatchNorm: _batch_norm,
    Lookup: _lookup,
    Gather: _gather,
    Moved: _gather,
    Position: _position,
    Recurrence: _recurrence,
    Gate: _gate,
    Combination: _combination,
    Monomial: _monomial,
    Outer: _outer,
    CrossEntropy: _cross_entropy,
    Logarithm: _logarithm,
    Capped: _capped,
    Unit: _unit,
    Share: _share,
    Chain: _chain,
    Length: _length,
    MeanSquare: _mean_square,
    Total: _total,
}
