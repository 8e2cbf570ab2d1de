// Numbers on charts: where the ticks of an axis stand, what they are called, and how a value is
// read out.

/** @param {number | null | undefined} value @returns {value is number} */
export const seen = (value) => value != null && Number.isFinite(value);
/** @param {{ x?: ArrayLike<number> }} series @param {number} i */
export const xOf = ({ x }, i) => (x ? x[i] : i);

// Round numbers from low to high, at most about `most` of them.
/** @param {number} low @param {number} high @param {number} most */
export function ticks(low, high, most) {
  const rough = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}

const DAY = 86_400_000; // ms

// A day since 1970 as a date, with the time where it has one.
/** @param {number} day */
export function date(day) {
  const text = new Date(Math.round(day * 1440) * 60_000).toISOString();
  return text.slice(0, 10) + (text.slice(11, 16) === "00:00" ? "" : ` ${text.slice(11, 16)}`);
}

// Years, months, days or hours from one day to another, at most about `most` of them.
/** @param {number} low @param {number} high @param {number} most */
export function calendar(low, high, most) {
  const rough = (high - low) / Math.max(1, most);
  /** @type {{ value: number, text: string }[]} */
  const found = [];
  if (rough <= 14) {
    const step = [1 / 24, 1 / 8, 1 / 4, 1 / 2, 1, 2, 7].find((days) => days >= rough) ?? 14;
    for (let i = Math.ceil(low / step - 1e-6); i * step <= high + 1e-6; i++) {
      const text = date(i * step);
      found.push({ value: i * step, text: step < 1 && text.length > 10 ? text.slice(11)
        : text.slice(5, 10) });
    }
    return found;
  }
  const step = [1, 3, 6, 12, 24, 60].find((months) => months * 30 >= rough) ?? 120;
  const from = new Date(low * DAY);
  const first = Math.floor((from.getUTCFullYear() * 12 + from.getUTCMonth()) / step);
  for (let i = first; ; i++) {
    const value = Date.UTC(Math.floor((i * step) / 12), (i * step) % 12) / DAY;
    if (value > high) return found;
    if (value >= low) found.push({ value, text: date(value).slice(0, step < 12 ? 7 : 4) });
  }
}

// Powers of ten from low to high, every second or third of them where they would stand too close.
/** @param {number} low @param {number} high @param {number} most */
export function decades(low, high, most) {
  const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const stride = Math.max(1, Math.ceil((to - from + 1) / Math.max(1, most)));
  return Array.from({ length: Math.floor((to - from) / stride) + 1 },
    (_, i) => 10 ** (to - i * stride));
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** @param {string} digit */
const raised = (digit) => (digit === "-" ? "⁻" : RAISED[Number(digit)]);

/** @param {number} exponent */
export const tenTo = (exponent) => `10${[...String(exponent)].map(raised).join("")}`;

// A number of any size as a product with a power of ten, 3.1·10⁻⁵: the one way to write those that
// places behind the point cannot say.
/** @param {number} value @param {number} [places] */
export function scientific(value, places = 1) {
  const [digits, power] = value.toExponential(places).split("e");
  return `${digits.replace("-", "−")}·${tenTo(Number(power))}`;
}

// All ticks of an axis in one style: plain where they are few digits, powers of ten where they are
// not.
/** @param {number[]} values @param {boolean} log */
export function format(values, log) {
  if (log) {
    const exponents = values.map((value) => Math.round(Math.log10(value)));
    const plain = exponents.every((exponent) => exponent >= -3 && exponent <= 3);
    if (plain) return values.map((value) => String(Number(value.toPrecision(1))));
    return exponents.map(tenTo);
  }
  const step = values.length > 1 ? Math.abs(values[1] - values[0]) : 0;
  const places = step ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return values.map((value) => {
    const text = step ? Math.abs(value).toFixed(Math.min(places, 8))
      : String(Math.abs(Number(value.toPrecision(6))));
    return (value < 0 && Number(text) !== 0 ? "−" : "") + text;
  });
}

// Four digits that mean something, whatever the size.
/** @param {number | null | undefined} value */
export function exact(value) {
  if (!seen(value)) return "–";
  const size = Math.abs(value);
  const tiny = size !== 0 && (size < 1e-3 || size >= 1e5);
  if (tiny) return scientific(value, 2);
  return String(Number(value.toPrecision(4))).replace(/^-/, "−");
}

// A curve that is measured now and then, as points to be joined.
/** @param {(number | null)[]} values */
export function measured(values) {
  const at = values.map((value, i) => (seen(value) ? i : -1)).filter((i) => i >= 0);
  return { x: at.map((i) => i + 1), y: at.map((i) => values[i]) };
}

// Names that would lie over one another are moved apart, and stay within the chart.
/**
 * @param {{ fromY: number, top: number }[]} ends
 * @param {number} top
 * @param {number} bottom
 * @param {number} line
 */
export function spread(ends, top, bottom, line) {
  ends.forEach((end, i) => {
    end.top = Math.max(end.fromY, i ? ends[i - 1].top + line : top);
  });
  for (let i = ends.length - 1, limit = bottom; i >= 0; i--, limit = ends[i + 1].top - line) {
    ends[i].top = Math.min(ends[i].top, limit);
  }
}
