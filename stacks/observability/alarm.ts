import type { Metric } from './metrics.ts';

/** Rings where there is at least `from`, or less than `below`, within `minutes`: a window that CloudWatch moves on each minute. */
export type Alarm = {
  /** What people rely on, and what they would miss. */
  readonly promise: string;
  readonly means: string;
  readonly toDo: string;
  readonly of: Metric | MetricMaths;
  readonly minutes: number;
  /** Its section of `docs/operate.md`, where several share one. */
  readonly runbook?: string;
} & ({ readonly from: number } | { readonly below: number });

export interface MetricMaths {
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export const promises = {
  seen: 'whoever asks sees within a second that an answer comes, in 99 of 100 cases.',
  heard: 'what is said to Vera in Slack arrives, though Slack may have to send it again.',
  clicked: 'a click is taken, or the person sees that it was not.',
  connected: 'everybody can see, connect and end their own accounts.',
  ended: 'each question ends in words: an answer, a reason, or that it was lost.',
  changed: 'a change is made once, and what became of it is known.',
  answered: 'questions are answered.',
  written: 'who did what with whose rights is written down, and nobody changes that unseen.',
};

/** All that an e-mail says: what it means, what to do, why it is watched, and where there is more. */
export function alarmText({ means, toDo, promise }: Pick<Alarm, 'means' | 'toDo' | 'promise'>, section: string): string {
  return `${means} ${toDo} Promised: ${promise} Runbook: docs/operate.md#${section}`;
}
