// Colours. Everything that is painted takes its colours from Streamlit's theme, so that both themes
// and a lecturer's own theme work; only the pair for signed values is ours, because a sign needs
// two hues that colour-blind eyes can tell.

const SIGNED = {
  light: { positive: [0, 90, 160], negative: [201, 120, 0] },
  dark: { positive: [96, 180, 240], negative: [240, 170, 60] },
};

const OKABE_ITO = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"];

const probe = /** @type {CanvasRenderingContext2D} */ (
  document.createElement("canvas").getContext("2d", { willReadFrequently: true }));

/** @param {string} css @returns {number[]} */
function rgb(css) {
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = css;
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** @param {number[]} from @param {number[]} to @param {number} t */
const mix = (from, to, t) => from.map((value, i) => Math.round(value + (to[i] - value) * t));
/** @param {number[]} colour */
// ImageData seen as little-endian uint32
const pack = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
/** @param {number[]} colour */
const luminance = ([r, g, b]) => (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
/** @param {number} part */
const linear = (part) => (part <= 10 ? part / 3295 : ((part / 255 + 0.055) / 1.055) ** 2.4);
// how light a colour is, as WCAG has it
/** @param {number[]} colour */
const lightness = (colour) => luminance(colour.map((part) => 255 * linear(part))) + 0.05;
/** @param {number[]} a @param {number[]} b */
const contrast = (a, b) => {
  const [x, y] = [lightness(a), lightness(b)];
  return x > y ? x / y : y / x;
};
const ENOUGH = 4.5; // contrast of a text that everybody can read
const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];

// A ramp is 255 colours for the codes -127..127 at index code + 127. Zero is paper in both ramps:
// zero looks like nothing.
/** @param {number[]} paper @param {number[]} positive @param {number[]} negative */
function ramp(paper, positive, negative) {
  return Uint32Array.from({ length: 255 }, (_, i) =>
    pack(i < 127 ? mix(paper, negative, (127 - i) / 127) : mix(paper, positive, (i - 127) / 127)));
}

/** @param {Element} host @returns {Palette} */
export function palette(host) {
  const style = getComputedStyle(host);
  /** @param {string} name @param {string} fallback */
  const token = (name, fallback) => rgb(style.getPropertyValue(name).trim() || fallback);
  const paper = token("--st-background-color", "#fcfbf8");
  const ink = token("--st-text-color", "#16204a");
  const accent = token("--st-red-color", "#c2410c");
  const categories = style.getPropertyValue("--st-chart-categorical-colors").split(",")
    .map((colour) => colour.trim());
  /** @type {Palette["on"]} */
  const on = (back) => {
    const better = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
      (contrast(back, a) >= contrast(back, b) ? a : b);
    const themed = better(ink, paper);
    return `rgb(${contrast(back, themed) >= ENOUGH ? themed : better(BLACK, WHITE)})`;
  };
  const { positive, negative } = SIGNED[luminance(paper) > 0.5 ? "light" : "dark"];
  return {
    ink: `rgb(${ink})`,
    paper: `rgb(${paper})`,
    accent: `rgb(${accent})`,
    grey: `rgb(${mix(paper, ink, 0.68)})`,
    line: `rgb(${mix(paper, ink, 0.16)})`,
    category: (i) => categories[i] || OKABE_ITO[i],
    size: ramp(paper, ink, negative),
    signed: ramp(paper, positive, negative),
    chosen: ramp(paper, accent, negative), // ink that is pointed at
    light: ramp([127, 127, 127], [255, 255, 255], [0, 0, 0]), // of a photograph, in either theme
    on, // a text colour that can be read on a colour
    // the background of one number that is light, 0 to 1, and a text colour that can be read on it
    lit(share) {
      const level = Math.round(255 * Math.max(0, Math.min(1, share)));
      return { background: `rgb(${level} ${level} ${level})`, color: on([level, level, level]) };
    },
    // the background of one cell of arithmetic, and a text colour that can be read on it
    cell(share) {
      const back = mix(paper, share < 0 ? negative : positive, Math.min(Math.abs(share), 1) * 0.75);
      return { background: `rgb(${back})`, color: on(back) };
    },
  };
}

// For what has not been painted yet: a picture brings the palette of its own place.
export const initialPalette = palette(document.documentElement);

// Calls back when the theme changes. A transition on a themed colour is the one signal that does
// not depend on how Streamlit carries its theme to us.
/** @param {Element} host @param {() => void} callback */
export function onThemeChange(host, callback) {
  const sentinel = document.createElement("i");
  sentinel.className = "sentinel";
  sentinel.addEventListener("transitionend", callback);
  host.append(sentinel);
}
