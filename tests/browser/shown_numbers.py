"""Every number that a picture shows opens into its arithmetic, or is listed here with a reason.

A number is a figure in a text of a picture, or what a drawing says of the place at which its keys
stand. Numbers in the same kind of place ("td button.opens") open alike: one is opened for all.
"""

from __future__ import annotations

from tests.browser.screen import Screen
from tests.browser.views import View
from tests.patience import MILLISECONDS

NO_NUMBERS = {
    "style": "no text",
    ".goals, .recall, .first-guess": "questions to the visitor",
    "label, input, select, textarea, .knob, [role=status]": "a control, and what it is set to",
    ".choices, .chips, .key, .action, .play, .quiet, .fold, a, legend": "names of controls",
    "h1, h2, h3, caption, figcaption, th, .shape": "names of what is shown, and its shape",
    ".tops, .sides, .tick": "labels of axes",
    "code, pre": "a program",
    "[data-fp=time-text], [data-fp=status]": "the step at which a run stands, and its time",
    ".opened-body, .opened-lines, .opened-number, .number-opened, .practice, .total, .ledger": (
        "a number that is open"
    ),
    ".chart canvas": "points of a curve: a run goes back to any step, and its numbers open",
}
"""What holds figures but no number that was computed here, and why; selectors of CSS."""

