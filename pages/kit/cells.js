// The three recurrent cells, in the order and colours that they have on every page.

export const CELLS = ["rnn", "gru", "lstm"];
/** @type {Record<string, string>} */
export const ROLES = { rnn: "1", gru: "2", lstm: "0" };

// The members of a run.
/** @param {Run} run */
export const cellsOf = ({ config }) => (config.cell === "race" ? CELLS : [config.cell]);

// The colour of a cell's curves and arrows.
/** @param {Palette} palette @param {string} cell */
export const colourOf = (palette, cell) => palette.category(Number(ROLES[cell]));
