import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { endOfChange } from '@vera/ledger/end-of-change';
import { type QuestionRecord, unaddressed } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { changeCard, changeMarkOf } from '@vera/slack/change-card';
import { replyMarkOf } from '@vera/slack/reply-mark';
import { rootOf } from './changes-of-mind.ts';
import type { Effect } from './fakes/fake-accounts.ts';
import { type Errand, foldedIn, nameOf as nameIn, perCall, wholeAnswer } from './fakes/fake-agent.ts';
import type { FakeMessage } from './fakes/fake-slack.ts';
import { findMindViolations } from './find-mind-violations.ts';
import { botUserId } from './question-of.ts';
import { isWithoutModel, saidFor } from './said-for.ts';
import { tableName, type World } from './world.ts';

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
  const records = (await leases.thread(first)).map((record) => withWords(record, asked));
  const messages = world.slack.thread(first.threadTs).filter(({ user }) => user === botUserId);
  // With what opened it the thread is gone, and nobody can be told anything.
  const seen = (record: QuestionRecord) => (world.slack.hasThread(first.threadTs) ? wrongOutcomes(record, messages) : []);
  return [
    ...wrongSpending(world),
    ...(world.slack.hasThread(first.threadTs) ? wrongStatus(world, first) : []),
    // Whose loss was told reads that what stands above may be incomplete: it may be a stream that nobody knows of.
    ...(world.hasLoss || records.some(isTold) ? [] : messages.flatMap((message) => wrongMessage(message))),
    ...records.flatMap((record) => {
      const into = wentWith(record, records);
      return [
        ...notClosed(record),
        ...(into ? wrongEnd(record, messages) : [...seen(record), ...wrongWords(record, messages, world)]),
        ...wrongUse(record, into, { records, messages, world }),
        ...findMindViolations(record, into ?? record, { messages, world }),
        ...wrongEffects(record, world.effects),
        ...wrongCards(record, messages),
      ];
    }),
  ];
}

