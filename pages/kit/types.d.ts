// What several pictures know of each other and of the server. What pages send is in wire.d.ts.

/** The colours of the theme, and ramps of 255 colours for the codes -127..127. */
interface Palette {
  ink: string;
  paper: string;
  accent: string;
  grey: string;
  line: string;
  category(index: number): string;
  size: Uint32Array;
  signed: Uint32Array;
  chosen: Uint32Array;
  light: Uint32Array;
  on(back: number[]): string;
  lit(share: number): { background: string; color: string };
  cell(share: number): { background: string; color: string };
}

/** What is read of an answer, be it of `fetch` or of a socket. */
type AnswerBody = Pick<Response, "arrayBuffer" | "json" | "text">;

/**
 * What went wrong: the server's own sentence, or that it cannot be reached, or has forgotten, or
 * that nothing comes from the computer that trains.
 */
interface Trouble {
  message?: string;
  unreachable?: boolean;
  gone?: boolean;
  silent?: boolean;
}

/** Tells the page what is now so: Streamlit's setStateValue. */
type Send = (name: string, value: unknown) => void;

/** The setting of a run, as its job has it. */
type Config = Record<string, any>;

/** A state of a run that was kept: what was measured then. */
interface Saved {
  step: number;
  marks: Record<string, any>;
  pictures: Record<string, any>;
}

/** A training run, as the server tells of it (core/training/runs.py). */
interface Run extends Saved {
  id: string;
  job: string;
  config: Config;
  shipped: boolean;
  status: string;
  trouble: string;
  version: number;
  steps: number;
  seconds: number;
  left: number;
  place: number;
  ahead: number;
  learning_rate: number;
  saved: number[];
  goals: string[];
  rates: [number, number][];
  series: Record<string, number[]>;
  final?: Record<string, number | null>; // in a list: the last value of each series
}

/** The run that a room's lecturer has on show, and its moment; run: "" for none. */
interface Watched {
  job: string;
  run: string;
  moment: number;
}

/** The room that this browser leads, and what it may send to its wall now. */
interface Led {
  code: string;
  token: string;
  taking: "" | PieceKind;
}

/** What a run's panel and list say; every page that trains has these words. */
type RunWords = TrainingWords & { values: Record<string, any> };

/** What a picture asks before it shows (pages/kit/guess.py). */
interface GuessData {
  name: string;
  about: string;
  prompt: string;
  choices: [string, string][];
  answer: string;
  wrong: Record<string, string>;
  explanation: string;
  step: string;
  covers: string;
  picks: Record<string, string>;
  words: Record<
    "title" | "click" | "pass" | "quiet" | "close" | "again" | "right" | "wrong" | "shown", string
  >;
}

/** What every page sends to its picture; some send more. */
interface PictureData {
  guess?: GuessData | null;
  language: string;
  base: string;
  words: any;
  hidden?: string[];
  session?: string;
  revision?: number;
}

type Handlers = {
  [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => unknown;
};
/** Attributes of an element, and what happens to it, as `el` in dom.js takes them. */
interface Attributes extends Handlers {
  [name: string]: any;
}

/** A column of the list of runs; onOpen: the n-th of its numbers has an arithmetic. */
interface Column {
  name: string;
  value: (run: Run) => string | string[];
  onOpen?: (run: Run, n: number) => unknown;
}

/** A place in a matrix. */
interface Cell {
  row: number;
  column: number;
}

/** Rows top to bottom and columns left to right, the last ones not among them; and what for. */
interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
  role?: string;
}

/** Rows of numbers, in lists or typed arrays. */
type Rows = ArrayLike<ArrayLike<number>>;

/** The strokes of a drawing, each a list of points [x, y] in units of the canvas. */
type Strokes = number[][][];

/** A line of a chart. Values that are not finite leave a gap; a broad line is one that others are
 * meant to cover, such as the truth; without x the first value stands at 0. */
interface Series {
  key: string;
  name: string;
  x?: ArrayLike<number>;
  y: ArrayLike<number | null>;
  role: string;
  dash?: boolean;
  faint?: boolean;
  dots?: boolean;
  broad?: boolean;
}

