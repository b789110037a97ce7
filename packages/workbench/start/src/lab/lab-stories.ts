import type { LabStory } from '@vera/page/lab';

/** A story of the lab: what is asked, what is broken, and when. */
export interface Story extends LabStory {
  readonly question: string;
  /** The id of a fault; a story of a system that has none of that id is not told. */
  readonly fault: string;
  /** For how long, where it is shorter than by the button. */
  readonly seconds?: number;
  readonly when: 'before it is asked' | 'in mid-answer';
}

/** In the order in which a newcomer plays them. */
export const labStories: readonly Story[] = [
  {
    id: 'twice',
    title: 'Slack delivers twice',
    seen: 'The second delivery meets a question that the ledger knows: one answer, in one message.',
    question: 'When is the release freeze, and what is exempt?',
    fault: 'double-deliveries',
    seconds: 3,
    when: 'before it is asked',
  },
  {
    id: 'dies',
    title: 'The container dies in mid-answer',
    seen: 'Half an answer stands there for some twenty seconds. Then another container takes it up, and there is one whole answer.',
    question: 'How do I report a lost laptop, and who has to know?',
    fault: 'kill-container',
    when: 'in mid-answer',
  },
  {
    id: 'ledger',
    title: 'The ledger is away for ten seconds',
    seen: 'Neither the lease nor the answer can be noted. When the ledger is back the question is taken up again, and there is one answer.',
    question: 'What does our expenses policy say about hotels?',
    fault: 'ledger-away',
    when: 'in mid-answer',
  },
];
