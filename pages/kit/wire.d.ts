// What travels between a page and its picture, and between a picture and the live routes.
// Written by `python -m docs.wire` from what is really sent; do not edit.

interface TrainingWords {
  title: string;
  play: string;
  pause: string;
  again: string;
  oneStep: string;
  steps: string;
  count: string;
  stop: string;
  reset: string;
  rate: string;
  time: string;
  place: string;
  goOn: string;
  lookingBack: string;
  statuses: Record<string, string>;
  example: string;
  exampleNamed: string[];
  queue: string;
  speed: string;
  left: string;
  took: string;
  unreachable: string;
  silent: string;
  gone: string;
  trouble: Record<string, string>;
  ownMachine: string;
  runsTitle: string;
  run: string;
  curve: string;
  show: string;
  hide: string;
  here: string;
  forget: string;
  exampleName: string;
  takeAway: string;
  picture: string;
  program: string;
  notebook: string;
  named: string[];
  fields: Record<string, string>;
  origins: Record<string, string>;
}

interface DigitViewPlace {
  layer: string;
  map: number;
  row: number;
  column: number;
}

interface DigitView {
  drawing: number[][][];
  stages: Record<string, boolean>;
  place: DigitViewPlace;
  off: Record<string, any>;
  why: boolean;
  number: string;
}

interface DigitLimits {
  side: number;
  pen: number;
  points: number;
  strokes: number;
}

interface DigitWordsOpenedFadeLimits {
  grid: number;
  line: number;
  relative: number;
  most: number;
}

interface DigitWordsOpenedFade {
  limits: DigitWordsOpenedFadeLimits;
  title: string;
  levels: Record<string, string>;
  product: string;
  sum: string;
  channel: string;
  done: string;
  said: Record<string, string>;
}

interface DigitWordsOpened {
  patch: string;
  fade: DigitWordsOpenedFade;
  kernel: string;
  products: string;
  window: string;
  channelOf: string;
  channelSum: string;
  allChannels: string;
  sumOfProducts: string;
  bias: string;
  winner: string;
  mean: string;
  hit: string;
  miss: string;
  passes: string;
  blocked: string;
  capped: string;
  silent: string;
  temperature: string;
  shareOf: string;
  partsHead: string[];
  lengthHead: string[];
  meanHead: string[];
  squaresHead: string[];
  routedHead: string[];
  lengthOf: string;
  meanOf: string;
  back: string;
  written: string;
  close: string;
  largest: string;
  rest: string;
  open: string;
  shut: string;
  cut: string;
  same: string;
  looked: string;
  setByHand: string;
  given: string;
  origins: Record<string, string>;
}

interface DigitWords {
  canvas: string;
  canvasSays: string;
  canvasRefused: string;
  canvasHelp: string;
  tools: string;
  pen: string;
  eraser: string;
  undo: string;
  redo: string;
  clear: string;
  sample: string;
  full: string;
  unreachable: string;
  layers: Record<string, string>;
  mapOf: string;
  pixel: string;
  unit: string;
  softmax: string;
  answerIs: string;
  refused: string;
  reasons: Record<string, string>;
  noDigit: string;
  notADigit: string;
  stripTitle: string;
  stages: Record<string, string>[];
  stageAnswer: string;
  wouldHaveMissed: string;
  sameAnswer: string;
  opened: DigitWordsOpened;
  arrays: Record<string, string>;
  follower: Record<string, string>;
  pixelsOf: string;
  onward: string;
  close: string;
  kernelsOf: string;
  ink: string;
  valueOf: Record<string, string>;
  switchOff: string;
  switchOn: string;
  off: string;
  strokesTitle: string;
  strokesHelp: string;
  strokesPath: string;
  strokesCourse: string;
  strokesAt: string;
  strokesAgree: string;
  strokesDiffer: string;
  strokesRefused: string;
  whyTitle: string;
  computing: string;
  whyRefused: string;
  nothingToExplain: string;
  why: Record<string, Record<string, string>>;
  pieceFlips: string;
  pieceNone: string;
  filtersTitle: string;
  filtersHelp: string;
  effect: string;
  effectFlips: string;
}

interface DigitData {
  language: string;
  view: DigitView;
  revision: number;
  session: string;
  model: string;
  scale: string;
  seed: number;
  hidden: string[];
  shapes: Record<string, number[]>;
  limits: DigitLimits;
  words: DigitWords;
  base: string;
}

interface PhotoView {
  turn: number;
  flatten: boolean;
  unrule: boolean;
  join: boolean;
  threshold: number;
  corrected: any[];
  stage: string;
  digit: number;
  number: string;
}

interface PhotoExample {
  seed: number;
  paper: string;
  shadow: number;
}

interface PhotoLimits {
  threshold: number;
  corrections: number;
  taught: number;
}

interface PhotoWords {
  camera: string;
  stripTitle: string;
  stripNote: string;
  stages: Record<string, string>;
  stageHelp: Record<string, string>;
  switches: Record<string, string>;
  threshold: string;
  ownThreshold: string;
  turn: string;
  sheetTitle: string;
  sheetLabel: string;
  pixelAt: string;
  found: Record<string, string>;
  turned: string;
  boxIs: string;
  boxRefused: string;
  boxCorrected: string;
  digitTitle: string;
  digitNote: string;
  cropTitle: string;
  seenTitle: string;
  inkAt: string;
  answer: string;
  refused: string;
  nothingHere: string;
  really: string;
  noDigit: string;
  scoreTitle: string;
  unsaid: string;
  scoreNote: string;
  score: string;
  corrections: string;
  clear: string;
  teach: string;
  teachHelp: string;
  taught: string;
  taughtFull: string;
  open: string;
  unreachable: string;
  sheetPart: string;
  digitPart: string;
  number: string;
  onward: string;
  close: string;
  opened: DigitWordsOpened;
  arrays: Record<string, string>;
}

interface PhotoData {
  language: string;
  view: PhotoView;
  revision: number;
  session: string;
  sheet: string;
  example: PhotoExample;
  hidden: string[];
  limits: PhotoLimits;
  words: PhotoWords;
  base: string;
}

interface ConvView {
  source: string;
  seed: number;
  drawing: any;
  as_drawn: boolean;
  matrix: string;
  channels: number;
  picture: string;
  normalised: boolean;
  filters: string[];
  rows: number;
  columns: number;
  stride: number;
  padding: number;
  mode: string;
  dilation: number;
  groups: number;
  transposed: boolean;
  output_padding: number;
  after: string;
  flipped: boolean;
  bias: any[];
  angle: number;
  dice: number;
  edits: any[];
  place: any;
  opened: string;
}

interface ConvLimits {
  channels: number[];
  kernel: number[];
  stride: number[];
  padding: number[];
  dilation: number[];
  filters: number[];
  groups: number[];
  output_padding: number[];
  angle: number[];
}

interface ConvLearned {
  ours: [string, number][];
  notes: [string, number][];
  lenet5: [string, number][];
  alexnet: [string, number][];
  vgg: [string, number][];
  tiny: [string, number][];
}

interface ConvWords {
  input: string;
  outputLabel: string;
  patch: string;
  kernel: string;
  products: string;
  productsTurned: string;
  entry: string;
  sum: string;
  allChannels: string;
  channelSum: string;
  bias: string;
  before: string;
  output: string;
  activations: Record<string, string>;
  channels: string;
  filters: string;
  channel: string;
  filter: string;
  colours: string[];
  readIn: string;
  readPadding: string;
  readOut: string;
  pad: string;
  tools: [string, string][];
  undo: string;
  padHelp: string;
  clear: string;
  matrix: string;
  matrixHelp: string;
  play: string;
  pause: string;
  back: string;
  next: string;
  speed: string;
  perSecond: string;
  placeOf: string;
  rows: string;
  columns: string;
  rowsAndColumns: string;
  cost: string;
  costs: string;
  rest: string;
  unreachable: string;
  wayOut: string;
  another: string;
  dice: string;
  release: string;
  fewer: string;
  more: string;
  depthwise: string;
  opened: DigitWordsOpened;
  onward: string;
  close: string;
  names: Record<string, string>;
  groups: Record<string, string>;
  sources: [string, string][];
  kernelGroups: [string, [string, string][]][];
  networks: Record<string, string>;
  paddings: [string, string][];
  modes: [string, string][];
  directions: [boolean, string][];
  flips: [boolean, string][];
  afters: [string, string][];
  fields: Record<string, string>;
  values: Record<string, string>;
  help: Record<string, string>;
}

interface ConvData {
  language: string;
  view: ConvView;
  revision: number;
  session: string;
  hidden: string[];
  limits: ConvLimits;
  natural: Record<string, number[]>;
  learned: ConvLearned;
  canvas: DigitLimits;
  words: ConvWords;
  base: string;
}

interface PoolView {
  source: string;
  number: number;
  matrix: string;
  layer: string;
  map: number;
  kind: string;
  window: number;
  stride: number;
  padding: number;
  ceil: boolean;
  row: number;
  column: number;
  view: string;
  gradient: string;
  dx: number;
  dy: number;
  opened: string;
}

interface PoolLayers {
  conv1: number;
  relu1: number;
  conv2: number;
  relu2: number;
}

interface PoolLimits {
  side: number[];
  window: number[];
  stride: number[];
  padding: number[];
  shift: number;
}

interface PoolWordsTitles {
  gradient: string[];
  lost: string[];
  shift: string[];
}

interface PoolWords {
  input: string;
  window: string;
  output: string;
  left: string;
  right: string;
  legends: Record<string, string>;
  fields: Record<string, string>;
  help: Record<string, string>;
  sources: [string, string][];
  drawingNote: string;
  matrixNote: string;
  another: string;
  layers: Record<string, string>;
  kinds: [string, string][];
  roundings: [boolean, string][];
  maxSays: string;
  tiedSays: string;
  averageSays: string;
  sizeRule: string;
  readIn: string;
  readPadding: string;
  readOut: string;
  viewsLabel: string;
  views: [string, string][];
  titles: PoolWordsTitles;
  gradientLabel: string;
  gradients: [string, string][];
  gradientSays: string;
  lostSays: string;
  shiftSays: string;
  ways: Record<string, string>;
  changed: string;
  norm: string;
  changedLabel: string;
  normLabel: string;
  pixels: string;
  opened: DigitWordsOpened;
  onward: string;
  close: string;
  names: Record<string, string>;
  unreachable: string;
}

interface PoolData {
  language: string;
  view: PoolView;
  revision: number;
  session: string;
  drawing: number[][][];
  hidden: string[];
  layers: PoolLayers;
  limits: PoolLimits;
  words: PoolWords;
  base: string;
}

interface PlainView {
  side: number;
  channels: number;
  units: number;
  kernel: number;
  maps: number;
  shuffle: number;
  number: string;
}

interface PlainScales {
  side: number[];
  units: number[];
  kernel: number[];
  maps: number[];
}

interface PlainWords {
  fields: Record<string, string>;
  channels: [number, string][];
  layers: Record<string, string>;
  rules: Record<string, string>;
  rows: Record<string, string>;
  toScale: string;
  ratio: string;
  ratioLess: string;
  enlarged: string;
  neighbours: string;
  drawing: string;
  shuffled: string;
  other: string;
  seed: string;
  vector: string;
  vectorShuffled: string;
  apart: string;
  apartMixed: string;
  unreachable: string;
  opened: DigitWordsOpened;
  onward: string;
  close: string;
  numbers: Record<string, string>;
}