/** What lies between two lines. */
interface Band {
  x: ArrayLike<number>;
  low: ArrayLike<number>;
  high: ArrayLike<number>;
  role: string;
}

/** What a chart shows: lines, bands, levels, marks above it, and the ranges of its axes. Of dates x
 * is days since 1970. */
interface ChartSpec {
  series: Series[];
  bands?: Band[];
  dated?: boolean;
  lines?: Level[];
  marks?: { x: number; name: string }[];
  cursor?: number | null;
  x?: number[] | null;
  y?: number[] | null;
}

interface Level {
  name: string;
  y: number | null | undefined;
  role: string;
}

/** Rows and columns that are outlined, every pair of them. */
interface Outline {
  rows: (number | null)[];
  columns: (number | null)[];
  role: string;
  /** Whether it is of the number that is opened below. */
  opened?: boolean;
}

/** What a plane shows: see plane.js. */
interface PlaneSpec {
  values: ArrayLike<number>;
  rows: number;
  columns: number;
  signed: boolean;
  largest: number;
  origin: { rows: (number | null)[]; columns: (number | null)[] };
  padding: Box;
  ring?: number;
  most?: number;
  marks?: Outline[];
  rest?: { rows: number; columns: number };
  outside?: string;
  /** Whether its numbers are the light of a photograph: black is 0 (-1 where signed), white 1. */
  light?: boolean;
  faint?: (row: number, column: number) => boolean;
}

/** One layer of a traced network: codes -127..127 of all its maps, and the scale of each. */
interface LayerMaps {
  name: string;
  shape: number[];
  scales: number[];
  signed: boolean;
  codes: Int8Array;
}

/** A head of a network. */
interface HeadPlace {
  layer: number;
  head: number;
}

/** The map of a head: a row of numbers for each word, or all of them one after the other. */
type HeadMap = Float32Array | number[][] | (number | null)[][];

/** A number was set, given back (null), or the hand rests (undefined). */
type MatrixSet = (
  row: number, column: number, value: number | null | undefined, event: Event | null,
) => unknown;

/** How far the download of a model is. */
interface Download {
  name: string;
  status: string;
  bytes: number;
  of: number;
  trouble: string;
}

interface WalkState {
  present: boolean;
  walk: boolean;
  full: boolean;
  index: number;
}

/** The walk through a page: pairs of a block's name and a sentence. */
interface WalkData {
  steps: [string, string][];
  keys: [string, string][];
  words: Record<string, string>;
  page: string;
}

/** The page's address and its lesson link. */
interface ListingData {
  source: string;
  language: string;
  words: { copy: string; copied: string };
}

interface LinkData {
  language: string;
  link: string;
  label: string;
  done: string;
  path: string;
  address: string;
  chosen: string;
}

/** What the end of a page is sent (recall.py). */
interface RecallData extends PictureData {
  page: string;
  earlier: number;
  words: Record<string, string>;
}

interface RecallPage {
  page: string;
  title: string;
  questions: RecallQuestion[];
  goals: [name: string, sentence: string][];
}

interface RecallQuestion {
  name: string;
  prompt: string;
  choices: [string, string][];
  right: number;
  source: string;
  title?: string;
}

/** What a page asks, and what has been tried of each question. */
interface Asked {
  asked: string[];
  tries: Record<string, number[]>;
}

/** What a browser remembers of the answers to all questions (memory.js). */
interface Memory {
  turn: number;
  outcomes: Record<string, { right: boolean; at: number }>;
  pages: Record<string, Asked>;
  goals: string[];
}

/** What the list of a page's goals is sent (goals.py). */
interface GoalsData extends PictureData {
  goals: { name: string; sentence: string; hint: string }[];
  words: Record<string, string>;
}

/** What the course map on the home page is sent. */
interface CourseData extends PictureData {
  pages: CoursePage[];
  words: Record<string, string>;
}

interface CoursePage {
  path: string;
  minutes: number;
  questions: string[];
  goals: string[];
}
