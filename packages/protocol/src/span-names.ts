import type { Hop } from './trace.ts';

/** What spans say of the question they are part of, by name, whichever component tells them. */
export const questionNames = {
  /** Of GenAI's conventions: channel and thread. */
  conversation: 'gen_ai.conversation.id',
  question: 'vera.question',
  attempt: 'vera.attempt',
  outcome: 'vera.outcome',
  component: 'vera.component',
} as const;

/** Who did what a hop tells of. */
export const componentOf = {
  receive: 'receiver',
  record: 'receiver',
  click: 'receiver',
  invoke: 'invoker',
  resend: 'sweeper',
  attempt: 'worker',
} as const satisfies Record<Hop['name'], string>;
