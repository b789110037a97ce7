import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { endOfChange } from '@vera/ledger/end-of-change';
import type { QuestionRecord } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { changeCard, changeMarkOf } from '@vera/slack/change-card';
import { replyMarkOf } from '@vera/slack/reply-mark';
import { type Errand, foldedIn, perCall, wholeAnswer } from './fakes/fake-agent.ts';
import type { FakeMessage } from './fakes/fake-slack.ts';
import { botUserId, tableName, type World } from './world.ts';

/** What must hold once everything has come to rest, whatever happened: each violation in words. */
export async function findViolations(world: World, asked: readonly Question[]): Promise<readonly string[]> {
  const [first] = asked;
  if (!first) return [];
  const leases = createDynamoLeases({
    dynamoDb: async (operation, input) => world.table.do(operation, input),
    tableName,
    leaseMilliseconds: 0,
    now: () => 0,
  });
  const records = await leases.thread(first);
  const messages = world.slack.thread(first.threadTs).filter(({ user }) => user === botUserId);
  return [
    ...wrongSpending(world),
    ...(hasLoss(world, records) ? [] : messages.flatMap((message) => wrongMessage(message))),
    ...records.flatMap((record) => {
      const into = wentWith(record, records);
      return [
        ...notClosed(record),
        ...(into ? wrongEnd(record, messages) : [...wrongOutcomes(record, messages), ...wrongWords(record, messages)]),
        ...wrongUse(record, into, { records, messages, read: world.read }),
        ...wrongEffects(record, world.effects),
        ...wrongCards(record, messages),
      ];
    }),
  ];
}

/** No more than the last call’s estimate beyond what a day allows, and what was used is counted, whoever died meanwhile. */
function wrongSpending({ modelCalls, plan: { tokensPerDay }, table }: World): string[] {
  if (tokensPerDay === undefined) return [];
  const used = modelCalls.reduce((all, tokens) => all + tokens, 0);
  const counted = table.items
    .filter(({ thread }) => thread?.S?.startsWith('budget|workspace|'))
    .reduce((all, { tokens }) => all + Number(tokens?.N), 0);
  return [
    ...(used > tokensPerDay + perCall.most ? [`${used} tokens were used where ${tokensPerDay} are allowed`] : []),
    ...(counted < used ? [`${used} tokens were used, and ${counted} are counted`] : []),
  ];
}

const nameOf = ({ question: { text } }: QuestionRecord) => text.split(' ')[1] ?? '';

/**
 * Whose loss was told reads that what stands above may be incomplete: it may be a stream that nobody knows of. The record says so, also where the
 * sweeper died before its line, and the line, where the question was tried again since.
 */
function hasLoss({ lines }: World, records: readonly QuestionRecord[]): boolean {
  return records.some(({ reason }) => reason === 'lost') || lines.some((line) => line.endsWith(' question.lost'));
}

/** Each message is a whole one of ours. */
function wrongMessage(message: FakeMessage): string[] {
  if (message.streaming_state === 'in_progress') return [`a stream is open: ${message.ts}`];
  return replyMarkOf(message) || changeMarkOf(message) ? [] : [`a piece of a broken answer is left: ${message.ts}`];
}

function notClosed({ question: { text }, state }: QuestionRecord): string[] {
  return ['answered', 'failed', 'stopped', 'refused'].includes(state) ? [] : [`${text} is ${state} for ever`];
}

/** The question that a message ended with: the record of that says so, or both were stopped, and the sweeper, which ended it, knew of one. */
function wentWith({ reason, ...record }: QuestionRecord, records: readonly QuestionRecord[]): QuestionRecord | undefined {
  const isStopped = record.state === 'stopped' && record.stopRequestedAt !== undefined;
  const isEnd = ({ question: { messageTs }, folded = [], ...other }: QuestionRecord) =>
    folded.includes(record.question.messageTs) ||
    (isStopped && other.state === 'stopped' && other.reason === 'lost' && messageTs === record.foldedInto);
  return reason === 'folded' ? records.find(isEnd) : undefined;
}

/** It has no end of its own that anybody sees. */
function wrongEnd({ question: { id, text } }: QuestionRecord, messages: readonly FakeMessage[]): string[] {
  const isSeen = messages.some((message) => replyMarkOf(message)?.question === id);
  return isSeen ? [`${text} went with another question, and was answered by itself`] : [];
}

interface Seen {
  readonly records: readonly QuestionRecord[];
  readonly messages: readonly FakeMessage[];
  /** Names of what a model was told, and has answered to, while it answered something else. */
  readonly read: ReadonlySet<string>;
}