interface PlainData {
  language: string;
  view: PlainView;
  revision: number;
  session: string;
  drawing: number[][][];
  hidden: string[];
  scales: PlainScales;
  words: PlainWords;
  base: string;
}

interface ShuffledConfig {
  channels: number;
  steps: number;
  seed: number;
  shuffle: number;
  learning_rate: number;
  data: string;
}

interface ShuffledWordsValues {
  data: Record<string, string>;
}

interface ShuffledWordsScored {
  opened: DigitWordsOpened;
  onward: string;
  close: string;
  parts: Record<string, string>;
  lossHeld: string;
  scores: Record<string, string>;
}

interface ShuffledWords extends TrainingWords {
  values: ShuffledWordsValues;
  opened: DigitWordsOpened;
  counts: Record<string, string>;
  number: string;
  onward: string;
  close: string;
  members: Record<string, string>;
  short: Record<string, string>;
  scored: ShuffledWordsScored;
  chartTitle: string;
  chartLabel: string;
  wrong: string;
  step: string;
  chance: string;
  now: string;
  seeds: string;
  yours: string;
  note: string;
  finding: string;
}

interface ShuffledData {
  language: string;
  config: ShuffledConfig;
  hidden: string[];
  image: string;
  card: any;
  words: ShuffledWords;
  base: string;
}

interface ArchView {
  left: string;
  right: string;
  scale: string;
  side: string;
  layer: number;
}

interface ArchWords {
  names: Record<string, string>;
  left: string;
  right: string;
  beside: string;
  scale: string;
  scales: [string, string, string][];
  input: string;
  sums: string;
  blockSays: string;
  legend: string;
  front: string;
  blank: string;
  openCell: string;
  layer: string;
  fieldTitle: string;
  sees: string;
  seesAll: string;
  all: string;
  together: string;
  kinds: Record<string, string>;
  groups: string;
  columns: Record<string, string>;
  columnHelp: Record<string, string>;
  counts: Record<string, string>;
  opened: DigitWordsOpened;
  number: string;
  onward: string;
  close: string;
  formulas: Record<string, string>;
  timelineTitle: string;
  timeline: Record<string, string>[];
  tryIt: string;
  unreachable: string;
}

interface ArchData {
  language: string;
  view: ArchView;
  revision: number;
  session: string;
  drawing: number[][][];
  hidden: string[];
  words: ArchWords;
  base: string;
}

interface FiveView {
  drawing: number[][][];
  stage: string;
  number: string;
}

interface FiveFactPaired {
  first: number;
  second: number;
  p: number;
}

interface FiveFact {
  parameters: number;
  multiply_adds: number;
  accuracy: number;
  interval: number[];
  of: number;
  calibration_error: number;
  paired: FiveFactPaired;
}

interface FiveWords {
  nets: Record<string, string>;
  kindOf: Record<string, string>;
  canvas: string;
  canvasHelp: string;
  tools: string;
  undo: string;
  clear: string;
  sample: string;
  full: string;
  unreachable: string;
  stage: string;
  stages: [string, string][];
  maps: string;
  mapsSay: string;
  answer: string;
  blank: string;
  facts: Record<string, string>;
  sources: Record<string, string>;
  pairedSource: string;
  interval: string;
  pairedWith: string;
  paired: string;
  open: string;
  opened: DigitWordsOpened;
  counts: Record<string, string>;
  number: string;
  onward: string;
  close: string;
  time: string;
  measure: string;
  measuring: string;
}

interface FiveData {
  language: string;
  view: FiveView;
  revision: number;
  session: string;
  seed: number;
  nets: string[];
  facts: Record<string, FiveFact>;
  hidden: string[];
  limits: DigitLimits;
  words: FiveWords;
  base: string;
}

interface FairLinks {
  activation: Record<string, Record<string, string>>;
  dropout: Record<string, Record<string, string>>;
  augmentation: Record<string, Record<string, string>>;
}

interface FairWordsIdea {
  name: string;
  title: string;
  text: string;
  variants: Record<string, string>;
}

interface FairWords {
  source: string;
  equalTitle: string;
  equals: [string, string][];
  families: Record<string, string>;
  held: Record<string, string>;
  dotsLabel: string;
  secondsLabel: string;
  secondsOf: string;
  curvesLabel: string;
  right: string;
  batches: string;
  tested: string;
  columns: Record<string, string>;
  ideasTitle: string;
  ideas: FairWordsIdea[];
  outcomes: Record<string, string>;
  opened: DigitWordsOpened;
  counts: Record<string, string>;
  onward: string;
  close: string;
  costs: string;
  train: string;
  unreachable: string;
}

interface FairData {
  language: string;
  view: Record<string, string>;
  revision: number;
  session: string;
  links: FairLinks;
  hidden: string[];
  words: FairWords;
  base: string;
}

interface PicturesView {
  network: string;
  picture: string;
  own: string;
  array: string;
  map: number;
  method: string;
  target: number;
  number: string;
}

interface PicturesWordsStages {
  upright: string[];
  resized: string[];
  cropped: string[];
  input: string[];
}

interface PicturesWords {
  shelf: Record<string, string>;
  set: Record<string, string>;
  own: string;
  pictures: string;
  choose: string;
  camera: string;
  shoot: string;
  close: string;
  noCamera: string;
  privacy: string;
  sending: string;
  unreachable: string;
  forgotten: string;
  working: string;
  preparedTitle: string;
  preparedNote: string;
  stages: PicturesWordsStages;
  spread: string;
  bestTitle: string;
  bestNote: string;
  english: string;
  stagesTitle: string;
  stagesNote: string;
  mapOf: string;
  stageNames: Record<string, string>;
  parts: Record<string, string>;
  units: string;
  partsLabel: string;
  enlarged: string;
  mapTitle: string;
  cell: string;
  sees: string;
  seesAll: string;
  kernelOf: string;
  kernel: string;
  kernelsTitle: string;
  kernelsNote: string;
  peaksTitle: string;
  peaksNote: string;
  peak: string;
  whyTitle: string;
  whyNote: string;
  target: string;
  methods: [string, string][];
  camNote: string;
  camSaid: string;
  coveredNote: string;
  coveredSame: string;
  coveredOther: string;
  columns: string[];
  tableTitle: string;
  together: string;
  opened: DigitWordsOpened;
  numberOf: string;
  onward: string;
  probabilities: string;
  logits: string;
  someClass: string;
  arrays: Record<string, string>;
  weight: string;
}

interface PicturesData {
  language: string;
  view: PicturesView;
  revision: number;
  session: string;
  set: string[];
  side: number;
  most: number;
  hidden: string[];
  words: PicturesWords;
  base: string;
}

interface NetworkView {
  drawing: number[][][];
  numbers: string;
  scale: string;
  off: string;
  layer: string;
  map: number;
  number: any;
}

interface NetworkRow {
  array: string;
  name: string;
  op: string;
  shape: number[];
  parameters: number;
  multiply_adds: number;
  kernels: number;
}

interface NetworkForm {
  kind: string;
  size: number[];
  kinds: number;
}

interface NetworkWords {
  canvas: string;
  canvasHelp: string;
  tools: string;
  undo: string;
  clear: string;
  sample: string;
  full: string;
  unreachable: string;
  inputTitle: string;
  scale: string;
  scales: [string, string][];
  ownPicture: string;
  series: string;
  tokens: string;
  numbers: string;
  anew: string;
  answerTitle: string;
  outputs: string;
  firstOutputs: string;
  openOutput: string;
  took: string;
  tableTitle: string;
  columns: Record<string, string>;
  together: string;
  mapsTitle: string;
  mapsNote: string;
  thinned: string;
  mapsLabel: string;
  mapOf: string;
  kernelTitle: string;
  kernelLabel: string;
  break: string;
  mend: string;
  mendAll: string;
  scoreTitle: string;
  measure: string;
  measuring: string;
  scoreSays: string;
  scoreBroken: string;
  number: string;
  within: string;
  parts: Record<string, string>;
  directions: Record<string, string>;
  onward: string;
  close: string;
  opened: DigitWordsOpened;
  input: string;
}

interface NetworkData {
  language: string;
  view: NetworkView;
  revision: number;
  session: string;
  net: string;
  label: string;
  rows: NetworkRow[];
  form: NetworkForm;
  example: string;
  scored: boolean;
  picture: string;
  hidden: string[];
  limits: DigitLimits;
  words: NetworkWords;
  base: string;
}

interface CnnView {
  drawing: number[][][];
  number: string;
}

interface CnnConfig {
  data: string;
  images: number;
  architecture: string;
  channels: number;
  kernel: number;
  padding: string;
  activation: string;
  norm: boolean;
  dropout: number;
  optimiser: string;
  learning_rate: number;
  momentum: number;
  decay: number;
  schedule: string;
  batch: number;
  epochs: number;
  augment: string;
  precision: string;
  seed: number;
}

interface CnnWordsValues {
  architecture: Record<string, string>;
  augment: Record<string, string>;
  activation: Record<string, string>;
  padding: Record<string, string>;
  schedule: Record<string, string>;
  data: Record<string, string>;
  optimiser: Record<string, string>;
  norm: Record<string, string>;
}

interface CnnWords extends TrainingWords {
  values: CnnWordsValues;
  adopt: string;
  oneEpoch: string;
  programTitle: string;
  programNote: string;
  pieces: Record<string, string>;
  shareOf: Record<string, string>;
  logitsOf: string;
  normOf: string;
  rateOf: string;
  validated: string;
  parameters: string;
  yours: string;
  yoursNote: string;
  backToYours: string;
  canvas: string;
  canvasHelp: string;
  tools: string;
  undo: string;
  clear: string;
  sample: string;
  full: string;
  seenAs: string;
  mapOf: string;
  pooled: string;
  augmented: string;
  others: string;
  opened: DigitWordsOpened;
  openShare: string;
  openMap: string;
  number: string;
  onward: string;
  close: string;
  scores: Record<string, string>;
  measured: string;
  counts: Record<string, string>;
  parts: Record<string, string>;
  accuracyTitle: string;
  accuracyNote: string;
  accuracyLabel: string;
  shareRight: string;
  lossTitle: string;
  lossNote: string;
  lossLabel: string;
  crossEntropy: string;
  batches: string;
  training: string;
  validation: string;
  rateMark: string;
  pace: string;
  seconds: string;
  kernels: string;
  kernelsNote: string;
  kernelOf: string;
  gradients: string;
  gradientsNote: string;
  layer: string;
  norm: string;
  ratio: string;
  ratioHelp: string;
  confusion: string;
  confusionOf: Record<string, string>;
  trueDigit: string;
  saidDigit: string;
  cellRight: string;
  cellWrong: string;
  digitsBehind: string;
  clickCell: string;
  cellTitle: string;
  cellTitleRight: string;
  none: string;
  classes: string;
  classesNote: string;
  interval: string;
  worst: string;
  worstNote: string;
  wasSaid: string;
  test: string;
  testReminder: string;
  peeked: string;
  peekedOnce: string;
  tested: string;
  computing: string;
  breakTitle: string;
  breakNote: string;
  filter: string;
  input: string;
  stride: string;
  paddingKnob: string;
  asLearned: string;
  weight: string;
  kernelTitle: string;
  switchOff: string;
  shuffle: string;
  undoEdit: string;
  heal: string;
  before: string;
  after: string;
  untouched: string;
  noChange: string;
  costs: string;
  gains: string;
  stretched: string;
  edited: Record<string, string>;
}

