import type { Change } from '@vera/protocol/change';
import type { Question } from '@vera/protocol/question';
import { type Act, type AuditContent, toldArguments, toldResult } from './act.ts';

/** What is written down of a change, whoever does it. */
export function changeAct(
  outcome: Act['outcome'],
  change: Change,
  { id: question, teamId: team, channelId: channel }: Pick<Question, 'id' | 'teamId' | 'channelId'>,
  content: AuditContent = 'metadata',
): Act {
  const { id, tool, system, asker, account, decidedBy: approver, result: { link } = {} } = change;
  const about = { question, change: id, team, channel, tool, system, asker, account, approver };
  return {
    act: 'change',
    outcome,
    ...about,
    ...(link ? { result: toldResult(link.title) } : {}),
    ...toldArguments(JSON.parse(change.args), content),
  };
}
