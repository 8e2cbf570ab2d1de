// The walk through a page, with or without presenting it; no step costs a rerun.
const root = document.documentElement
const TYPING = "input, textarea, select, [contenteditable], [role=slider], [role=radio]"
const PRESSED = "button, a, summary"
const FORWARD = [" ", "ArrowRight", "PageDown"], BACK = ["ArrowLeft", "PageUp"]

let stop = () => {}

export default function ({ data, parentElement }) {
  stop() // Called again with new words, it must not listen twice.
  const { page, steps } = data
  const part = name => parentElement.querySelector(`[data-do=${name}]`)
  const bar = parentElement.querySelector(".fp-steps")
  const [count, sentence] = bar.querySelectorAll("b, span")
  const memory = `forward-pass:${page}`
  const state = { present: false, walk: false, full: false, index: 0, ...read() }
  if (new URLSearchParams(location.search).get("present") === "1") state.present = true
  state.index = Math.min(state.index, Math.max(steps.length - 1, 0))

  function read() {
    try { return JSON.parse(sessionStorage.getItem(memory)) ?? {} } catch { return {} }
  }
  function announce() {
    const walking = (state.present || state.walk) && steps.length > 0
    const detail = {
      index: walking ? state.index : -1,
      id: walking ? steps[state.index][0] : "",
      present: state.present,
    }
    document.dispatchEvent(new CustomEvent("forward-pass:step", { detail }))
  }
  function show() {
    const walking = (state.present || state.walk) && steps.length > 0
    flag("fpPresent", state.present)
    flag("fpFull", state.full)
    flag("fpStep", walking && steps[state.index][0])
    bar.hidden = !walking
    if (walking) {
      count.textContent = `${state.index + 1}/${steps.length}`
      sentence.textContent = steps[state.index][1]
      part("previous").disabled = state.index === 0
      part("next").disabled = state.index === steps.length - 1
    }
    part("walk").hidden = walking || steps.length === 0
    part("present").textContent = state.present ? data.stop : data.present
    sessionStorage.setItem(memory, JSON.stringify(state))
  }
  function flag(name, on) {
    if (on) root.dataset[name] = on === true ? "1" : on
    else delete root.dataset[name]
  }
  function change(next) {
    Object.assign(state, next)
    state.index = Math.max(0, Math.min(state.index, steps.length - 1))
    show()
    announce()
  }
  function present(on) {
    const url = new URL(location.href)
    if (!on) url.searchParams.delete("present")
    history.replaceState(history.state, "", url)
    change({ present: on, walk: false, full: false })
  }
  function keys(event) {
    if (!(state.present || state.walk) || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key, target = event.composedPath()[0]
    if (target.closest?.(TYPING) || key === " " && target.closest?.(PRESSED)) return
    if (key === " " && event.shiftKey || BACK.includes(key)) change({ index: state.index - 1 })
    else if (FORWARD.includes(key)) change({ index: state.index + 1 })
    else if (key === "Home") change({ index: 0 })
    else if (key === "End") change({ index: steps.length - 1 })
    else if (key === "f") change({ full: !state.full })
    else if (key === "h") root.toggleAttribute("data-fp-controls")
    else if (key === "Escape" && state.full) change({ full: false })
    else if (key === "Escape" && !state.present) change({ walk: false })
    else return
    event.preventDefault()
  }
  for (const name of ["walk", "leave"]) part(name).textContent = data[name]
  for (const name of ["previous", "next"]) part(name).setAttribute("aria-label", data[name])
  part("walk").onclick = () => { change({ walk: true, index: 0 }); part("walk").blur() }
  part("present").onclick = () => { present(!state.present); part("present").blur() }
  part("previous").onclick = () => change({ index: state.index - 1 })
  part("next").onclick = () => change({ index: state.index + 1 })
  part("leave").onclick = () => present(false)
  document.addEventListener("keydown", keys)
  document.addEventListener("forward-pass:step?", announce)
  show()
  announce()
  stop = () => {
    document.removeEventListener("keydown", keys)
    document.removeEventListener("forward-pass:step?", announce)
    for (const name of ["fpPresent", "fpFull", "fpStep"]) flag(name, false)
  }
  return stop
}