interface CnnData {
  language: string;
  view: CnnView;
  revision: number;
  session: string;
  config: CnnConfig;
  seed: number;
  hidden: string[];
  pen: number;
  limits: DigitLimits;
  words: CnnWords;
  base: string;
}

interface HandConfig {
  network: string;
  rehearsal: number;
  frozen: string;
  learning_rate: number;
  steps: number;
  seed: number;
}

interface HandWordsValues {
  network: Record<string, string>;
  frozen: Record<string, string>;
  rehearsal: Record<string, string>;
}

interface HandWords extends TrainingWords {
  values: HandWordsValues;
  canvas: string;
  padHelp: string;
  tools: string;
  undo: string;
  clear: string;
  full: string;
  whatIsIt: string;
  itIs: string;
  before: string;
  now: string;
  nets: Record<string, string>;
  opened: DigitWordsOpened;
  counts: Record<string, string>;
  number: string;
  onward: string;
  close: string;
  trayTitle: string;
  newDigits: string;
  rightOf: string;
  heldBack: string;
  fromRoom: string;
  takeOut: string;
  clearDigits: string;
  exampleNote: string;
  tooFew: string;
  digitsNote: string;
  someOnly: string;
  ownFull: string;
  collect: string;
  openWall: string;
  roomDigits: string;
  digitsKept: string;
  chartLabel: string;
  accuracy: string;
  adopt: string;
  step: string;
  curvesTitle: string;
  oldDigits: string;
  oldPen: string;
  overlay: string;
  keptTitle: string;
  keptNote: string;
  keptNotePen: string;
  takenFor: string;
  exampleNames: Record<string, string>;
  scored: ShuffledWordsScored;
}

interface HandData {
  language: string;
  config: HandConfig;
  hidden: string[];
  fewest: number;
  most: number;
  limits: DigitLimits;
  words: HandWords;
  base: string;
}

interface SineConfig {
  kind: string;
  samples: number;
  length: number;
  cell: string;
  hidden: number;
  layers: number;
  dropout: number;
  learning_rate: number;
  schedule: string;
  optimiser: string;
  batch: number;
  epochs: number;
  clip: number;
  output: string;
  warm_up: number;
  seed: number;
  values: any[];
}

interface SineWordsValues {
  cell: Record<string, string>;
  kind: Record<string, string>;
  batch: Record<string, string>;
  clip: Record<string, string>;
  schedule: Record<string, string>;
  optimiser: Record<string, string>;
  output: Record<string, string>;
}

interface SineWords extends TrainingWords {
  values: SineWordsValues;
  cells: Record<string, string>;
  lossTitle: string;
  lossNote: string;
  lossLabel: string;
  mse: string;
  step: string;
  time_step: string;
  training: string;
  validation: string;
  persistence: string;
  two_tap: string;
  truth: string;
  oneTitle: string;
  oneNote: string;
  oneValidation: string;
  oneTrain: string;
  freeTitle: string;
  freeNote: string;
  freeMark: string;
  scoresTitle: string;
  scoreOne: string;
  scoreFree: string;
  freeShort: string;
  persistenceHelp: string;
  twoTapHelp: string;
  noColumn: string;
  rateMark: string;
  windowOf: string;
  timeOf: string;
  numbers: Record<string, string>;
  opened: DigitWordsOpened;
}

interface SineData {
  language: string;
  config: SineConfig;
  number: any;
  hidden: string[];
  words: SineWords;
  base: string;
}

interface SeriesConfig {
  symbol: string;
  inputs: string;
  scaling: string;
  length: number;
  period: number;
  cell: string;
  hidden: number;
  learning_rate: number;
  batch: number;
  epochs: number;
  seed: number;
  names: any[];
  unit: string;
  times: any[];
  values: any[];
  source: string;
}

interface SeriesNumber {
  of: string;
  what: string;
  time: number;
  part: number;
  unit: number;
}

interface SeriesWordsValues {
  source: Record<string, string>;
  scaling: Record<string, string>;
  cell: Record<string, string>;
  inputs: Record<string, string>;
}

interface SeriesWordsOpened {
  patch: string;
  fade: DigitWordsOpenedFade;
  kernel: string;
  products: string;
  window: string;
  channelOf: string;
  channelSum: string;
  allChannels: string;
  sumOfProducts: string;
  bias: string;
  winner: string;
  mean: string;
  hit: string;
  miss: string;
  passes: string;
  blocked: string;
  capped: string;
  silent: string;
  temperature: string;
  shareOf: string;
  partsHead: [string, string, string, string];
  lengthHead: [string, string, string];
  meanHead: [string, string];
  squaresHead: [string, string, string, string];
  routedHead: [string, string, string, string];
  lengthOf: string;
  meanOf: string;
  back: string;
  written: string;
  close: string;
  largest: string;
  rest: string;
  open: string;
  shut: string;
  cut: string;
  same: string;
  looked: string;
  setByHand: string;
  given: string;
  origins: Record<string, string>;
}

interface SeriesWords extends TrainingWords {
  values: SeriesWordsValues;
  cells: Record<string, string>;
  units: Record<string, string>;
  baselines: Record<string, string>;
  lossTitle: string;
  lossNote: string;
  lossLabel: string;
  mse: string;
  step: string;
  training: string;
  validation: string;
  rateMark: string;
  truth: string;
  target: string;
  calibration: string;
  held: string;
  row: string;
  forecastTitle: string;
  forecastNote: string;
  wholeTitle: string;
  wholeNote: string;
  scaledTitle: string;
  scaledUnit: string;
  reasons: Record<string, string>;
  shiftsTitle: string;
  shiftsNote: string;
  shift: string;
  errorIn: string;
  drawTitle: string;
  drawNote: string;
  noTable: string;
  scoresTitle: string;
  scoresNote: string;
  error: string;
  over: string;
  width: string;
  coverage: string;
  lag: string;
  help: Record<string, string>;
  verdicts: Record<string, string>;
  follows: string;
  drifts: string;
  untrained: string;
  overfits: string;
  arrays: Record<string, string>;
  numbers: Record<string, string>;
  opened: SeriesWordsOpened;
}

interface SeriesData {
  language: string;
  config: SeriesConfig;
  curve: number[];
  number: SeriesNumber | null;
  hidden: string[];
  words: SeriesWords;
  base: string;
}

interface CellViewPlace {
  gate: string;
  layer: number;
  time: number;
  unit: number;
}

interface CellView {
  cell: string;
  name: string;
  place: CellViewPlace;
  number: any;
  run: string;
}

interface CellConfig {
  cell: string;
  hidden: number;
  distance: number;
  forget_bias: number;
  seed: number;
  language: string;
}

interface CellWordsColours {
  lstm: number;
  rnn: number;
  gru: number;
}

interface CellWordsOrder {
  rnn: string[];
  gru: string[];
  lstm: string[];
}

interface CellWordsPanelValues {
  language: Record<string, string>;
}

interface CellWordsPanel extends TrainingWords {
  values: CellWordsPanelValues;
}

interface CellWordsSpoken {
  head: string;
  layer: string;
  back: string;
  close: string;
  product: string;
  weight: string;
  edge: string;
  word: string;
  place: string;
  names: Record<string, string>;
  opened: DigitWordsOpened;
}

interface CellWords {
  cells: [string, string][];
  colours: CellWordsColours;
  order: CellWordsOrder;
  gates: Record<string, string>;
  short: Record<string, string>;
  ranges: Record<string, string>;
  symbols: Record<string, string>;
  about: Record<string, string>;
  guess: string;
  guessHelp: string;
  guessIs: string;
  hidden: string;
  hiddenHelp: string;
  word: string;
  name: string;
  stepOf: string;
  influence: string;
  influenceHelp: string;
  largestInfluence: string;
  series: string;
  inputLine: string;
  predictionLine: string;
  answer: string;
  truth: string;
  trainedAt: string;
  answerOf: string;
  says: string;
  panel: CellWordsPanel;
  right: string;
  rightLabel: string;
  chance: string;
  stepName: string;
  layer: string;
  layerOf: string;
  whichRun: string;
  shippedRun: string;
  ownRun: string;
  spoken: CellWordsSpoken;
  scored: ShuffledWordsScored;
  cellNow: string;
  three: string;
  unitLine: string;
  readOn: string;
  readStop: string;
  stepBack: string;
  stepOn: string;
  numberOf: string;
  numberAt: string;
  arithmetic: string;
  fade: DigitWordsOpenedFade;
  fromInput: string;
  fromHidden: string;
  inputUnit: string;
  hiddenUnit: string;
  others: string;
  timesReset: string;
  biases: string;
  biasInput: string;
  biasHidden: string;
  before: string;
  together: string;
  sigmoidOf: string;
  tanhOf: string;
}

interface CellData {
  language: string;
  view: CellView;
  revision: number;
  session: string;
  source: string;
  distance: number;
  talk: number;
  config: CellConfig;
  hidden: string[];
  words: CellWords;
  base: string;
}

interface LongView {
  length: number;
  forget_bias: number;
  scale: number;
  hidden: number;
  seed: number;
  step: number;
  number: any;
}

interface LongLimit {
  low: number;
  high: number;
  step: number;
}

interface LongPresetSettings {
  forget_bias: number;
  scale: number;
}

interface LongPreset {
  name: string;
  label: string;
  settings: LongPresetSettings;
}

interface LongWords {
  cells: Record<string, string>;
  presets: string;
  play: string;
  knobs: Record<string, Record<string, string>>;
  steps: string;
  picture: string;
  at: string;
  reach: string;
  loss: string;
  norm: string;
  back: string;
  tiny: string;
  zero: string;
  legend: string;
  stride: string;
  origin: string;
  openNorms: string;
  numbers: Record<string, string>;
  ways: CellWordsOrder;
  opened: DigitWordsOpened;
  unreachable: string;
  verdicts: Record<string, string>;
}

interface LongData {
  language: string;
  view: LongView;
  revision: number;
  session: string;
  hidden: string[];
  limits: Record<string, LongLimit>;
  presets: LongPreset[];
  words: LongWords;
  base: string;
}

interface AddingConfig {
  cell: string;
  length: number;
  hidden: number;
  forget_bias: number;
  clip: number;
  learning_rate: number;
  steps: number;
  seed: number;
}

interface AddingWordsValues {
  cell: Record<string, string>;
  clip: Record<string, string>;
}

interface AddingWords extends TrainingWords {
  values: AddingWordsValues;
  cells: Record<string, string>;
  lossTitle: string;
  lossNote: string;
  lossLabel: string;
  mse: string;
  step: string;
  mean: string;
  trivial: string;
  test: string;
  testNote: string;
  fates: Record<string, string>;
  truth: string;
  sequencesTitle: string;
  sequencesNote: string;
  rateMark: string;
  sequenceOf: string;
  numbers: Record<string, string>;
  opened: DigitWordsOpened;
}

interface AddingData {
  language: string;
  config: AddingConfig;
  number: any;
  words: AddingWords;
  base: string;
}

interface WritingView {
  temperature: number;
  draw: number;
  top_k: number;
  top_p: number;
  letter: number;
  number: any;
  property: string;
  watched: number;
}

