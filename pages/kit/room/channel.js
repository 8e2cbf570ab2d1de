// The windows of one lecturer's browser: the presenter's view, and the page on the projector.

export const CHANNEL = "forward-pass:plan";
export const PLAN = "forward-pass:plan"; // under which a browser keeps its plan
