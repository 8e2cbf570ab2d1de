import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { commanded, digitOf, letter, onEnter, typedNumber } from "../../pages/kit/keys.js";

/** @param {string} type @param {object} [values] */
const event = (type, values = {}) => Object.assign(new Event(type, { cancelable: true }), values);

const ENTER = { key: "Enter", code: "Enter" };
const COMPOSING = { ...ENTER, isComposing: true, keyCode: 229 };

/** @param {[string, object?][]} events */
async function calls(events) {
  let count = 0;
  const field = onEnter(/** @type {any} */ (new EventTarget()), () => count++);
  for (const [type, values] of events) field.dispatchEvent(event(type, values));
  await new Promise((resolve) => setTimeout(resolve, 1));
  return count;
}

test("a shortcut is known by its letter, under Hangul and Caps Lock too", () => {
  for (const [key, code, wanted] of [
    ["f", "KeyF", "f"], ["F", "KeyF", "f"], ["ㄹ", "KeyF", "f"], ["Process", "KeyF", "f"],
    ["z", "KeyW", "z"], ["ㅋ", "KeyZ", "z"], ["Escape", "Escape", "Escape"], ["й", "KeyQ", "q"],
  ]) assert.equal(letter(/** @type {any} */ ({ key, code })), wanted);
});

test("an Enter without an input method is one call, and a second Enter another", async () => {
  assert.equal(await calls([["keydown", ENTER], ["keyup", ENTER]]), 1);
  assert.equal(await calls([["keydown", ENTER], ["keydown", ENTER], ["keyup", ENTER]]), 1);
  assert.equal(
    await calls([["keydown", ENTER], ["keyup", ENTER], ["keydown", ENTER], ["keyup", ENTER]]), 2);
});

test("Chrome: the key comes before the end of the composition", async () => {
  assert.equal(await calls([["compositionstart"], ["keydown", COMPOSING], ["input"],
    ["compositionend"], ["keyup", ENTER]]), 1);
});

test("Chrome on macOS: the key comes again after the end of the composition", async () => {
  assert.equal(await calls([["compositionstart"], ["keydown", COMPOSING], ["input"],
    ["compositionend"], ["keydown", ENTER], ["keyup", ENTER]]), 1);
});

test("Safari: the key comes after the end of the composition, and calls itself 229", async () => {
  assert.equal(await calls([["compositionstart"], ["input"], ["compositionend"],
    ["keydown", { ...ENTER, keyCode: 229 }], ["keyup", ENTER]]), 1);
});

test("Windows: the key has no name while an input method has it", async () => {
  assert.equal(await calls([["compositionstart"], ["keydown", { ...COMPOSING, key: "Process" }],
    ["input"], ["compositionend"], ["keyup", ENTER]]), 1);
});

test("a composition that ends without Enter calls nothing", async () => {
  assert.equal(await calls([["compositionstart"], ["keydown", { key: "a", code: "KeyA" }],
    ["input"], ["compositionend"], ["keyup"]]), 0);
});

test("Zhuyin: an Enter that chooses a word while the writing goes on sends nothing", async () => {
  assert.equal(await calls([["compositionstart"], ["keydown", COMPOSING], ["keyup", ENTER],
    ["keydown", { key: "Process", code: "KeyA", isComposing: true }], ["input"],
    ["compositionend"], ["keyup"]]), 0);
});

test("a digit is one on a numpad, wide, on a French layout and on an Arabic one", () => {
  for (const [key, code, shiftKey, wanted] of [
    ["7", "Numpad7", false, 7], ["Home", "Numpad7", false, null], ["３", "Digit3", false, 3],
    ["&", "Digit1", false, 1], ["1", "Digit1", true, 1], ["!", "Digit1", true, null],
    ["٤", "Digit4", false, 4], ["Dead", "Digit6", false, null], ["a", "KeyA", false, null],
    ["Process", "Digit5", false, null],
  ]) assert.equal(digitOf(/** @type {any} */ ({ key, code, shiftKey })), wanted, String(key));
});

test("AltGr writes another sign, however a system reports it", () => {
  for (const [held, graph, wanted] of [[{}, false, false], [{}, true, true],
    [{ ctrlKey: true, altKey: true }, false, true], [{ metaKey: true }, false, true]]) {
    const made = { ...held, getModifierState: () => graph };
    assert.equal(Boolean(commanded(/** @type {any} */ (made))), wanted);
  }
});

test("a number is read with wide digits, a decimal comma and a minus of any length", () => {
  for (const [text, wanted] of [["３．５", 3.5], ["－２", -2], ["−0,25", -0.25], ["1。5", 1.5],
    [" 4 ", 4], ["", null], ["１x", null], ["1e999", null]]) {
    assert.equal(typedNumber(/** @type {string} */ (text)), wanted);
  }
});

test("no module with a field of its own asks for Enter past this one", async () => {
  const pages = new URL("../../pages/", import.meta.url);
  for (const file of await readdir(pages, { recursive: true })) {
    if (!file.endsWith(".js")) continue;
    const text = await readFile(new URL(file, pages), "utf8");
    if (file.endsWith("kit/keys.js") || !text.includes('el("input"')) continue;
    const asks = text.matchAll(/=== "Enter"|!== "Enter"/g);
    // Enter on a cell opens its field, and on a photo the pixel that the arrows have come to.
    const cells = /(kit\/matrix|photographed_handwriting\/view)\.js$/.test(file) ? 1 : 0;
    assert.ok([...asks].length <= cells, file);
  }
});
