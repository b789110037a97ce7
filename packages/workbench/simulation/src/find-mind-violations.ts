import type { QuestionRecord } from '@vera/ledger/ledger';
import { replyMarkOf } from '@vera/slack/reply-mark';
import { heeded, rootOf } from './changes-of-mind.ts';
import { type Errand, foldedIn, nameOf, wholeAnswer } from './fakes/fake-agent.ts';
import type { FakeMessage } from './fakes/fake-slack.ts';
import { isWithoutModel, saidFor } from './said-for.ts';
import type { World } from './world.ts';

interface Seen {
  readonly messages: readonly FakeMessage[];
  readonly world: World;
}

/** Whether what people changed their mind about came to what they want now. `into`: what the record was answered with. */
export function findMindViolations(record: QuestionRecord, into: QuestionRecord, seen: Seen): readonly string[] {
  return [...wrongWording(record, into, seen), ...wrongEnd(record, into, seen), ...wrongStop(record, seen)];
}

/** The words that stood when the model was told last, or newer ones; else people read that it answers older ones. */
function wrongWording(record: QuestionRecord, into: QuestionRecord, { messages, world: { minds, outcomeAt } }: Seen): string[] {
  const { text } = record.question;
  const name = nameOf(text);
  if (record.state !== 'answered' || name === '' || isWithoutModel(into)) return [];
  // Before its end it looks once more, though no model is asked again.
  const lookedAt = (outcomeAt.get(into.question.id) ?? 0) - heeded;
  const heardAt = Math.max(minds.heardAt(nameOf(into.question.text)) ?? 0, lookedAt);
  const wordings = minds.wordingsOf(name);
  const newest = wordings.findLastIndex(({ takenAt }) => takenAt !== undefined && takenAt < heardAt);
  const said = saidFor(into, messages);
  const isAnswered = (wording: string) =>
    said.includes(`${into.leg} ${foldedIn(wording)}`) || (into === record && isWhole(said, record, wording));
  if (wordings.slice(newest).some((wording) => isAnswered(wording.name))) return [];
  const isTold = messages.some((message) => replyMarkOf(message)?.question === into.question.id && message.text.includes('_You edited '));
  return isTold ? [] : [`${text} was answered in older words, and nobody is told`];
}

function isWhole(said: readonly string[], { question, leg }: QuestionRecord, wording: string): boolean {
  const [errand] = question.text.split(' ') as [Errand];
  return wholeAnswer(errand, wording).every((sentence) => said.includes(`${leg} ${sentence}`));
}

/** What was stopped or deleted is not answered long after, and of what was deleted nothing is left. */
function wrongEnd(record: QuestionRecord, into: QuestionRecord, { messages, world }: Seen): string[] {
  const { question, reason, state } = record;
  const end = world.minds.endOf(nameOf(question.text));
  if (!end) return [];
  const isLate = state === 'answered' && (world.outcomeAt.get(into.question.id) ?? 0) > end.at + heeded;
  const left = messages.filter((message) => replyMarkOf(message)?.question === question.id);
  return [
    ...(isLate ? [`${question.text} was ${end.how}, and answered long after`] : []),
    ...(reason === 'withdrawn' && left.length > 0 ? [`${question.text} was deleted, and what was said for it is left`] : []),
  ];
}

/** Only who asked, and who may stop everything, ends what was asked before. */
function wrongStop({ question, reason, state }: QuestionRecord, { world: { plan } }: Seen): string[] {
  if (state !== 'stopped' || reason === 'withdrawn' || nameOf(question.text) === '') return [];
  const isTheirs = plan.stopAt !== undefined || plan.minds.some(({ kind, by }) => by !== 'other' || !kind.startsWith('stop'));
  return isTheirs ? [] : [`${rootOf(nameOf(question.text))} was stopped by somebody who may not`];
}