interface WritingConfig {
  cell: string;
  hidden: number;
  context: number;
  glance: number;
  dropout: number;
  learning_rate: number;
  steps: number;
  clip: number;
  unit: string;
  seed: number;
  language: string;
  text: string;
}

interface WritingWordsValues {
  cell: Record<string, string>;
  language: Record<string, string>;
  unit: Record<string, string>;
}

interface WritingWords extends TrainingWords {
  values: WritingWordsValues;
  lossTitle: string;
  lossNote: string;
  lossLabel: string;
  step: string;
  training: string;
  held: string;
  grams: Record<string, string>;
  scoresTitle: string;
  scoresNote: string;
  network: string;
  over: string;
  rateMark: string;
  sampleTitle: string;
  sampleNote: string;
  sampleLabel: string;
  temperature: string;
  temperatureHelp: string;
  topK: string;
  topKHelp: string;
  topP: string;
  topPHelp: string;
  all: string;
  isCut: string;
  candidates: string;
  candidatesNote: string;
  drawn: string;
  others: string;
  letters: Record<string, string>;
  unitsTitle: string;
  unitsNote: string;
  properties: Record<string, string>;
  ranked: string;
  chance: string;
  unit: string;
  unitIs: string;
  unitsLabel: string;
  reachTitle: string;
  reachNote: string;
  reachLabel: string;
  back: string;
  norm: string;
  cut: string;
  beyond: string;
  numbers: CellWordsSpoken;
}

interface WritingData {
  language: string;
  view: WritingView;
  revision: number;
  session: string;
  config: WritingConfig;
  number: any;
  hidden: string[];
  limits: Record<string, LongLimit>;
  words: WritingWords;
  base: string;
}

interface StepsViewPlace {
  matrix: string;
  head: number;
  row: number;
  column: number;
}

interface StepsView {
  seed: number;
  words: string;
  context: string;
  kind: string;
  numbers: string;
  positions: boolean;
  scaled: boolean;
  mask: string;
  temperature: number;
  heads: number;
  place: StepsViewPlace;
  edits: [StepsViewPlace, number][];
}

interface StepsNames {
  features: string[];
  questions: string[];
}

interface StepsWordsSteps {
  X: [string, string];
  C: [string, string];
  Q: [string, string];
  K: [string, string];
  V: [string, string];
  S: [string, string];
  scaled: [string, string];
  masked: [string, string];
  A: [string, string];
  Z: [string, string];
  O: [string, string];
}

interface StepsWords {
  sentence: string;
  context: string;
  kinds: [string, string][];
  numbers: [string, string][];
  shuffle: string;
  badges: Record<string, string>;
  unknown: string;
  release: string;
  asks: string;
  answers: string;
  answersOne: string;
  part: string;
  ofHead: string;
  matrices: Record<string, string>;
  short: Record<string, string>;
  cellSays: string;
  addPositions: string;
  divide: string;
  headsTitle: string;
  headCounts: [string, string][];
  headNumber: string;
  masks: [string, string][];
  maskTitle: string;
  masked: Record<string, string>;
  temperature: string;
  temperatureHelp: string;
  steps: StepsWordsSteps;
  signs: Record<string, string>;
  off: string;
  origins: Record<string, string>;
  fade: DigitWordsOpenedFade;
  setByYou: string;
  hint: string;
  unreachable: string;
}

interface StepsData {
  language: string;
  view: StepsView;
  revision: number;
  session: string;
  hidden: string[];
  example: [string, string];
  names: StepsNames;
  words: StepsWords;
  base: string;
}

interface TrainedViewCut {
  layer: number | null;
  head: number | null;
  from: number | null;
  to: number | null;
}

interface TrainedViewNumber {
  array: string;
  index: number[];
}

interface TrainedView {
  read: string;
  sentence: string;
  model: string;
  head: number[] | null;
  view: string;
  cuts: TrainedViewCut[];
  renormalise: boolean;
  norms: boolean;
  cell: number[] | null;
  number: TrainedViewNumber | null;
  from: number;
  to: number;
}

interface TrainedModel {
  name: string;
  title: string;
  best: number[];
  ahead: number[][];
  about: string;
  measured: Record<string, string>;
  headsNote: string;
}

interface TrainedExample {
  sentence: string;
  label: string;
  masked: boolean;
}

interface TrainedVocabulary {
  animals: string[];
  people: string[];
  things: string[];
  living: string[];
  lifeless: string[];
  either: string[];
  verbs: string[];
  small: string[];
}

interface TrainedWordsSentence {
  label: string;
  go: string;
  examples: string;
  vocabulary: string;
  parts: Record<string, string>;
  stale: string;
  unlike: Record<string, string>;
  unknown: string;
  near: string;
  unreachable: string;
}

interface TrainedWordsAnswer {
  head: string;
  before: string;
  beforeAfter: string;
  nothingAsked: string;
  mapTitle: string;
  cutTitle: string;
  mapSays: string;
  without: string;
  cutEdge: string;
  layer: string;
  scopes: Record<string, string>;
  verdicts: Record<string, string>;
}

interface TrainedWordsScissors {
  head: string;
  click: string;
  look: string;
  cut: string;
  reach: string;
  everywhere: string;
  thisHead: string;
  grow: string;
  growHelp: string;
  lookHint: string;
  cutHint: string;
  kinds: Record<string, string>;
  release: string;
  releaseAll: string;
}

interface TrainedWordsWorking {
  fade: DigitWordsOpenedFade;
  head: string;
  note: string;
  queryKey: string;
  query: string;
  key: string;
  product: string;
  stripSays: string;
  others: string;
  softmax: string;
  rows: Record<string, string>;
  cutOff: string;
  cutShort: string;
  carried: string;
  sum: string;
  rest: string;
}

interface TrainedWordsNumber {
  head: string;
  layer: string;
  back: string;
  close: string;
  product: string;
  weight: string;
  edge: string;
  word: string;
  place: string;
  names: Record<string, string>;
  opened: SeriesWordsOpened;
  uncut: string;
  without: string;
  withoutIn: string;
  sentence: string;
}

interface TrainedWordsScored {
  opened: SeriesWordsOpened;
  onward: string;
  close: string;
  parts: Record<string, string>;
  lossHeld: string;
  scores: Record<string, string>;
}

interface TrainedWords {
  head: string;
  layer: string;
  reads: string;
  isRead: string;
  views: [string, string][];
  shown: [string, string][];
  norms: string;
  captions: Record<string, string>;
  darkest: string;
  caveats: Record<string, string>;
  cellSays: Record<string, string>;
  headsTitle: string;
  sentence: TrainedWordsSentence;
  answer: TrainedWordsAnswer;
  scissors: TrainedWordsScissors;
  working: TrainedWordsWorking;
  number: TrainedWordsNumber;
  scored: TrainedWordsScored;
}

interface TrainedData {
  language: string;
  view: TrainedView;
  revision: number;
  session: string;
  hidden: string[];
  models: TrainedModel[];
  examples: TrainedExample[];
  vocabulary: TrainedVocabulary;
  lexicon: string[];
  words: TrainedWords;
  base: string;
}

interface TrainedRunConfig {
  layers: number;
  heads: number;
  inner: number;
  width: number;
  objective: string;
  steps: number;
  learning_rate: number;
  decay: number;
  seed: number;
  language: string;
}

interface TrainedRunWordsValues {
  objective: Record<string, string>;
  layers: Record<string, string>;
  heads: Record<string, string>;
}

interface TrainedRunWordsNumber {
  head: string;
  layer: string;
  back: string;
  close: string;
  product: string;
  weight: string;
  edge: string;
  word: string;
  place: string;
  names: Record<string, string>;
  opened: DigitWordsOpened;
  uncut: string;
  without: string;
  withoutIn: string;
  sentence: string;
}

interface TrainedRunWords extends TrainingWords {
  values: TrainedRunWordsValues;
  number: TrainedRunWordsNumber;
  heads: Record<string, string>;
  headsTitle: string;
  headsNote: string;
  edgesTitle: string;
  edge: string;
  answerTitle: string;
  answerNote: string;
  masked: string;
  aheadTitle: string;
  aheadNote: string;
  aheadLabel: string;
  share: string;
  chance: string;
  best: string;
  rightTitle: string;
  rightNote: string;
  rightLabel: string;
  right: string;
  lossTitle: string;
  lossLabel: string;
  crossEntropy: string;
  step: string;
  rateMark: string;
  scored: ShuffledWordsScored;
  colRight: string;
  colBest: string;
}

interface TrainedRunData {
  language: string;
  config: TrainedRunConfig;
  hidden: string[];
  sentence: string[];
  nouns: string[];
  lexicon: string[];
  number: any;
  words: TrainedRunWords;
  base: string;
}

interface EncoderView {
  name: string;
  sentence: string;
  view: string;
  norms: boolean;
  special: boolean;
  head: any;
}

interface EncoderWords {
  models: string;
  none: string;
  off: string;
  how: string;
  missing: string;
  install: string;
  otherTabs: string;
  name: string;
  fetch: string;
  other: string;
  fetching: string;
  beginning: string;
  again: string;
  reading: string;
  unreachable: string;
  asking: string;
  number: CellWordsSpoken;
  reads: string;
  isRead: string;
  sentence: string;
  go: string;
  examples: string;
  views: [string, string][];
  norms: string;
  normsHelp: string;
  special: string;
  specialHelp: string;
  captions: Record<string, string>;
  says: Record<string, string>;
  outside: string;
  heads: Record<string, string>;
  rolloutHeads: Record<string, string>;
  headsTitle: string;
  rolloutTitle: string;
  namedTitle: string;
  namedNote: string;
  named: string;
  ruleOf: string;
  rules: Record<string, string>;
  unnamed: string;
  relations: Record<string, string>;
}

interface EncoderData {
  language: string;
  view: EncoderView;
  revision: number;
  session: string;
  examples: string[];
  pieces: number;
  words: EncoderWords;
  base: string;
}

interface VectorsView {
  word: string;
  a: string;
  b: string;
  c: string;
  row: string;
  column: string;
  focus: string;
  space: string;
  arrows: boolean;
  sentence: number;
  position: number;
  context: number;
  kind: string;
  number: string;
  asked: string;
}

interface VectorsConfig {
  method: string;
  objective: string;
  dimension: number;
  window: number;
  negatives: number;
  learning_rate: number;
  epochs: number;
  subsampling: number;
  min_count: number;
  seed: number;
  language: string;
  text: string;
}

interface VectorsResultsEn {
  method: string;
  objective: string | null;
  seeds: number[];
  excluding: number[];
  including: number[];
  seconds: number[];
  name: string;
}

interface VectorsResults {
  en: VectorsResultsEn[];
  ko: VectorsResultsEn[];
}

interface VectorsWordsValues {
  method: Record<string, string>;
  objective: Record<string, string>;
  language: Record<string, string>;
}