_CLASSES = "names of classes"
_SAID = "says in words what opens beside it"
_SIZE = "the shape of what is shown"
_SETTING = "how something was set up"
_OPEN = "the arithmetic of the number that is open"
_INPUT = "what comes in: there is nothing to compute"
EXCEPTIONS: dict[str, dict[str, str]] = {
    "/": {"[data-fp=course-done]": "pages, hours and questions: counts of what is listed"},
    "/draw-a-digit": {
        "[data-block=answer] :is(b, .digit)": _CLASSES,
        "[data-fp=verdict]": _SAID,
        ".magnified .note": _SIZE,
        "[data-block=why] .note": _CLASSES,
        "[data-block=strokes] li": _CLASSES,
        "[data-fp=strokes-says]": _SAID,
    },
    "/convolution-and-pooling": {
        "[data-block=sum] .note": "the place of the number that is open",
        "[data-fp=size], [data-fp=pool-size]": "the arithmetic of a count, which opens at its end",
        "[data-fp=where]": "how far the kernel has walked",
        "[data-block=controls-after] output": "a control, and what it is set to",
        "[data-matrix] [role=gridcell]": "chooses one of the products that are open",
        "[data-fp=plane-input], [data-fp=plane-pool-input], [data-fp^=plane-plain-]": _INPUT,
        "[data-fp=plane-pool-window], [data-fp=plane-pool-output]": (
            "chooses an output, whose window and sum are open between them"
        ),
        "[data-block=pool-input] .note, [data-block=plain-costs] .note": _SETTING,
        "[data-block=plain-neighbours] p": "which picture and which pixel is meant",
        "[data-fp=plain-ratio]": "how large a square is drawn",
        "[data-fp=shuffled-found], .results td:not(:has(*)):not([data-fp])": (
            "three runs that ship, of other seeds: their card says how they were measured"
        ),
    },
    "/sine-live": {
        "[data-fp^=lag-]": "which row fits best; the errors of all stand in the lag test",
        "[data-fp=series-verdict]": _SAID,
        "[data-block=shifts] .note, [data-block=scaled] .note": _SETTING,
        "[data-block=scores] td:first-child": "names of baselines",
    },
    "/text-that-writes-itself": {
        ".candidates .note": "what the letters that are not listed have together",
        "[data-fp^=perplexity-], .scores td, [data-fp=runs] td": (
            "measured over all held-out letters, and counts of all others"
        ),
        "[data-block=units] .note, [data-fp^=unit-]": "correlations over 1,500 letters",
        "[data-fp=beyond]": "the sum of the bars that it stands below",
    },
    "/lenet-alexnet-vgg": {
        ".doing": _SIZE,
        "[data-fp=field-said]": _SAID,
        "[data-fp^=formula-]": "the arithmetic of the layer on show; its numbers open in the table",
        "[data-block=timeline]": "what papers reported",
        "[data-block=five] .maps ~ .note": _SIZE,
        "[data-block=five] :is(.said, .columns)": _CLASSES,
        "[data-fp=held], [data-fp=talk], [data-fp^=verdict-]": _SETTING,
        "[data-block=equal] td:not(:has(*))": "a time, or how many batches fit into it",
    },
    "/photographed-handwriting": {
        "[data-fp^=box-]": "chooses a digit, whose probability opens",
        "[data-fp=photo-found], [data-fp=photo-score]": "how many boxes there are",
        "[data-block=score] .note, [data-block=digit] .note": _SETTING,
    },
    "/real-pictures": {
        "[data-fp=field]": _SIZE,
        "[data-block=prepared] .note": "the ends of what comes in",
        "[data-fp^=kernel-], .nine button": "chooses a map, whose numbers open",
        "[data-block=overview] canvas, [data-fp=layer-maps]": "chooses a map, whose numbers open",
        "[data-fp=why-said]": "computed by tens of passes, and painted above",
        "[data-block=best] li b": _CLASSES,
    },
    "/your-network": {
        ".output b": _CLASSES,
        ".output .share": "a share of the scores beside it, which open",
        ".layers td": "a count of the layer: its sizes multiplied, which the row names",
        ".head .note": _SIZE,
        "[data-fp=score]": "measured over MNIST's test digits",
    },
    "/train-a-cnn": {
        "[data-block=answer] b, [data-block=classes] b, [data-fp=kept] b": _CLASSES,
        "[data-block=kernels] .note, [data-fp=made-data], [data-fp=made-forward]": _SIZE,
        "[data-fp=program] .row-of span:nth-child(2)": _SIZE,
        "[data-fp^=share-], [data-block=curves] .note": "a time",
        ":is([data-block=confusion], [data-block=classes], [data-fp=break]) .note": _SETTING,
        ":is([data-block=kept], [data-fp=pad]) .head .note, .unseen": _SETTING,
        "[data-fp=peeks]": "how often somebody has pressed a button",
        "[data-fp=heat-confusion]": "shows the digits behind it, and their count, which opens",
        "[data-fp=kept] .note": "a digit; its share opens",
        ".thumb": "chooses a digit, whose answers open",
    },
    "/inside-the-cell": {
        ":is([data-block=number], [data-block=three]) .note": "the place of what is on show",
        ":is(.sign, .valve) text": "a sign of the formula",
    },
    "/long-dependencies": {
        "[data-fp=unrolled] text:not([data-fp])": "labels of axes",
        "[data-fp^=norm-], [data-fp^=ratio-]": "chooses a step, whose norms open below",
        ".under .note, .norms span, [data-block=scores] .note, .baseline td": _SETTING,
        "[data-block=sequences] text": _INPUT,
    },
    "/attention-step-by-step": {
        "[data-fp=arithmetic]": _OPEN,
        "[data-block=lens] .note": _SETTING,
    },
    "/attention-in-a-trained-model": {
        "[data-fp=caption] b, .layer-name, [data-fp=head-share]": "names of heads and layers",
        "[data-fp=about], [data-fp=scopes]": "names of heads and layers",
        "[data-fp=map-says]": _SAID,
        "[data-fp=encoder-caption], [data-block=encoder-named] .note": "names of heads and layers",
        "[data-fp=heads-run-heads] button": "chooses a head, whose share opens below",
        "[data-fp=caveat], [data-block=heads] .note, [data-block=ahead] .note": _SETTING,
        "[data-fp=score], [data-fp=way], [data-fp=row]": _OPEN,
    },
    "/words-as-vectors": {"[data-fp=similar-range]": "how many words are listed"},
    "/transformer": {
        ".flows": _SIZE,
        "[data-fp=place]": "how far the answer is written",
        ".layer-name": "names of heads and layers",
        "[data-block=teacher] .scores": "how many texts were measured",
        "[data-fp=beside] .count": "how many cells of its row are not marked as wrong",
    },
    "/bert": {
        "[data-fp=ratio]": "how many words were measured",
        ".layer-name, [data-block=attention] .note": "names of heads and layers",
        "[data-block=draw] :is(.note, [data-fp=draw-seed], td)": _SETTING,
        ":is([data-block=kinds], [data-block=starts], [data-fp=learning]) .note": _SETTING,
        "[data-block=steps] .note": "how far the answer is written",
        "[data-fp=labelled]": "how many sentences were labelled and tested",
    },
}
"""The same on single pages; what opens in there still counts."""

