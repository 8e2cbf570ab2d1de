// What the routes of a room tell (core/room/rooms.py).

/** A question that is on; bars: a label, then how many in each round. */
interface RoomQuestion {
  id: number;
  name: string;
  prompt: string;
  kind: "choice" | "number";
  choices: string[];
  round: number;
  open: boolean;
  shown: boolean;
  revealed: boolean;
  votes: number[];
  bars: [string, ...number[]][];
  answer: string;
  right: number[];
  explanation: string;
}

/** What the lecturer has on the screen. */
interface RoomShown {
  page: string;
  link: string;
  title: string;
  paused: boolean;
  drawing: boolean;
}

/** What is so in a room. */
interface RoomState {
  code: string;
  people: number;
  drawings: number;
  until: number;
  shown: RoomShown;
  question: RoomQuestion | null;
}

/** A drawing on the wall; digit: -1 for none. */
interface WallDrawing {
  id: number;
  label: number;
  digit: number;
  share: number;
  image: string;
}

/** What the network makes of all of them (core/room/drawings.py). */
interface WallScore {
  right: number;
  of: number;
  interval: [number, number];
  hardest: [number, number, number] | [];
  confused: [number, number, number][];
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
  language: string;
  other: [string, string];
}

/** A question that the page asks now, and what the running model answers. */
interface PageQuestion {
  name: string;
  prompt: string;
  kind: "choice" | "number";
  choices: string[];
  answer: string;
  tolerance: number;
  explanation: string;
}

/** What the lecturer's panel is sent. */
interface RoomPanelData {
  words: Record<string, string>;
  base: string;
  language: string;
  shown: Omit<RoomShown, "paused" | "drawing">;
  questions: PageQuestion[];
}