interface VectorsWords extends TrainingWords {
  values: VectorsWordsValues;
  exampleNames: Record<string, string>;
  noText: string;
  mapLabel: string;
  spaces: [string, string][];
  hints: Record<string, string>;
  tsneWaits: string;
  shows: [string, string][];
  groups: Record<string, string>;
  allWords: string;
  kindsLabel: string;
  word: string;
  nearTitle: string;
  result: string;
  analogyTitle: string;
  ways: Record<string, string>;
  waysHelp: Record<string, string>;
  expected: string;
  expectedRight: string;
  expectedNone: string;
  lossTitle: string;
  lossLabel: string;
  lossUnit: string;
  stepName: string;
  rateMark: string;
  scoresTitle: string;
  scoresNote: string;
  scoresLabel: string;
  share: string;
  excluding: string;
  including: string;
  colExcluding: string;
  colIncluding: string;
  similarTitle: string;
  similarNote: string;
  similarRange: string;
  similarFirst: string;
  cosineOf: string;
  besideTitle: string;
  besideNote: string;
  besideNone: string;
  besideScore: string;
  seedsTitle: string;
  seedsNote: string;
  seedsSource: string;
  seedsOf: string;
  seedsOne: string;
  seedsHead: string[];
  slide: string;
  slideStop: string;
  wordBefore: string;
  wordAfter: string;
  sentenceBefore: string;
  sentenceAfter: string;
  text: string;
  windowWhere: string;
  pairsMade: string;
  bagMade: string;
  pairsNone: string;
  kept: string;
  stripSays: string;
  openedTitles: Record<string, Record<string, string>>;
  oneHot: string;
  rowOf: string;
  outOf: string;
  columnOf: string;
  hidden: string;
  hiddenMean: string;
  gradient: string;
  afterStep: string;
  lookUpNote: string;
  others: string;
  otherWords: string;
  total: string;
  softmaxHead: string[];
  sampledHead: string[];
  zero: string;
  notZero: string;
  softmaxLoss: string;
  sampledLoss: string;
  updateNote: string;
  overshoots: string;
  lowest: string;
  lossAfter: string;
  gloveLoss: string;
  gloveError: string;
  gloveLines: [string, string][];
  ppmiLines: [string, string][];
  ppmiNote: string;
  twoNote: string;
  gloveZero: string;
  openedNone: string;
  opened: DigitWordsOpened;
  numberTitle: string;
  numberHint: string;
  numberOf: string;
  numberArrays: Record<string, string>;
  kinds: [string, string][];
  kindsAbout: Record<string, string>;
  near: string;
  countSays: string;
  cellTitle: string;
  cellLines: [string, string, string][];
}

interface VectorsData {
  language: string;
  view: VectorsView;
  revision: number;
  session: string;
  tab: string;
  config: VectorsConfig;
  own: boolean;
  results: VectorsResults;
  hidden: string[];
  words: VectorsWords;
  base: string;
}

interface TransformerViewCell {
  matrix: string;
  row: number;
  column: number;
}

interface TransformerView {
  task: string;
  text: string;
  mode: string;
  beams: number;
  temperature: number;
  seed: number;
  top_k: number;
  top_p: number;
  prefix: string[];
  block: string;
  head: number;
  cell: TransformerViewCell | null;
  step: number;
}

interface TransformerTaskShape {
  layers: number;
  heads: number;
  width: number;
  inner: number;
  words: number;
}

interface TransformerTaskScoresHeldOut {
  exact: number;
  tokens: number;
}

interface TransformerTaskScores {
  of: number;
  held_out: TransformerTaskScoresHeldOut;
  seen: TransformerTaskScoresHeldOut;
}

interface TransformerTask {
  name: string;
  title: string;
  examples: string[];
  target: string[];
  shape: TransformerTaskShape;
  scores: TransformerTaskScores;
}

interface TransformerLimits {
  top_k: number;
  top_p: number;
}

interface TransformerWordsDiagram {
  says: string;
  blocks: Record<string, string>;
  feet: Record<string, string>;
  memory: string;
}

interface TransformerWordsBlock {
  title: string;
  stacks: Record<string, string>;
  head: string;
  hint: string;
  cell: string;
  about: Record<string, string>;
  matrices: Record<string, string>;
  strip: [string, string, string];
  stripSoftmax: [string, string];
  products: string;
  opened: SeriesWordsOpened;
}

interface TransformerWords {
  label: string;
  task: string;
  examples: string;
  go: string;
  modes: [string, string][];
  beams: string;
  beamsHelp: string;
  temperature: string;
  temperatureHelp: string;
  topK: string;
  topKHelp: string;
  topP: string;
  topPHelp: string;
  all: string;
  isCut: string;
  again: string;
  player: Record<string, string>;
  from: string;
  tokenSays: string;
  release: string;
  verdicts: Record<string, string>;
  diagram: TransformerWordsDiagram;
  candidates: Record<string, string>;
  heads: Record<string, string>;
  reads: string;
  crossTitle: string;
  crossNote: string;
  maskedTitle: string;
  maskedNote: string;
  tree: Record<string, string>;
  beside: Record<string, string>;
  block: TransformerWordsBlock;
  scored: TrainedWordsScored;
  unreachable: string;
}

interface TransformerData {
  language: string;
  view: TransformerView;
  revision: number;
  session: string;
  hidden: string[];
  tasks: TransformerTask[];
  limits: TransformerLimits;
  words: TransformerWords;
  base: string;
}

interface TransformerRunConfig {
  task: string;
  network: string;
  layers: number;
  heads: number;
  width: number;
  positions: boolean;
  mask: boolean;
  scaling: boolean;
  smoothing: number;
  warm_up: number;
  learning_rate: number;
  batch: number;
  steps: number;
  seed: number;
}

interface TransformerRunTask {
  source: string[];
  truth: string[];
  all: string[];
}

interface TransformerRunWordsValues {
  task: Record<string, string>;
  network: Record<string, string>;
  layers: Record<string, string>;
  heads: Record<string, string>;
  positions: Record<string, string>;
  mask: Record<string, string>;
  scaling: Record<string, string>;
}

interface TransformerRunWordsNumber {
  head: string;
  layer: string;
  back: string;
  close: string;
  product: string;
  weight: string;
  edge: string;
  word: string;
  place: string;
  names: Record<string, string>;
  opened: DigitWordsOpened;
  stacks: Record<string, string>;
  parts: Record<string, string>;
}

interface TransformerRunWords extends TrainingWords {
  values: TransformerRunWordsValues;
  heads: Record<string, string>;
  mapsTitle: string;
  mapsNote: string;
  edge: string;
  edgeHint: string;
  number: TransformerRunWordsNumber;
  maskTitle: string;
  maskNote: string;
  maskReads: string;
  maskCross: string;
  maskNot: string;
  saidTitle: string;
  source: string;
  truth: string;
  said: string;
  rightTitle: string;
  rightNote: string;
  rightLabel: string;
  share: string;
  tokens: string;
  exact: string;
  lossTitle: string;
  lossLabel: string;
  crossEntropy: string;
  step: string;
  rateMark: string;
  scored: ShuffledWordsScored;
  colTokens: string;
  colExact: string;
}

interface TransformerRunData {
  language: string;
  config: TransformerRunConfig;
  hidden: string[];
  tasks: Record<string, TransformerRunTask>;
  number: any;
  words: TransformerRunWords;
  base: string;
}

interface BertView {
  text: string;
  next: string;
  covered: any;
  net: string;
  head: any;
  attention: boolean;
  drawn: boolean;
  draw: number;
  first: string;
  second: string;
  review: string;
  question: string;
  passage: string;
  start: string;
  prefix: string;
  length: number;
  temperature: number;
  seed: number;
  order: string;
  cell: any;
}

interface BertExamplesHidden {
  text: string;
  next: string;
  hide: number[];
}

interface BertExamplesSentiment {
  text: string;
  positive: boolean;
  seen: boolean;
}

interface BertExamplesAnswer {
  passage: string;
  question: string;
  answer: string | null;
}

interface BertExamples {
  hidden: BertExamplesHidden[];
  follows: Record<string, string>[];
  sentiment: BertExamplesSentiment[];
  answer: BertExamplesAnswer[];
  write: [string, string, string, string];
}

interface BertScoresPairs {
  top1: number;
  every: number;
  of: number;
}

interface BertScoresFollows {
  true: number;
  random: number;
  swapped: number;
}

interface BertScores {
  top1: number;
  of: number;
  every: number;
  of_every: number;
  pairs: BertScoresPairs;
  follows: BertScoresFollows;
  nsp_accuracy: number;
  left_top1: number;
  left_pairs: BertScoresPairs;
}

interface BertResultSentimentPretrained {
  unseen: number[][];
  seen: number[][];
  all: number[][];
}

interface BertResultSentiment {
  labels: number[];
  pretrained: BertResultSentimentPretrained;
  frozen: BertResultSentimentPretrained;
  scratch: BertResultSentimentPretrained;
}

interface BertResultAnswerPretrained {
  exact: number[][];
  none: number[][];
  all: number[][];
}

interface BertResultAnswer {
  labels: number[];
  seeds: number[];
  pretrained: BertResultAnswerPretrained;
  frozen: BertResultAnswerPretrained;
  scratch: BertResultAnswerPretrained;
}

interface BertResult {
  seeds: number[];
  sentiment: BertResultSentiment;
  answer: BertResultAnswer;
}

interface BertWordsNumbers {
  title: string;
  hint: string;
  array: string;
  head: string;
  back: string;
  onward: string;
  cell: string;
  layerArray: string;
  arrays: Record<string, string>;
  classes: Record<string, string>;
  opened: SeriesWordsOpened;
}

interface BertWords {
  examples: string;
  unreachable: string;
  unknown: string;
  positive: string;
  negative: string;
  noAnswer: string;
  head: string;
  layer: string;
  headsTitle: string;
  starts: Record<string, string>;
  numbers: BertWordsNumbers;
  sentence: string;
  nextSentence: string;
  hiddenLabel: string;
  hideHint: string;
  hintMore: string;
  hideIt: string;
  showIt: string;
  unknownToken: string;
  guess: string;
  guessAsk: string;
  tryIt: string;
  justShow: string;
  guessRight: string;
  guessRated: string;
  guessWrong: string;
  guessScore: string;
  noTruth: string;
  truthIs: string;
  bothSides: string;
  leftOnly: string;
  placeTitle: string;
  placeTruth: string;
  placeFree: string;
  placeCovered: string;
  truthRank: string;
  ratio: string;
  scored: TrainedWordsScored;
  pairs: string;
  drawTitle: string;
  drawAbout: string;
  drawAgain: string;
  drawSeed: string;
  drawNone: string;
  drawHead: string[];
  drawWhat: Record<string, string>;
  drawShort: Record<string, string>;
  drawLoss: string;
  attentionTitle: string;
  nets: [string, string][];
  reads: string;
  isRead: string;
  cellSays: string;
  captionBoth: string;
  captionLeft: string;
  pair: [string, string];
  pairLabel: string;
  pairTitle: string;
  pairNote: string;
  followsQuestion: string;
  yes: string;
  no: string;
  followsSays: Record<string, string>;
  kinds: Record<string, string>;
  kindMeans: Record<string, string>;
  kindAbout: Record<string, string>;
  kindsTitle: string;
  kindsNote: string;
  kindsWhy: string;
  review: string;
  seenShort: string;
  unseenShort: string;
  unseenSays: string;
  seenSays: string;
  noJudgement: string;
  sentimentTitle: string;
  afterLabels: string;
  startsAbout: string;
  learningTitle: string;
  learningLabel: string;
  learningNote: string;
  measures: Record<string, string>;
  labels: string;
  shareRight: string;
  question: string;
  passage: string;
  passageLabel: string;
  noAnswerShort: string;
  answerTitle: string;
  spanTitle: string;
  spanNote: string;
  spotSays: string;
  spansTitle: string;
  beginning: string;
  length: string;
  temperature: string;
  surest: string;
  writeAgain: string;
  orders: [string, string][];
  oneOrder: string;
  writeStep: string;
  stepOf: string;
  writers: Record<string, string>;
  writersNote: Record<string, string>;
  nats: string;
  stepSays: string;
  stepNone: string;
  writeWhy: string;
}

