import type { RoadEvent } from '../../road-event.ts';
import { stepWords } from './step-words.ts';

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
