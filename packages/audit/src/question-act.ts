import type { Question } from '@vera/protocol/question';
import type { Act } from './act.ts';

interface Ended {
  readonly question: Pick<Question, 'id' | 'teamId' | 'channelId' | 'userId'>;
  readonly calls?: number | undefined;
  readonly tokens?: number | undefined;
  readonly microDollars?: number | undefined;
}

/** What is written down of the end of a question, and what it came to. `reason`: a code. */
export function questionAct(outcome: Act['outcome'], { question, calls, tokens, microDollars }: Ended, reason?: string): Act {
  const { id, teamId: team, channelId: channel, userId: asker } = question;
  return { act: 'question', outcome, question: id, team, channel, asker, reason, calls, tokens, microDollars };
}