interface BertData {
  language: string;
  view: BertView;
  revision: number;
  session: string;
  game: string;
  model: string;
  examples: BertExamples;
  vocabulary: string[];
  scores: BertScores;
  results: Record<string, BertResult>;
  hidden: string[];
  words: BertWords;
  base: string;
}

interface BertRunConfig {
  objective: string;
  language: string;
  start: string;
  labels: number;
  direction: string;
  negatives: string;
  share: number;
  layers: number;
  heads: number;
  width: number;
  batch: number;
  steps: number;
  learning_rate: number;
  seed: number;
}

interface BertRunWordsValues {
  objective: Record<string, any>;
  language: Record<string, string>;
  start: Record<string, string>;
  direction: Record<string, string>;
  negatives: Record<string, string>;
}

interface BertRunWordsNumbers {
  title: string;
  hint: string;
  array: string;
  head: string;
  back: string;
  onward: string;
  cell: string;
  layerArray: string;
  arrays: Record<string, string>;
  classes: Record<string, string>;
  opened: DigitWordsOpened;
}

interface BertRunWordsObjective {
  note: string;
  measured: string;
  curves: [string, string];
  marks: [string, string][];
}

interface BertRunWords extends TrainingWords {
  values: BertRunWordsValues;
  examples: string;
  unknown: string;
  positive: string;
  negative: string;
  noAnswer: string;
  head: string;
  layer: string;
  headsTitle: string;
  starts: Record<string, string>;
  numbers: BertRunWordsNumbers;
  runTitle: string;
  scored: ShuffledWordsScored;
  runSays: string;
  runText: string;
  rightTitle: string;
  rightLabel: string;
  lossTitle: string;
  lossLabel: string;
  lossUnit: string;
  stepName: string;
  share: string;
  rateMark: string;
  placeTruthRun: string;
  exampleNames: Record<string, string>;
  objectives: Record<string, BertRunWordsObjective>;
}

interface BertRunData {
  language: string;
  view: Record<string, any>;
  revision: number;
  session: string;
  config: BertRunConfig;
  question: Record<string, string>;
  hidden: string[];
  words: BertRunWords;
  base: string;
}

interface BertRealView {
  real_name: string;
  real_game: string;
  real_text: string;
  real_next: string;
  real_hide: any;
  real_lines: string;
  real_word: string;
}

interface BertRealTexts {
  hidden: string[];
  follows: string[];
  sentiment: string[];
  senses: string[];
}

interface BertRealWordsVerdicts {
  follows: string[];
  sentiment: string[];
}

interface BertRealWords {
  models: string;
  none: string;
  off: string;
  how: string;
  missing: string;
  install: string;
  otherTabs: string;
  name: string;
  fetch: string;
  other: string;
  fetching: string;
  beginning: string;
  again: string;
  reading: string;
  unreachable: string;
  asking: string;
  sentence: string;
  nextSentence: string;
  hiddenLabel: string;
  hideIt: string;
  showIt: string;
  hideHint: string;
  hintMore: string;
  placeTitle: string;
  followsQuestion: string;
  attentionTitle: string;
  nets: [string, string][];
  head: string;
  layer: string;
  cellSays: string;
  captionBoth: string;
  captionLeft: string;
  positive: string;
  negative: string;
  number: CellWordsSpoken;
  reads: string;
  isRead: string;
  games: Record<string, string>;
  lines: string;
  word: string;
  layerKnob: string;
  sensesTitle: string;
  mapTitle: string;
  mapNote: string;
  mapSays: string;
  sensesWhy: string;
  lacking: string;
  fetchWhole: string;
  placeTruthReal: string;
  judged: string;
  verdicts: BertRealWordsVerdicts;
  scored: ShuffledWordsScored;
  learnt: string;
}

interface BertRealData {
  language: string;
  view: BertRealView;
  revision: number;
  session: string;
  texts: BertRealTexts;
  model: string;
  words: BertRealWords;
  base: string;
}

interface BertTokensView {
  tok_text: string;
  tok_sentence: string;
  tok_step: number;
}

interface BertTokensLimits {
  text: number;
  sentence: number;
  merges: number;
}

interface BertTokensWords {
  text: string;
  stories: string;
  merges: string;
  less: string;
  next: string;
  pairsTitle: string;
  pairsNote: string;
  last: string;
  none: string;
  done: string;
  most: string;
  wordsTitle: string;
  wordsNote: string;
  others: string;
  vocabularyTitle: string;
  vocabularyNote: string;
  sentence: string;
  way: string;
  whole: string;
  comparedTitle: string;
  columns: string[];
  ways: Record<string, string>;
  comparedWhy: string;
  occurrences: string;
  unknown: string;
  unreachable: string;
  scored: ShuffledWordsScored;
}

interface BertTokensData {
  language: string;
  view: BertTokensView;
  revision: number;
  session: string;
  model: string;
  sentence: string;
  limits: BertTokensLimits;
  words: BertTokensWords;
  base: string;
}

interface FpListingData {
  source: string;
  language: string;
  words: Record<string, string>;
  base: string;
}

interface TraceLayer {
  name: string;
  shape: number[];
  signed: boolean;
  scales: number[];
  at?: number;
  above?: number[];
  of?: string;
  by?: string;
  codes: Int8Array;
}

interface TraceVerdict {
  digit: number;
  probability: number;
  isDigit: boolean;
  reason: string;
}

interface TracePlacement {
  scale: number;
  dx: number;
  dy: number;
  pen: number;
}

