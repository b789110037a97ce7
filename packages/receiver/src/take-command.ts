import type { Command } from '@vera/protocol/command';
import { toErrand } from '@vera/protocol/errand';
import { helpWords, howToAskWords, notNowWords, oneMomentWords } from './command-words.ts';
import type { FollowUps } from './judge-follow-up.ts';
import type { Reply } from './reply.ts';
import type { TakeErrand } from './take-errand.ts';

interface CommandParams {
  readonly takeErrand: TakeErrand;
  readonly followUps: FollowUps;
}

/**
 * Answers the slash command. What needs no looking up is said in the answer itself, which only this person sees and which Slack shows in any
 * channel; the rest is handed on, and comes by the response URL however long it takes.
 */
export async function takeCommand(command: Command, { takeErrand, followUps }: CommandParams): Promise<Reply> {
  const { word, teamId, userId, responseUrl, receipt } = command;
  if (word === 'help') return privately(helpWords(command, followUps));
  if (word === 'unknown') return privately(howToAskWords(command));
  // Without it there is no way back to this person.
  if (responseUrl === undefined) return privately(notNowWords(command));
  const isTaken = await takeErrand(toErrand({ wish: word, teamId, userId, responseUrl }, receipt));
  return privately(isTaken ? oneMomentWords(word) : notNowWords(command));
}

function privately(text: string): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', text }),
  };
}
