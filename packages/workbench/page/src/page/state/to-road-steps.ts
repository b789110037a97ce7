import type { RoadEvent } from '../../road.ts';
import { type Fields, plainTitle, stepWords } from './road-words.ts';

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
  /** Something is done once more that was tried before. */
  readonly isRetry: boolean;
  readonly exchange?: Exchange;
}

/** What a tool was given and what it gave. */
export interface Exchange {
  readonly input: string;
  readonly output: string;
}

/** The steps of a question, beginning with its message. Lines that are no log lines are left to the raw view. */
export function toRoadSteps(events: readonly RoadEvent[], messageTs: string): readonly RoadStep[] {
  const start = Number(messageTs) * 1_000;
  const posted = { id: 0, station: 'Slack', title: 'The message was posted', detail: '', at: 0, took: 0, isProblem: false, isRetry: false };
  const exchanges = exchangesIn(events);
  const steps = events.filter(isStep).map((event) => ({ ...toStep(event, start), ...exchanges.get(event.id) }));
  return steps.length === 0 ? [] : [posted, ...steps];
}

/** Slack tells of a mention twice, as `app_mention` and as `message`: the second is no fault and no step, a later delivery is one. */
function isStep({ event, fields }: RoadEvent): boolean {
  if (event === 'question.duplicate') return fields.retry !== undefined;
  return event !== '' && event !== 'tool.answered';
}

/** By the id of the call's line: a tool's first call goes with its first answer. */
function exchangesIn(events: readonly RoadEvent[]): ReadonlyMap<number, { readonly exchange: Exchange }> {
  const answers = Map.groupBy(
    events.filter(({ event }) => event === 'tool.answered'),
    ({ fields }) => fields.tool,
  );
  const calls = events.filter(({ event }) => event === 'tool.called');
  return new Map(
    calls.flatMap(({ id, fields }) => {
      const answer = answers.get(fields.tool)?.shift();
      return answer ? [[id, { exchange: { input: printed(answer.fields.input), output: printed(answer.fields.output) } }] as const] : [];
    }),
  );
}

function printed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function toStep({ id, component, event, at, level, fields }: RoadEvent, start: number): RoadStep {
  const known = Object.hasOwn(stepWords, event) ? stepWords[event] : undefined;
  const took = typeof fields.milliseconds === 'number' ? Math.round(fields.milliseconds) : 0;
  const details = [known?.detail?.(fields) ?? errorOf(fields), deliveryOf(fields)];
  return {
    id,
    station: known?.station ?? component.charAt(0).toUpperCase() + component.slice(1),
    title: known?.title ?? plainTitle(event),
    detail: details.filter((detail) => detail !== '').join(' · '),
    at: Math.max(0, Math.round(at - start)),
    took,
    isProblem: level === 'error' || level === 'warn' || fields.status === 'error',
    isRetry: known?.isRetry === true || fields.retry !== undefined || (event === 'question.leased' && Number(fields.attempt) > 1),
  };
}

/** Which of Slack's later deliveries it was. */
function deliveryOf({ retry, retryReason }: Fields): string {
  if (retry === undefined) return '';
  return `Slack’s delivery no. ${Number(retry) + 1}${retryReason === undefined ? '' : `, after ${retryReason}`}`;
}

/** What a line says of an error, shortened. */
function errorOf({ error }: Fields): string {
  if (error === undefined) return '';
  const { message } = typeof error === 'object' && error !== null ? (error as { readonly message?: unknown }) : { message: error };
  return String(message ?? JSON.stringify(error)).slice(0, 200);
}
