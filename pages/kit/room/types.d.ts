// What the routes of a room tell (core/room/rooms.py).

/** A question that is on; bars: a label, then how many in each round. */
interface RoomQuestion {
  id: number;
  name: string;
  prompt: string;
  kind: "choice" | "number" | "place";
  choices: string[];
  rows: number;
  columns: number;
  picture: string;
  words: string[];
  tolerance: number;
  round: number;
  open: boolean;
  shown: boolean;
  revealed: boolean;
  votes: number[];
  bars: [string, ...number[]][];
  answer: string;
  right: number[];
  explanation: string;
  wordings: RoomWording[];
}

/** A question in another language. */
interface RoomWording {
  language: string;
  prompt: string;
  choices: string[];
  explanation: string;
}

/** What the lecturer has on the screen. */
interface RoomShown {
  page: string;
  link: string;
  title: string;
  paused: boolean;
  shut: boolean;
  step: number;
  job: string;
  run: string;
  moment: number;
  taking: "" | PieceKind;
  prompt: string;
}

/** What is so in a room. */
interface RoomState {
  code: string;
  people: number;
  names: string[];
  pieces: Partial<Record<PieceKind, number>>;
  until: number;
  shown: RoomShown;
  question: RoomQuestion | null;
}

/** What a room sends to its wall (core/room/pieces.py). */
type PieceKind = "digit" | "sentence" | "hidden" | "series" | "kernel";

/** A piece on the wall: what was sent, and what the network makes of it. */
interface Piece {
  id: number;
  sent: any;
  made: any;
}

/** What the network makes of all of them (core/room/score.py). */
interface WallScore {
  right: number;
  of: number;
  interval: [number, number];
  hardest: [number, number, number] | [];
  confused: [number, number, number][];
  matrix: number[][];
}

/** An address that phones can open; qr: the side, a space, the path of the dark modules. */
interface RoomDoor {
  url: string;
  spoken: string;
  qr: string;
}

/** What the phones' page is sent. */
interface PhoneData {
  words: Record<string, string>;
  base: string;
  root: string;
  code: string;
  limits: DigitLimits;
  examples: Record<"sentence" | "hidden", string>;
  language: string;
  other: [string, string];
}

/** A question that the page asks now, and what the running model answers. */
interface PageQuestion {
  name: string;
  prompt: string;
  kind: "choice" | "number" | "place";
  choices: string[];
  answer: string;
  tolerance: number;
  explanation: string;
  wordings: RoomWording[];
  rows?: number;
  columns?: number;
  picture?: string;
  words?: string[];
}

/** What the lecturer's panel is sent. */
interface RoomPanelData {
  words: Record<string, string>;
  base: string;
  language: string;
  shown: Pick<RoomShown, "page" | "link" | "title">;
  picture: { rows: number; columns: number; picture: string } | null;
  questions: PageQuestion[];
}

/** A lesson plan (core/room/plan.py). */
interface RoomPlan {
  title: string;
  steps: PlanStep[];
}

interface PlanStep {
  title?: string;
  link: string;
  note?: string;
  minutes?: number;
  questions?: PageQuestion[];
}

/** What the presenter's view is sent. */
interface PlanData {
  words: Record<string, string>;
  base: string;
}

/** What the first HTML has taken out of the address (pages/first_html.py). */
interface Window {
  __handed?: string;
}
