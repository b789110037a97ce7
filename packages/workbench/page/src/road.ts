import { shorten } from '@vera/protocol/shorten';

/** The way of each question through the system, gathered from what the components print. */
export interface Road {
  /** Takes one line of a component's output as it stands; answers whether it is worth showing. */
  add(entry: { readonly component: string; readonly line: string }): boolean;
  /** Called for every line that was understood. Returns the function that ends it. */
  onEvent(listener: (event: RoadEvent) => void): () => void;
  /** What is known of a question, in the order of time; empty when it is unknown or forgotten. */
  of(questionId: string): readonly RoadEvent[];
  /** The question that a message was, when it was one. */
  questionOf(channel: string, messageTs: string): string | undefined;
  /** The last lines of all components, oldest first. */
  readonly recent: readonly RoadEvent[];
  /** The questions remembered, oldest first. */
  readonly questions: readonly RoadQuestion[];
}

/** Which message a question was. */
export interface RoadQuestion {
  readonly question: string;
  readonly channel: string;
  readonly message: string;
  readonly thread: string;
}

export interface RoadParams {
  /** How many questions to remember, and how many lines beside them. */
  readonly keep: number;
  /** Epoch milliseconds: the time of lines that carry none. */
  readonly now?: () => number;
}

/** Of all that a component tells when it is asked for details: a model's answer alone is a line for each of its words. */
const shownDetails = new Set(['tool.answered']);

/** A question that runs wild must not fill the memory. */
const mostEvents = 500;

export function createRoad({ keep, now = Date.now }: RoadParams): Road {
  const listeners = new Set<(event: RoadEvent) => void>();
  const events = new Map<string, RoadEvent[]>();
  const places = new Map<string, RoadQuestion>();
  const recent: RoadEvent[] = [];
  let count = 0;
  const questionOf = (channel: string, messageTs: string) => places.get(`${channel}:${messageTs}`)?.question;
  return {
    add({ component, line }) {
      const read = toRoadEvent({ id: ++count, component, line, now: now() });
      if (read.level === 'debug' && !shownDetails.has(read.event)) return false;
      const event = read.question === undefined ? withQuestion(read, questionOf) : read;
      recent.push(event);
      if (recent.length > keep) recent.shift();
      if (event.question !== undefined) put(events, event.question, event, keep);
      rememberPlace(places, event, keep);
      for (const listener of listeners) listener(event);
      return true;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    of: (questionId) => (events.get(questionId) ?? []).toSorted((one, other) => one.at - other.at || one.id - other.id),
    questionOf,
    recent,
    get questions() {
      return [...places.values()];
    },
  };
}

/** Feedback names the message, not the question. */
function withQuestion(event: RoadEvent, questionOf: Road['questionOf']): RoadEvent {
  const { channel, message } = event.fields;
  if (typeof channel !== 'string' || typeof message !== 'string') return event;
  const question = questionOf(channel, message);
  return question === undefined ? event : { ...event, question };
}

function put(events: Map<string, RoadEvent[]>, question: string, event: RoadEvent, keep: number): void {
  const known = events.get(question) ?? [];
  if (known.length < mostEvents) known.push(event);
  events.set(question, known);
  forgetOldest(events, keep);
}

function rememberPlace(places: Map<string, RoadQuestion>, { question, fields }: RoadEvent, keep: number): void {
  const { channel, message, thread } = fields;
  if (question === undefined || typeof channel !== 'string' || typeof message !== 'string') return;
  if (places.has(`${channel}:${message}`)) return;
  places.set(`${channel}:${message}`, { question, channel, message, thread: typeof thread === 'string' ? thread : message });
  forgetOldest(places, keep);
}

function forgetOldest(map: Map<string, unknown>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep) return;
    map.delete(key);
  }
}

/** One line of a component's output. */
export interface RoadEvent {
  /** Counts up; two events with one id are the same. */
  readonly id: number;
  /** Where the line was printed, such as `receiver`. */
  readonly component: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly level: string;
  /** Empty for a line that is not a JSON log line. */
  readonly event: string;
  readonly question?: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly line: string;
}

interface PrintedLine {
  readonly id: number;
  readonly component: string;
  readonly line: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const longestLine = 4_000;

/** Understands JSON log lines; any other text is kept as it is. */
export function toRoadEvent({ id, component, line, now }: PrintedLine): RoadEvent {
  const entry = parsed(line);
  const { time, level, service, event, question, ...fields } = entry ?? {};
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return {
    id,
    component: typeof service === 'string' ? service : component,
    at: Number.isNaN(at) ? now : at,
    level: typeof level === 'string' ? level : 'info',
    event: typeof event === 'string' ? event : '',
    ...(typeof question === 'string' ? { question } : {}),
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, brief(value)])),
    line: brief(line),
  };
}

/** A tool may be given and give a whole document. */
function brief<Value>(value: Value): Value | string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > longestLine ? shorten(text, longestLine, { notice: ` … (${text.length} characters)` }) : value;
}

function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
