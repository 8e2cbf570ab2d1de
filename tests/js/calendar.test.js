import assert from "node:assert/strict";
import test from "node:test";

import { calendar, date } from "../../pages/kit/scale.js";

const day = (text) => Date.parse(`${text}Z`) / 86_400_000;
const texts = (from, to, most) => calendar(day(from), day(to), most).map(({ text }) => text);

test("a day is written as a date, with the time where it has one", () => {
  assert.equal(date(0), "1970-01-01");
  assert.equal(date(day("2010-03-14T13:00")), "2010-03-14 13:00");
});

test("a calendar names years, months, days or hours, as many as there is room for", () => {
  assert.deepEqual(texts("2000-01-01", "2010-03-01", 6),
    ["2000", "2002", "2004", "2006", "2008", "2010"]);
  assert.deepEqual(texts("2015-03-14", "2015-12-31", 5), ["2015-04", "2015-07", "2015-10"]);
  assert.deepEqual(texts("2015-03-14", "2015-03-20", 4), ["03-14", "03-16", "03-18", "03-20"]);
  assert.deepEqual(texts("2015-03-14T01:00", "2015-03-14T20:00", 4), ["06:00", "12:00", "18:00"]);
});

test("each tick stands where it says", () => {
  for (const { value, text } of calendar(day("2001-05-05"), day("2002-05-05"), 8)) {
    assert.equal(date(value), `${text}-01`);
  }
});