/** What somebody said while they were answered is used once: in that answer, or as a question. What only failed may have used it, too. */
function wrongUse(record: QuestionRecord, into: QuestionRecord | undefined, { records, messages, read }: Seen): string[] {
  const { question, state } = record;
  const isIn = into !== undefined && into.state === 'answered';
  const isNamed = (other: QuestionRecord) => saidFor(other, messages).includes(`${other.leg} ${foldedIn(nameOf(record))}`);
  const uses = records.filter((other) => other.state === 'answered' && isNamed(other)).length;
  return [
    ...(record.reason === 'folded' && !into ? [`${question.text} went with nothing`] : []),
    ...((into?.state === 'failed' || into?.state === 'refused') && !read.has(nameOf(record))
      ? [`${question.text} failed with what never read it`]
      : []),
    ...(isIn && uses !== 1 && !isWithoutModel(into) ? [`${question.text} went with an answer that does not know of it`] : []),
    ...(!into && state === 'answered' && uses > 0 ? [`${question.text} was used in an answer and answered by itself`] : []),
  ];
}

/** In each leg one at most, in the last one that of the record, and after an answer there is no other. */
function wrongOutcomes({ question: { id, text }, leg, state }: QuestionRecord, messages: readonly FakeMessage[]): string[] {
  const outcomes = messages.flatMap((message) => {
    const mark = replyMarkOf(message);
    return mark?.question === id && mark.outcome ? [{ leg: mark.leg ?? 0, outcome: mark.outcome }] : [];
  });
  const last = outcomes.filter((mark) => mark.leg === leg);
  const legs = new Set(outcomes.map((mark) => mark.leg));
  return [
    ...(legs.size < outcomes.length ? [`${text} has two outcomes in one turn`] : []),
    ...(last.length === 0 ? [`${text} has no outcome that anybody sees`] : []),
    ...(last.some(({ outcome }) => outcome !== state) ? [`${text} is ${state}, and the thread says something else`] : []),
    ...(outcomes.some((mark) => mark.leg !== leg && mark.outcome === 'answered') ? [`${text} was answered, and then once more`] : []),
  ];
}

/** Each sentence stands there once in a leg, and in the last one of an answer all of them do. */
function wrongWords(record: QuestionRecord, messages: readonly FakeMessage[]): string[] {
  const { question, leg, state } = record;
  const name = nameOf(record);
  const said = saidFor(record, messages);
  const missing = wholeAnswer(question.text.split(' ')[0] as Errand, name).filter((sentence) => !said.includes(`${leg} ${sentence}`));
  return [
    ...(new Set(said).size < said.length ? [`${question.text}: a sentence stands there twice`] : []),
    ...(state === 'answered' && missing.length > 0 && !isWithoutModel(record)
      ? [`${question.text}: its answer lacks ${missing.join(', ')}`]
      : []),
  ];
}

/** Sentences of its answers, each with its leg. */
function saidFor({ question: { id } }: QuestionRecord, messages: readonly FakeMessage[]): readonly string[] {
  return messages.flatMap((message) => {
    const mark = replyMarkOf(message);
    if (mark?.question !== id) return [];
    return [...message.text.matchAll(/«[^»]*»/g)].map(([found]) => `${mark.leg ?? 0} ${found}`);
  });
}

/** Where nobody decided in time, that is the whole answer. */
function isWithoutModel({ changes }: QuestionRecord): boolean {
  return Object.values(changes).some(({ state }) => state === 'expired');
}

/** Nothing is done without a yes, nothing twice; what the record says was done was. */
function wrongEffects(record: QuestionRecord, effects: readonly string[]): string[] {
  const done = effects.filter((name) => name === nameOf(record)).length;
  // Of one that was begun it is not known whether it was done.
  const changes = Object.values(record.changes).map((change) => ({ ...change, state: endOfChange(change.state) }));
  const approved = changes.filter(({ state, decidedBy }) => (state === 'done' || state === 'unknown') && decidedBy !== undefined).length;
  const certain = changes.filter(({ state }) => state === 'done').length;
  return done > approved || done < certain ? [`${record.question.text}: ${done} effects, and ${certain} to ${approved} on record`] : [];
}

/** Of each change one card, which says what became of it. */
function wrongCards({ question, changes }: QuestionRecord, messages: readonly FakeMessage[]): string[] {
  return Object.values(changes).flatMap((change) => {
    const cards = messages.filter((message) => changeMarkOf(message)?.change === change.id);
    const { text } = changeCard({ ...change, state: endOfChange(change.state) }, question.messageTs);
    return [
      ...(cards.length > 1 ? [`${question.text}: a change has ${cards.length} cards`] : []),
      ...cards
        .filter((card) => card.text !== text)
        .map((card) => `${question.text}: a card says “${card.text}”, and it is ${change.state}`),
    ];
  });
}