interface TraceOpenedField {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

interface TraceOpenedNumberSource {
  role: string;
  array: string;
  spans: number[][];
}

interface TraceOpenedNumberTerm {
  at: number[];
  left: number;
  right: number;
  product: number;
}

interface TraceOpenedNumber {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  x?: number;
  minus?: number;
  divisor?: number;
  root?: number;
  channels?: number[];
  patch?: number[][][];
  kernel?: number[][][];
  sums?: number[];
  rows?: [any, number, number];
  columns?: [any, number, number];
  bias?: number;
  function?: string;
  silent?: boolean;
  window?: number[][];
  winner?: number[];
  count?: number;
  terms?: TraceOpenedNumberTerm[];
  rest?: number;
  sum?: number;
  left?: any;
  right?: any;
  row?: number[];
  powers?: number[];
  largest?: number;
  temperature?: number;
  column?: number;
  cut?: boolean;
}

interface TraceOpened {
  place: DigitViewPlace;
  field: TraceOpenedField;
  kernel: number[][][] | null;
  number: TraceOpenedNumber;
}

interface TraceStrip {
  at: number;
  answers: TraceVerdict[];
  codes: Uint8Array;
}

interface Trace {
  layers: TraceLayer[];
  logits: number[];
  probabilities: number[];
  verdict: TraceVerdict;
  placement: TracePlacement;
  opened: TraceOpened;
  strip?: TraceStrip;
}

interface ReasonsFiltersConv1 {
  map: number;
  logit: number;
  probability: number;
  digit: number;
  changes: boolean;
}

interface ReasonsFilters {
  conv1: ReasonsFiltersConv1[];
  conv2: ReasonsFiltersConv1[];
}

interface ReasonsPiece {
  share: number;
  digit: number;
  ink: number[];
}

interface Reasons {
  digit: number;
  ink: number[];
  occlusion: number[];
  conv1: number[];
  conv2: number[];
  filters: ReasonsFilters;
  piece: ReasonsPiece;
}

interface StrokesAnswer {
  points: number[][];
  probabilities: number[][];
  digit: number;
  probability: number;
}

interface PhotoAnswerThreshold {
  value: number;
  floor: number;
  paler: number;
  darker: number;
}

interface PhotoAnswerDigit {
  box: number[];
  line: number;
  digit: number;
  probability: number;
  isDigit: boolean;
  reason: string;
  label: number | null;
  right: boolean;
}

interface PhotoAnswerScore {
  right: number;
  of: number;
  interval: number[];
  share: number;
}

interface PhotoAnswerStrip {
  stage: string;
  at: number;
  size: number;
}

interface PhotoAnswer {
  found: string;
  width: number;
  height: number;
  turned: boolean;
  threshold: PhotoAnswerThreshold;
  ruling: boolean;
  lines: number;
  count: number;
  digits: PhotoAnswerDigit[];
  score: PhotoAnswerScore | null;
  strip: PhotoAnswerStrip[];
}

interface ConvAnswerOpenedNumberInner {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  channels: number[];
  patch: number[][][];
  kernel: number[][][];
  sums: number[];
  rows: number[];
  columns: number[];
  bias: number;
}

interface ConvAnswerOpenedNumber {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: ConvAnswerOpenedNumberInner | null;
  kind: string;
  channels?: number[];
  patch?: number[][][];
  kernel?: number[][][];
  sums?: number[];
  rows?: number[];
  columns?: number[];
  bias?: number;
  function?: string;
  x?: number;
  silent?: boolean;
}

interface ConvAnswerOpened {
  map: number;
  row: number;
  column: number;
  rows: number[];
  columns: number[];
  number: ConvAnswerOpenedNumber;
}

interface ConvAnswerRows {
  size: number;
  kernel: number;
  stride: number;
  dilation: number;
  low: number;
  high: number;
  extra: number;
  transposed: boolean;
  span: number;
  padded: number;
  numerator: number;
  output: number;
  rest: number;
  taps: ((number | null)[])[];
  origin: (number | null)[];
}

interface ConvAnswerInput {
  shape: number[];
  at: number;
  largest: number;
  signed: boolean;
  values: Float32Array;
}

interface ConvAnswer {
  turn: number;
  opened: ConvAnswerOpened;
  weights: number[][][][];
  own_bias: number[];
  rows: ConvAnswerRows;
  columns: ConvAnswerRows;
  inputs: number;
  channels_of: number[][];
  parameters: number;
  multiply_adds: number;
  input: ConvAnswerInput;
  output: ConvAnswerInput;
}

interface PoolAnswerRows {
  taps: number[][];
  origin: number[];
}

interface PoolAnswerCellNumber {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  window: number[][];
  winner: number[] | null;
  count: number;
}

interface PoolAnswerCell {
  row: number;
  column: number;
  number: PoolAnswerCellNumber;
}

interface PoolAnswerGradient {
  given: number[][];
  routed: number[][];
  reached: number;
  sums: number[];
  most: number;
}

interface PoolAnswerLost {
  unpooled: number[][];
  difference: number[][];
  kept: number;
  numbers: number[];
  norm: number;
}

interface PoolAnswerShiftHere {
  changed: number;
  norm: number;
}

interface PoolAnswerShiftCurve {
  changed: number[];
  norm: number[];
}

interface PoolAnswerShift {
  moved: number[][];
  after: number[][];
  difference: number[][];
  across: boolean;
  steps: number[];
  here: Record<string, PoolAnswerShiftHere>;
  curves: Record<string, PoolAnswerShiftCurve>;
}

interface PoolAnswer {
  input: number[];
  padding: number;
  size: string[];
  values: number[][];
  output: number[][];
  rows: PoolAnswerRows;
  columns: PoolAnswerRows;
  largest: number;
  signed: boolean;
  winners: number[][][] | null;
  cell: PoolAnswerCell;
  view: string;
  tied?: boolean[][];
  gradient?: PoolAnswerGradient;
  lost?: PoolAnswerLost;
  shift?: PoolAnswerShift;
}

interface PlainAnswerConnected {
  parameters: number;
  memory: number;
  training: number;
  products: number;
  outputs: number;
}

interface PlainAnswerDrawing {
  values: number[][];
  shuffled: number[][];
  order: number[];
  neighbour: number[];
  distance: number[];
  broken: number;
}

interface PlainAnswer {
  connected: PlainAnswerConnected;
  convolution: PlainAnswerConnected;
  inputs: number;
  neighbour: number[];
  drawing: PlainAnswerDrawing;
}

interface ArchAnswerRowField {
  size: number;
  jump: number;
  start: number;
}

interface ArchAnswerRow {
  name: string;
  kind: string;
  outputs: number[];
  kernel: number;
  stride: number;
  padding: number;
  groups: number;
  parameters: number;
  multiply_adds: number;
  weight_bytes: number;
  output_bytes: number;
  field: ArchAnswerRowField | null;
  aside: string[];
  formulas: Record<string, string>;
}

interface ArchAnswer {
  name: string;
  year: number;
  source: string;
  address: string;
  inputs: number[];
  runs: boolean;
  parameters: number;
  multiply_adds: number;
  output_bytes: number;
  rows: ArchAnswerRow[];
}

interface StacksAnswerLayer {
  name: string;
  shape: number[];
  signed: boolean;
  scales: number[];
  at: number;
}

interface StacksAnswer {
  layers: StacksAnswerLayer[];
  net: string;
  running: string;
  arrays: string[];
  fronts: number[];
  blank: boolean;
  probabilities: number[];
}

interface FairAnswerEqualNetPlan {
  layers: string[];
  activation: string;
  norm: boolean;
  dropout: number;
}

interface FairAnswerEqualNetRunCurve {
  steps: number[];
  seconds: number[];
  loss: (number | null)[];
  accuracy: number[];
}

interface FairAnswerEqualNetRun {
  seed: number;
  seconds?: number;
  accuracy: number;
  interval: number[];
  of: number;
  calibration_error: number;
  curve?: FairAnswerEqualNetRunCurve;
}

interface FairAnswerEqualNet {
  family: string;
  plan: FairAnswerEqualNetPlan;
  parameters: number;
  multiply_adds: number;
  rate: number;
  runs: FairAnswerEqualNetRun[];
}

interface FairAnswerEqual {
  budget: number;
  nets: FairAnswerEqualNet[];
}

interface FairAnswerIdeaVariantRun {
  seed: number;
  curve: FairAnswerEqualNetRunCurve;
  accuracy: number;
  interval: number[];
  of: number;
  calibration_error: number;
}

interface FairAnswerIdeaVariant {
  name: string;
  plan: FairAnswerEqualNetPlan;
  parameters: number;
  multiply_adds: number;
  runs: FairAnswerIdeaVariantRun[];
  against: string;
  outcome: string;
}

interface FairAnswerIdea {
  images: number;
  steps: number;
  variants: FairAnswerIdeaVariant[];
}

interface FairAnswer {
  card: any;
  equal: Record<string, FairAnswerEqual>;
  ideas: Record<string, FairAnswerIdea>;
}

interface NetworksAnswerNetworkStagePart {
  array: string;
  part: string;
  shape: number[];
  kernel: number;
  sees: ArchAnswerRowField | null;
}

interface NetworksAnswerNetworkStage {
  name: string;
  array: string;
  parts: NetworksAnswerNetworkStagePart[];
  parameters: number;
  multiply_adds: number;
}

interface NetworksAnswerNetwork {
  name: string;
  title: string;
  here: boolean;
  megabytes: number;
  fetched: boolean;
  stages: NetworksAnswerNetworkStage[];
}

interface NetworksAnswer {
  networks: NetworksAnswerNetwork[];
  fetches: boolean;
  fetch: any;
}

interface PicturesAnswerBest {
  class: number;
  name: string;
  logit: number;
  p: number;
}

interface PicturesAnswer {
  network: string;
  picture: string;
  best: PicturesAnswerBest[];
  names: PicturesAnswerBest[];
  spread: number[];
  layers: StacksAnswerLayer[];
}

interface PicturesPeaksAnswerPeak {
  picture: string;
  value: number;
  row: number;
  column: number;
  sees: number[];
}

interface PicturesPeaksAnswer {
  array: string;
  map: number;
  peaks: PicturesPeaksAnswerPeak[];
}

interface PicturesHeatAnswerAnswer {
  class: number;
  name: string;
}

interface PicturesHeatAnswer {
  method: string;
  target: number;
  heat: number[][];
  answer: number;
  answers: PicturesHeatAnswerAnswer[][] | null;
}

interface NetworkAnswerOutput {
  at: number;
  value: number;
}

interface NetworkAnswer {
  layers: StacksAnswerLayer[];
  blank: boolean;
  seconds: number;
  step: number;
  array: string;
  outputs: NetworkAnswerOutput[];
  shares: number[] | null;
  count: number;
  rank: number;
}

interface NetworkScore {
  right: number;
  of: number;
  interval: number[];
  each: number[];
}

interface FiveAnswerNet {
  layer: string;
  probabilities: number[];
}

interface FiveAnswer {
  layers: StacksAnswerLayer[];
  blank: boolean;
  nets: Record<string, FiveAnswerNet>;
}

interface LongAnswerCell {
  norms: number[];
  ratio: number;
  factor: number;
  fate: string;
  forget: number | null;
  path: number[];
}

interface LongAnswer {
  length: number;
  tiny: number;
  cells: Record<string, LongAnswerCell>;
}

interface StepsAnswerMatrices {
  E: number[][];
  P?: number[][];
  X: number[][];
  EC?: number[][];
  PC?: number[][];
  C?: number[][];
  Wq: number[][];
  Wk: number[][];
  Wv: number[][];
  Wo: number[][];
  Q: number[][];
  K: number[][];
  V: number[][];
  S: number[][];
  scaled: number[][];
  masked: number[][];
  exp: number[][];
  A: number[][][];
  Z: number[][];
  O: number[][];
}

interface StepsAnswerOpened {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: number | null;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  place?: number;
  exponent?: number;
  width?: number;
  angle?: number;
  function?: string;
  terms?: (TraceOpenedNumberTerm | number)[];
  rest?: number | null;
  sum?: number;
  count?: number;
  left?: number[];
  right?: number[];
  bias?: any;
  origin?: string;
  x?: number;
  minus?: number;
  divisor?: number;
  root?: number;
  open?: boolean;
  largest?: number;
  temperature?: number;
  row?: number[];
  powers?: number[];
  column?: number;
  cut?: boolean;
}

interface StepsAnswer {
  words: string[];
  looked_at: string[];
  heads: number;
  shown: number;
  unknown: string[];
  matrices: StepsAnswerMatrices;
  set: [string, number, number, number][];
  fixed: [string, string, string];
  place: StepsViewPlace;
  opened: StepsAnswerOpened;
}

interface TrainedAnswerAnswerWord {
  word: string;
  id: number;
  part: string;
  positions: number[];
  before: number;
  after: number | null;
}

interface TrainedAnswerAnswer {
  words: TrainedAnswerAnswerWord[];
  top: string;
}

interface TrainedAnswerSaysMap {
  layer: number;
  head: number;
  to: number;
  weight: number;
}

interface TrainedAnswerSaysCut {
  to: number;
  weight: number;
  before: number;
  after: number;
  answer: string;
}

interface TrainedAnswerSays {
  answer: string;
  id: number;
  map: TrainedAnswerSaysMap;
  in_head: number;
  in_layer: number;
  cuts: TrainedAnswerSaysCut[];
}

interface TrainedAnswerCellScore {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  terms: TraceOpenedNumberTerm[];
  rest: number;
  sum: number;
  count: number;
  left: number[];
  right: number[];
  bias: any;
}

interface TrainedAnswerCellScaled {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  x: number;
  minus: number;
  divisor: number;
  root: number;
}

interface TrainedAnswerCellWeight {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  row: (number | null)[];
  powers: number[];
  sum: number;
  largest: number | null;
  temperature: number;
  column: number;
  cut: boolean;
}

interface TrainedAnswerCell {
  score: TrainedAnswerCellScore;
  scaled: TrainedAnswerCellScaled;
  weight: TrainedAnswerCellWeight;
  weights: number[];
  values: number[][];
  mixed: number[];
  layer: number;
  head: number;
  from: number;
  to: number;
}

interface TrainedAnswerOpened {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  terms?: TraceOpenedNumberTerm[];
  rest?: number;
  sum?: number;
  count?: number;
  left?: number[];
  right?: number[];
  bias?: number | null;
  row?: number[];
  powers?: number[];
  largest?: number;
  temperature?: number;
  column?: number;
  cut?: boolean;
  x?: number;
  mean?: number;
  variance?: number;
  eps?: number;
  weight?: number;
}

interface TrainedAnswerMap {
  name: string;
  shape: number[];
  at: number;
  scales: number[];
}

interface TrainedAnswer {
  words: Record<string, string>[];
  sentence: string;
  model: string;
  unlike: string | null;
  layers: number;
  heads: number;
  at: number | null;
  answer: TrainedAnswerAnswer | null;
  says: TrainedAnswerSays | null;
  cell: TrainedAnswerCell | null;
  opened: TrainedAnswerOpened | null;
  labels: string[] | null;
  maps: TrainedAnswerMap[];
}

interface TransformerAnswerTruth {
  tokens: string[];
  text: string;
  held_out: boolean;
}

interface TransformerAnswerStepTop {
  token: string;
  id: number;
  p: number;
  cut: boolean;
}

interface TransformerAnswerStep {
  token: string;
  p: number;
  forced: boolean;
  top: TransformerAnswerStepTop[];
}

interface TransformerAnswerTeacherGreedy {
  says: string[];
  right: number;
}

interface TransformerAnswerTeacher {
  says: string[];
  right: number;
  greedy: TransformerAnswerTeacherGreedy;
}

interface TransformerAnswerBeamStep {
  id: number;
  parent: number | null;
  token: string;
  p: number;
  logp: number;
  score: number;
  kept: boolean;
  ended: boolean;
}

interface TransformerAnswerBeamGreedy {
  score: number;
  length: number;
}

interface TransformerAnswerBeam {
  steps: TransformerAnswerBeamStep[][];
  best: number;
  greedy: TransformerAnswerBeamGreedy;
}

interface TransformerAnswerBlockMatrice {
  name: string;
  array: string;
  before: number[];
  values: number[][];
  rows: string[];
  columns: string[] | null;
}

interface TransformerAnswerBlock {
  name: string;
  head: number;
  first: number;
  matrices: TransformerAnswerBlockMatrice[];
  opened: any;
}

interface TransformerAnswer {
  task: string;
  text: string;
  source: string[];
  target: string[];
  said: string;
  ended: boolean;
  truth: TransformerAnswerTruth | null;
  right: boolean | null;
  steps: TransformerAnswerStep[];
  decoder: number[][][][];
  cross: number[][][][];
  teacher: TransformerAnswerTeacher | null;
  beam: TransformerAnswerBeam | null;
  blocks: string[];
  block: TransformerAnswerBlock | null;
}

interface HiddenAnswerToken {
  text: string;
  part: string;
  segment: number;
  word: string;
}

interface HiddenAnswerPlaceBoth {
  id: number;
  token: string;
  p: number;
}

interface HiddenAnswerPlace {
  at: number;
  truth: string | null;
  both: HiddenAnswerPlaceBoth[];
  both_p: number | null;
  both_rank: number | null;
  left: HiddenAnswerPlaceBoth[];
  left_p: number | null;
  left_rank: number | null;
}

interface HiddenAnswer {
  tokens: HiddenAnswerToken[];
  unknown: string[];
  layers: number;
  heads: number;
  places: HiddenAnswerPlace[];
  weights: number[][][][];
  left_weights: number[][][][];
}

interface NumberAnswerPlace {
  net: string;
  step: number;
  array: string;
  index: number[];
}

interface NumberAnswerOpened {
  array: string;
  index: number[];
  value: number;
  total: number;
  computed: any;
  sources: TraceOpenedNumberSource[];
  inner: any;
  kind: string;
  terms?: TraceOpenedNumberTerm[];
  rest?: number;
  sum: number;
  count?: number;
  left?: any;
  right?: any;
  bias?: number;
  row?: number[];
  powers?: number[];
  largest?: number;
  temperature?: number;
  column?: number;
  cut?: boolean;
}

interface NumberAnswer {
  place: NumberAnswerPlace;
  arrays: string[];
  heads: number;
  before: number[];
  top: number;
  values: number[][];
  rows: string[];
  columns: string[];
  tokens: string[];
  opened: NumberAnswerOpened;
}

interface DrawAnswerDraw {
  at: number;
  id: number;
  truth: string;
  what: string;
  becomes: string;
  p: number;
  top: HiddenAnswerPlaceBoth[];
}

interface DrawAnswer {
  tokens: HiddenAnswerToken[];
  unknown: string[];
  layers: number;
  heads: number;
  draw: DrawAnswerDraw[];
  loss: number;
}

interface FollowsAnswer {
  tokens: HiddenAnswerToken[];
  unknown: string[];
  layers: number;
  heads: number;
  p: number;
  weights: number[][][][];
}

interface SentimentAnswerSay {
  p: number;
}

interface SentimentAnswer {
  tokens: HiddenAnswerToken[];
  unknown: string[];
  layers: number;
  heads: number;
  says: Record<string, SentimentAnswerSay>;
  seen: number[];
  unseen: number[];
  labels: number;
}

interface SpanAnswerSaySpan {
  from: number;
  to: number;
  p: number;
  id: number;
  text: string;
}

interface SpanAnswerSay {
  start: number[];
  end: number[];
  none: number;
  answer: string | null;
  span: number[] | null;
  spans: SpanAnswerSaySpan[];
}

interface SpanAnswer {
  tokens: HiddenAnswerToken[];
  unknown: string[];
  layers: number;
  heads: number;
  says: Record<string, SpanAnswerSay>;
  labels: number;
}

interface TokensAnswerLast {
  left: string;
  right: string;
  count: number;
  piece: string;
}

interface TokensAnswerPair {
  left: string;
  right: string;
  count: number;
  next: boolean;
}

interface TokensAnswerWord {
  times: number;
  pieces: string[];
}

interface TokensAnswerSentencePiece {
  text: string;
  known: boolean;
}

interface TokensAnswerSentence {
  pieces: TokensAnswerSentencePiece[];
  steps: [number, string[]][];
}

interface TokensAnswerWay {
  way: string;
  vocabulary: number;
  length: number;
  sentence: number;
  unknown: number;
}

interface TokensAnswer {
  text: string;
  step: number;
  steps: number;
  last: TokensAnswerLast | null;
  done: boolean;
  pairs: TokensAnswerPair[];
  words: TokensAnswerWord[];
  others: number;
  alphabet: string[];
  pieces: string[];
  sentence: TokensAnswerSentence[];
  ways: TokensAnswerWay[];
}

interface WriteAnswerLeftStep {
  at: number;
  row: number;
  id: number;
  token: string;
  p: number;
  top: HiddenAnswerPlaceBoth[];
}

interface WriteAnswerLeft {
  tokens: string[];
  steps: WriteAnswerLeftStep[];
  text: string;
  nats: number;
  ended: boolean;
}

interface WriteAnswerFill {
  tokens: string[];
  steps: WriteAnswerLeftStep[];
  text: string;
  nats: number;
}

interface WriteAnswer {
  tokens: HiddenAnswerToken[];
  unknown: string[];
  layers: number;
  heads: number;
  left: WriteAnswerLeft;
  fill: Record<string, WriteAnswerFill>;
}

interface CellReadingCell {
  influence: number[];
  guesses: [string, number][];
  answers: [string, number][];
  right: boolean;
}

interface CellReading {
  vocabulary: string[];
  words: string[];
  name_at: number;
  names: string[];
  answer_at: number;
  answer: string;
  distance: number;
  chance: number;
  cells: Record<string, CellReadingCell>;
}

interface CellGates {
  words: string[] | null;
  series: number[] | null;
  prediction: Record<string, number[]> | null;
  layers: number;
  cells: Record<string, Record<string, number[][]>>;
  part?: string;
  example?: number;
  examples?: number;
  truth?: number[];
}

interface WritingSampleAnswer {
  letters: string[];
  numbers: number[];
  written: [string, number][];
  shares: number[];
  candidates: number[][][];
  cuts: boolean;
  kinds: string[];
}

interface WritingUnitsAnswerRanked {
  line: number[][];
  word: number[][];
  space: number[][];
  quotes: number[][];
}

interface WritingUnitsAnswerChance {
  line: number;
  word: number;
  space: number;
  quotes: number;
}

interface WritingUnitsAnswer {
  written: [string, number][];
  values: number[];
  follow: number[];
  property: string;
  unit: number;
  units: number;
  r: number;
  ranked: WritingUnitsAnswerRanked;
  chance: WritingUnitsAnswerChance;
  letters: number;
}

interface WritingReachAnswer {
  norms: number[];
  context: number;
  beyond: number;
}

interface ShapeAnswerLayer {
  name: string;
  kind: string;
  shape: number[];
  parameters: number;
  multiply_adds: number;
  kernel?: number;
  stride?: number;
  padding?: number;
}

interface ShapeAnswerProgram {
  data: string[];
  loader: string[];
  loss: string[];
  evaluation: string[];
}

interface ShapeAnswer {
  layers: ShapeAnswerLayer[];
  parameters: number;
  multiply_adds: number;
  program: ShapeAnswerProgram;
  loop: Record<string, string>;
}

interface MapsAnswerLayer {
  name: string;
  shape: number[];
  signed: boolean;
  scales: number[];
  codes: string;
}

interface MapsAnswer {
  layers: MapsAnswerLayer[];
  probabilities: number[];
}

interface KernelAnswer {
  values: number[][][];
  kernel: number;
}

interface AugmentedAnswer {
  images: string[];
}

interface CountedAnswerClasse {
  right: number;
  of: number;
  interval: number[];
}

interface CountedAnswer {
  data: string;
  right: number;
  of: number;
  accuracy: number;
  interval: number[];
  matrix: number[][];
  classes: CountedAnswerClasse[];
}

interface DigitsAnswer {
  data: string;
  of: number;
  index: number[];
  images: string[];
  true: number[];
  said: number[];
  probability: number[];
}

interface RescoredAnswerNote {
  key: string;
  from: number;
  to: number;
}

interface RescoredAnswer {
  before: number;
  after: number;
  interval: number[];
  of: number;
  data: string;
  seconds: number;
  note?: RescoredAnswerNote;
}

interface TaughtAnswer {
  before: number[];
  now: number[];
}

interface VectorsWordsAnswer {
  words: string[];
  counts: number[];
  groups: string[];
  questions: [string, string, string, string][];
  examples: [string, string, string][];
  tokens: number;
  sentences: number;
  dropped: number;
}

interface VectorsSimilarAnswer {
  words: string[];
  cosines: number[][];
}

interface VectorsMapAnswer {
  words: string[];
  plane: number[][];
  space: number[][];
}

interface VectorsTsneAnswer {
  plane: number[][];
  kl: number;
  perplexity: number;
}

interface VectorsWindowAnswer {
  sentence: number;
  of: number;
  tokens: string[];
  ids: number[];
  keep: number[];
  pairs: number[][][];
}

interface VectorsCountsAnswer {
  words: string[];
  kind: string;
  values: number[][];
  largest: number;
}

interface VectorsNearAnswer {
  word: string;
  cosine: [string, number][];
}

interface VectorsAnalogyAnswer {
  excluding: [string, number][];
  including: [string, number][];
  answer: string;
  plane: number[][];
  space: number[][];
}

interface VectorsCellAnswerGlove {
  cell: number[];
  count: number;
  log: number;
  weight: number;
  x_max: number;
  alpha: number;
}

interface VectorsCellAnswerPpmiIn {
  before: number[];
}

interface VectorsCellAnswerPpmi {
  cell: number[];
  joint: number;
  row: number;
  column: number;
  total: number;
  by_chance: number;
  ppmi: number;
  pmi: number;
  reconstructed?: number;
  in?: VectorsCellAnswerPpmiIn;
  out?: VectorsCellAnswerPpmiIn;
}

interface VectorsCellAnswer {
  row: string;
  column: string;
  glove: VectorsCellAnswerGlove;
  ppmi: VectorsCellAnswerPpmi;
}

interface VectorsSampledStepIn {
  ids: number[];
  before: number[][];
}

interface VectorsSampledStepOut {
  ids: number[];
  before: number[][];
  gradient: number[][];
  after: number[][];
}

interface VectorsSampledStep {
  method: string;
  objective: string;
  centre: string;
  context: string[];
  words: string[];
  learning_rate: number;
  first_rate: number;
  in: VectorsSampledStepIn;
  one_hot: number;
  hidden: number[];
  loss: number;
  after: number;
  update_in: number[][];
  gradient_in: number[][];
  scores: number[];
  gradient_scores: number[];
  gradient_hidden: number[];
  out: VectorsSampledStepOut;
  negatives: number[];
  labels: number[];
  sigmoid: number[];
}

interface VectorsGloveStepIn {
  before: number[];
  gradient: number[];
  after: number[];
}

interface VectorsGloveStep {
  method: string;
  objective: string;
  centre: string;
  context: string[];
  words: string[];
  learning_rate: number;
  first_rate: number;
  cell: number[];
  count: number;
  log: number;
  weight: number;
  x_max: number;
  alpha: number;
  dot: number;
  bias_in: number;
  bias_out: number;
  error: number;
  loss: number;
  slope: number;
  after: number;
  in: VectorsGloveStepIn;
  out: VectorsGloveStepIn;
}

interface VectorsPpmiStep {
  method: string;
  objective: string;
  centre: string;
  context: string[];
  words: string[];
  cell: number[];
  joint: number;
  row: number;
  column: number;
  total: number;
  by_chance: number;
  ppmi: number;
  pmi: number;
  reconstructed: number;
  in: VectorsCellAnswerPpmiIn;
  out: VectorsCellAnswerPpmiIn;
}
