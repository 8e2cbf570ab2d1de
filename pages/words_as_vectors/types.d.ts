// What the parts of "Words as vectors" hand to each other. What the server sends is in wire.d.ts.

/** Words that can be chosen, and sums of them to begin with. */
interface WordList {
  words: string[];
  index: Map<string, number>;
  examples: [string, string, string][];
}

/** The words of a run, and their kinds: those that have a colour. */
interface Vocabulary extends WordList {
  groups: string[];
  questions: [string, string, string, string][];
  sentences: number;
  kinds: string[];
  categories: number[];
}

/** A step of Word2Vec with the softmax over all words instead of drawn ones. */
type VectorsSoftmaxStep = Omit<VectorsSampledStep, "negatives" | "labels" | "sigmoid"> & {
  softmax: number[];
  lines: number[];
};

/** One step of training in numbers. */
type VectorsStep = VectorsSampledStep | VectorsSoftmaxStep | VectorsGloveStep | VectorsPpmiStep;

interface VectorsAnswers {
  words: VectorsWordsAnswer;
  near: VectorsNearAnswer;
  analogy: VectorsAnalogyAnswer;
  similar: VectorsSimilarAnswer;
  map: VectorsMapAnswer;
  tsne: VectorsTsneAnswer;
  window: VectorsWindowAnswer;
  opened: VectorsStep;
  counts: VectorsCountsAnswer;
  cell: VectorsCellAnswer;
  arithmetic: { opened: import("../kit/opened.js").Wire; rows?: string[] };
}

/** The state that an answer is about, and its question. */
interface VectorsAbout {
  run: string;
  step: number;
  [query: string]: any;
}

/** Asks the state on show; the answer comes later, or never where a newer question replaces it. */
type VectorsAsk = <Name extends keyof VectorsAnswers>(
  name: Name,
  query: Record<string, string | number | null>,
  receive: (answer: VectorsAnswers[Name], about: VectorsAbout) => unknown,
) => void;

/** The question that opens a number, the words that have a score there, and of which run it is. */
interface NumberQuery {
  of?: string;
  query: Record<string, string>;
  rows: string[];
}

/** What is chosen and what can be asked. */
interface WordScene {
  view: { word: string; a: string; b: string; c: string; number: string };
  vocabulary: WordList;
  run: { id: string };
  ask: VectorsAsk;
}

/** The state of a run that is on show. */
interface VectorsScene {
  view: VectorsView;
  vocabulary: Vocabulary;
  run: Run;
  ask: VectorsAsk;
  step: number;
  pictures: Record<string, number[][]>;
  inspected: Saved | null;
  overlays: Run[];
  results: VectorsResults;
}

/** Takes over what was chosen; passing: more of it comes at once, and the page can wait. */
type VectorsChange = (change: Partial<VectorsView>, passing?: boolean) => void;

/** A sentence and, for each of its places, the places around it that make pairs. */
interface WindowText {
  tokens: string[];
  keep: (number | null)[];
  known: boolean[];
  context: number[][];
  of: number;
}

/** Where the window stands; bag: all words around it make one pair. */
interface WindowPlace {
  sentence: number;
  position: number;
  context: number;
  pair: number;
  bag: boolean;
}

/** A file of word vectors that somebody has brought along. */
interface FilesData extends PictureData {
  view: { word: string; a: string; b: string; c: string; number: string };
  file: { id: string; words: string[]; plane: number[][] };
  words: VectorsWords & { about: string };
}