_OPEN_ALL = r"""async ([quiet, spared, patience]) => {
  const FIGURE = /(?<![\p{L}\d.,·^_\/]-?)[−+]?\d[\d,]*(\.\d+)?(·10[⁻⁰¹²³⁴-⁹]+)?(?![\p{L}\d])/u
  const OPENERS = "button, [role=button], [role=gridcell], summary"
  const STATES = /^(|zero|won|here|chosen|picked|now|own|set|faded|hidden)$/
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const everywhere = (visit) => {
    const walk = (root) => { for (const e of root.querySelectorAll("*")) {
      if (e.shadowRoot) walk(e.shadowRoot)
      if (e.getRootNode() instanceof ShadowRoot) visit(e)
    } }
    walk(document.querySelector("[data-testid=stMain]"))
  }

  // What kind of place it is, from the next part that has a name for scripts: of "norm-gru-3" the
  // first word.
  const kindOf = (e) => {
    const parts = []
    for (let a = e; a && !a.matches(".fp"); a = a.parentElement) {
      const { fp, block } = a.dataset
      if (fp || block) {
        parts.unshift(fp ? `#${fp.replace(/-.*/, "-*")}` : `@${block}`)
        break
      }
      const classes = (a.getAttribute("class") ?? "").split(/\s+/).filter((c) => !STATES.test(c))
      parts.unshift([a.localName, ...classes].join("."))
    }
    return parts.join(" ").replace(/\d+/g, "N")
  }
  const closed = {}
  const found = new Map()
  const take = (place, opener, text) => {
    const kind = kindOf(place)
    const all = text.trim().replace(/\s+/g, " ")
    if (!opener) closed[kind] ??= all
    else if (!found.has(kind)) found.set(kind, { opener, text: all })
  }
  everywhere((e) => {
    if (!e.closest(".fp") || e.closest(quiet) || !shown(e)) return
    const opener = e.closest(OPENERS) ?? (e.localName === "canvas" ? e : null)
    if (spared && (opener?.matches(spared) || (!opener && e.closest(spared)))) return
    const texts = [...e.childNodes].filter(({ nodeType }) => nodeType === 3)
    if (texts.some(({ textContent }) => FIGURE.test(textContent))) {
      take(opener ?? e, opener, (opener ?? e).textContent)
    }
    if (e.localName === "canvas" && e.tabIndex >= 0 && /\d$/.test(e.ariaValueText ?? "")) {
      take(e, opener, e.ariaValueText)
    }
  })

  // what is open: what the numbers come to, each with its name
  const totals = () => {
    const all = []
    everywhere((e) => {
      if (e.matches(".total[data-value]") && e.parentElement.checkVisibility()) all.push(e)
    })
    return all
  }
  const state = () => totals().map((e) =>
    `${e.closest("[data-number], [data-cell]")?.dataset.number} ${e.textContent}`).join()
  const DIGITS = Object.fromEntries([..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, i) => [sign, "-0123456789"[i]]))
  const figures = (text) =>
    [...text.matchAll(/([−-]?)(\d[\d,]*|(?=\.\d))(\.\d+)?(?:·10([⁻⁰¹²³⁴-⁹]+))?/gu)]
      .map(([, sign, whole, part = "", power = ""]) => {
        const unit = 10 ** Number([...power].map((one) => DIGITS[one]).join("") || 0)
        const value = Number(whole.replaceAll(",", "") + part) * unit
        return { value: sign ? -value : value, half: 0.51 * unit * 10 ** (1 - (part.length || 1)) }
      })
  const SCALES = [1, 100, 1e-3, 1e-6, 1e-9] // shares in percent, bytes in kB, MB, GB
  const same = (text) => totals().some(({ dataset }) => figures(text).some(({ value, half }) =>
    SCALES.some((scale) => Math.abs(scale * Number(dataset.value) - value)
      <= Math.max(half, 0.02 * Math.abs(value)))))

  const open = (opener) => {
    opener.focus()
    const { left, top, width, height } = opener.getBoundingClientRect()
    const middle = { clientX: left + width / 2, clientY: top + height / 2 }
    for (const type of ["pointerdown", "pointerup", "click"]) {
      const more = { bubbles: true, pointerType: "touch", ...middle }
      opener.dispatchEvent(new PointerEvent(type, more))
    }
  }
  const shut = {}
  for (const [kind, { opener, text }] of found) {
    if (!opener.isConnected || opener.disabled) continue // something else is on show since
    const before = state()
    open(opener)
    const end = performance.now() + patience
    const isOpen = () => (opener.localName === "summary" ? opener.parentElement.open
      : before !== state() || same(opener.ariaValueText ?? text))
    while (!isOpen() && performance.now() < end) await new Promise((done) => setTimeout(done, 20))
    if (!isOpen()) shut[kind] = text
  }
  return [closed, shut]
}"""
"""Opens one number of each kind: those that nothing can be done with, those that stay shut."""


def every_number_opens(screen: Screen, view: View) -> None:
    """In a view. Kinds of place whose numbers do not are named, each with what stands there."""
    spared = ", ".join(EXCEPTIONS.get(view.path.partition("?")[0], {}))
    quiet = ", ".join(NO_NUMBERS)
    closed, shut = screen.page.evaluate(_OPEN_ALL, [quiet, spared, MILLISECONDS])
    assert closed == {}, "Nothing happens when they are clicked."
    assert shut == {}, "They are clicked, and nothing opens."