/** Of what was deleted the ledger keeps no words. */
function withWords(record: QuestionRecord, asked: readonly Question[]): QuestionRecord {
  const question = asked.find(({ messageTs }) => messageTs === record.question.messageTs);
  return question && record.withdrawnAt !== undefined ? { ...record, question: { ...record.question, text: question.text } } : record;
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

/** Nobody is said to be at work in a thread once nothing is to come. */
function wrongStatus({ slack }: World, { threadTs }: Question): string[] {
  const isPlaceheld = slack.thread(threadTs).some(({ text }) => text === '_Thinking…_');
  return [
    ...(slack.status.isShown(threadTs) ? ['it looks as if somebody were at work'] : []),
    ...(isPlaceheld ? ['a message says that somebody thinks'] : []),
  ];
}

/** Of its loss, be it that this was found in the thread. */
function isTold({ reason, state }: QuestionRecord): boolean {
  return reason === 'lost' || (reason === 'found-complete' && state !== 'answered');
}

const nameOf = ({ question: { text } }: QuestionRecord) => nameIn(text);

/** Each message is a whole one of ours. */
function wrongMessage(message: FakeMessage): string[] {
  if (message.streaming_state === 'in_progress') return [`a stream is open: ${message.ts}`];
  return replyMarkOf(message) || changeMarkOf(message) ? [] : [`a piece of a broken answer is left: ${message.ts}`];
}

function notClosed({ question: { text }, state }: QuestionRecord): string[] {
  return ['answered', 'failed', 'stopped', 'refused'].includes(state) ? [] : [`${text} is ${state} for ever`];
}

/**
 * The question that a message ended with: the record of that says so. Or the sweeper ended that, which knows of none: it was found answered, or both
 * were stopped. Or that was tried again since, and ended before it had read anything once more.
 */
function wentWith({ reason, ...record }: QuestionRecord, records: readonly QuestionRecord[]): QuestionRecord | undefined {
  const isStopped = record.state === 'stopped' && record.stopRequestedAt !== undefined;
  const isEnd = ({ question: { messageTs }, folded = [], ...other }: QuestionRecord) => {
    const isSwept = other.reason === 'lost' || other.reason === 'found-complete';
    const isSame = other.state === record.state && (record.state === 'answered' || isStopped);
    const isUnread = other.retriedAt !== undefined && other.state !== 'answered';
    return folded.includes(record.question.messageTs) || (messageTs === record.foldedInto && ((isSwept && isSame) || isUnread));
  };
  return reason === 'folded' ? records.find(isEnd) : undefined;
}

/** It has no end of its own that anybody sees. */
function wrongEnd({ question: { id, text } }: QuestionRecord, messages: readonly FakeMessage[]): string[] {
  const isSeen = messages.some((message) => replyMarkOf(message)?.question === id);
  return isSeen ? [`${text} went with another question, and was answered by itself`] : [];
}

/** It was stopped with another question, which was tried again once this was deleted. */
function isGoneBefore({ foldedInto, withdrawnAt = Number.POSITIVE_INFINITY }: QuestionRecord, records: readonly QuestionRecord[]): boolean {
  return records.some(({ question: { messageTs }, retriedAt = 0 }) => messageTs === foldedInto && withdrawnAt < retriedAt);
}

interface Seen {
  readonly records: readonly QuestionRecord[];
  readonly messages: readonly FakeMessage[];
  readonly world: World;
}

/** What somebody said while they were answered is used once: in that answer, or as a question. What only failed may have used it, too. */
function wrongUse(record: QuestionRecord, into: QuestionRecord | undefined, { records, messages, world }: Seen): string[] {
  const { question, state } = record;
  const names = world.minds.wordingsOf(nameOf(record)).map(({ name }) => name);
  const isNamed = (other: QuestionRecord) => {
    const said = saidFor(other, messages);
    return other !== record && names.some((name) => said.includes(`${other.leg} ${foldedIn(name)}`));
  };
  const uses = records.filter((other) => other.state === 'answered' && isNamed(other)).length;
  const isDone = world.effects.some(({ name: own, told }) => !names.includes(own) && names.some((name) => told.includes(name)));
  return [
    ...(record.reason === 'folded' && !into && !isGoneBefore(record, records) ? [`${question.text} went with nothing`] : []),
    ...((into?.state === 'failed' || into?.state === 'refused') && state !== 'stopped' && !names.some((name) => world.read.has(name))
      ? [`${question.text} failed with what never read it`]
      : []),
    ...(into?.state === 'answered' && uses !== 1 && !isWithoutModel(into)
      ? [`${question.text} went with an answer that does not know of it`]
      : []),
    ...(!into && state === 'answered' && uses > 0 ? [`${question.text} was used in an answer and answered by itself`] : []),
    ...(!into && state === 'answered' && isDone ? [`${question.text} was used in a change and answered by itself`] : []),
  ];
}

/** In each leg one at most, in the last one that of the record, and after an answer there is no other. */
function wrongOutcomes(
  { question: { id, text }, leg, reason, state, withdrawnAt }: QuestionRecord,
  messages: readonly FakeMessage[],
): string[] {
  const outcomes = messages.flatMap((message) => {
    const mark = replyMarkOf(message);
    return mark?.question === id && mark.outcome ? [{ leg: mark.leg ?? 0, outcome: mark.outcome }] : [];
  });
  const last = outcomes.filter((mark) => mark.leg === leg);
  // Who deleted their question, or was heard when they said stop, reads no answer to that.
  const isSilent = (withdrawnAt !== undefined && state !== 'answered') || (state === 'stopped' && reason === unaddressed.stop);
  const legs = new Set(outcomes.map((mark) => mark.leg));
  return [
    ...(legs.size < outcomes.length ? [`${text} has two outcomes in one turn`] : []),
    ...(last.length === 0 && !isSilent ? [`${text} has no outcome that anybody sees`] : []),
    ...(last.some(({ outcome }) => outcome !== state) ? [`${text} is ${state}, and the thread says something else`] : []),
    ...(outcomes.some((mark) => mark.leg !== leg && mark.outcome === 'answered') ? [`${text} was answered, and then once more`] : []),
  ];
}

/** Each sentence stands there once in a leg, and in the last one of an answer all of them do, for one of the wordings there were. */
function wrongWords(record: QuestionRecord, messages: readonly FakeMessage[], { minds }: World): string[] {
  const { question, leg, state } = record;
  const errand = question.text.split(' ')[0] as Errand;
  const said = saidFor(record, messages);
  const isWhole = minds
    .wordingsOf(nameOf(record))
    .some(({ name }) => wholeAnswer(errand, name).every((sentence) => said.includes(`${leg} ${sentence}`)));
  return [
    ...(new Set(said).size < said.length ? [`${question.text}: a sentence stands there twice`] : []),
    ...(state === 'answered' && !isWhole && !isWithoutModel(record) ? [`${question.text}: its answer is not whole`] : []),
  ];
}

/** Nothing is done without a yes, nothing twice; what the record says was done was. */
function wrongEffects(record: QuestionRecord, effects: readonly Effect[]): string[] {
  const done = effects.filter(({ name }) => rootOf(name) === rootOf(nameOf(record))).length;
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
