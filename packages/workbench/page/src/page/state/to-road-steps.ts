import type { RoadEvent } from '../../road.ts';

/** A log line in a person's words. */
export interface RoadStep {
  readonly id: number;
  readonly station: string;
  readonly title: string;
  readonly detail: string;
  /** Milliseconds since the message. */
  readonly at: number;
  /** Milliseconds it took, up to `at`; 0 when that is not known. */
  readonly took: number;
  readonly isProblem: boolean;
}

/** The steps of a question, beginning with its message. Lines that are no log lines are left to the raw view. */
export function toRoadSteps(events: readonly RoadEvent[], messageTs: string): readonly RoadStep[] {
  const start = Number(messageTs) * 1_000;
  const posted = { id: 0, station: 'Slack', title: 'The message was posted', detail: '', at: 0, took: 0, isProblem: false };
  const steps = events.filter(({ event }) => event !== '').map((event) => toStep(event, start));
  return steps.length === 0 ? [] : [posted, ...steps];
}

function toStep({ id, component, event, at, level, fields }: RoadEvent, start: number): RoadStep {
  const known = Object.hasOwn(stepWords, event) ? stepWords[event] : undefined;
  const took = typeof fields.milliseconds === 'number' ? Math.round(fields.milliseconds) : 0;
  return {
    id,
    station: known?.station ?? component.charAt(0).toUpperCase() + component.slice(1),
    title: known?.title ?? event,
    detail: known?.detail?.(fields) ?? errorOf(fields),
    at: Math.max(0, Math.round(at - start)),
    took,
    isProblem: level === 'error' || level === 'warn' || fields.status === 'error',
  };
}

/** What a line says of an error, shortened. */
function errorOf({ error }: Readonly<Record<string, unknown>>): string {
  if (error === undefined) return '';
  const { message } = typeof error === 'object' && error !== null ? (error as { readonly message?: unknown }) : { message: error };
  return String(message ?? JSON.stringify(error)).slice(0, 200);
}

type Fields = Readonly<Record<string, unknown>>;

interface StepWords {
  readonly station: string;
  readonly title: string;
  readonly detail?: (fields: Fields) => string;
}

const ms = (value: unknown) => `${Math.round(Number(value)).toLocaleString('en-GB')} ms`;
const count = (value: unknown, one: string) => `${Number(value).toLocaleString('en-GB')} ${one}${Number(value) === 1 ? '' : 's'}`;

function modelDetail({ milliseconds, firstTokenMilliseconds, outputTokens, stopReason, ...fields }: Fields): string {
  const read = [fields.inputTokens, fields.cacheReadTokens, fields.cacheWriteTokens].reduce<number>(
    (sum, part) => sum + Number(part ?? 0),
    0,
  );
  const parts = [
    ms(milliseconds),
    typeof firstTokenMilliseconds === 'number' ? `first token after ${ms(firstTokenMilliseconds)}` : '',
    read > 0 ? `${count(read, 'token')} in` : '',
    Number(fields.cacheReadTokens) > 0 ? `${Number(fields.cacheReadTokens).toLocaleString('en-GB')} of them cached` : '',
    Number(outputTokens) > 0 ? `${Number(outputTokens).toLocaleString('en-GB')} out` : '',
    String(stopReason).replace('_', '').toLowerCase() === 'tooluse' ? 'asks for a tool' : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Log events in a person's words; an event that is not here shows by its own name. */
const stepWords: Readonly<Record<string, StepWords>> = {
  'question.recorded': {
    station: 'Ledger',
    title: 'The receiver checked the signature and recorded the question',
    detail: ({ files }) => (Number(files) > 0 ? `with ${count(files, 'file')}` : ''),
  },
  'question.duplicate': { station: 'Receiver', title: 'Slack sent the same message once more; left aside' },
  'question.forwarded': { station: 'Receiver', title: 'Handed to the invoker; Slack got its answer' },
  'question.invoked': {
    station: 'Invoker',
    title: 'The session took the question',
    detail: ({ milliseconds }) => `after ${ms(milliseconds)}`,
  },
  'question.invoke-failed': { station: 'Invoker', title: 'The session could not be reached; it is tried again' },
  'worker.listening': { station: 'Session', title: 'A session started for this thread' },
  'question.accepted': {
    station: 'Session',
    title: 'The worker accepted the question',
    detail: ({ lease }) => (lease === 'leased' ? '' : `the ledger says: ${lease}`),
  },
  'question.waiting': { station: 'Session', title: 'Waits for an earlier question of the thread' },
  'question.leased': {
    station: 'Ledger',
    title: 'The worker holds the lease',
    detail: ({ attempt }) => (Number(attempt) > 1 ? `attempt ${attempt}` : ''),
  },
  'thread.read': {
    station: 'Session',
    title: 'Read the thread',
    detail: ({ messages, milliseconds }) => `${count(messages, 'message')} in ${ms(milliseconds)}`,
  },
  'model.called': {
    station: 'Model',
    title: 'The model answered',
    detail: modelDetail,
  },
  'tool.called': {
    station: 'Tools',
    title: 'A tool was used',
    detail: ({ tool, milliseconds, status }) => `${tool} · ${ms(milliseconds)}${status === 'error' ? ' · failed' : ''}`,
  },
  'reply.started': { station: 'Reply', title: 'The reply appeared', detail: ({ how }) => `as a ${how}` },
  'reply.finished': { station: 'Reply', title: 'The reply is complete', detail: ({ pieces }) => count(pieces, 'message') },
  'question.answered': { station: 'Ledger', title: 'Answered', detail: ({ milliseconds }) => `${ms(milliseconds)} at work` },
  'question.failed': { station: 'Ledger', title: 'Could not be answered', detail: ({ code }) => String(code ?? '') },
  'question.stopped': { station: 'Ledger', title: 'Stopped by a person' },
  'question.released': { station: 'Ledger', title: 'The lease was given back' },
  'question.resent': { station: 'Sweeper', title: 'Sent to the invoker again' },
  'question.lost': { station: 'Sweeper', title: 'Given up; the person was told' },
  'question.let-go': {
    station: 'Ledger',
    title: 'Waits for a person',
    detail: ({ waitsFor }) => (waitsFor === 'account' ? 'to connect their account' : 'to decide'),
  },
  'question.resumed': { station: 'Accounts', title: 'The account is connected; the question goes on' },
  'question.woken': { station: 'Sweeper', title: 'Nobody came in time; the question goes on without' },
  'change.proposed': { station: 'Changes', title: 'A change is proposed', detail: ({ tool }) => String(tool) },
  'change.decided': { station: 'Receiver', title: 'A person decided', detail: ({ verdict }) => String(verdict) },
  'change.decision-refused': {
    station: 'Receiver',
    title: 'A click that does not count; only they were told',
    detail: ({ reason }) => String(reason),
  },
  'change.done': { station: 'Changes', title: 'The change is made', detail: ({ tool, milliseconds }) => `${tool} · ${ms(milliseconds)}` },
  'change.failed': { station: 'Changes', title: 'The change failed; nothing was changed' },
  'change.unknown': { station: 'Changes', title: 'It is not known how the change ended' },
  'feedback.recorded': { station: 'Ledger', title: 'Feedback recorded', detail: ({ rating }) => String(rating ?? '') },
};
