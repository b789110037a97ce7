import { type Lease, type QuestionRecord, unaddressed } from '@vera/ledger/ledger';
import { asksToStop } from '@vera/protocol/asks-to-stop';
import type { Question } from '@vera/protocol/question';
import { endQueued } from '@vera/slack/queued-mark';
import type { Words } from '../agent/agent.ts';
import { judgeTexts } from '../guardrail/judge-texts.ts';
import { wordsOfLater } from '../thread/read-conversation.ts';
import { saysSomething } from '../thread/says-something.ts';
import { asked } from '../thread/spoken.ts';
import { askedNothing } from './fixed-words.ts';
import { isForVera } from './follow-up.ts';
import { readThread } from './read-thread.ts';
import type { Steps } from './steps.ts';
import type { AnswerParams, Folded, FoldedEnd, Folding, HeldQuestion, Later } from './story.ts';
import { thanksIn } from './thanks-in.ts';

type FoldingParams = Pick<AnswerParams, 'call' | 'now' | 'leases' | 'judge' | 'people' | 'overlap'>;

/** What an earlier worker took in is part of the question from the beginning. */
export async function startFolding(params: FoldingParams, held: HeldQuestion): Promise<Folding> {
  const { record } = held.lease;
  const isNew = record.attempts === 1 && record.leg === 0;
  const [, ...later] = isNew ? [] : await params.leases.since(record.question);
  // Before anything is carried out that it may have wanted.
  const hasRead = (one: QuestionRecord) => record.folded?.includes(one.question.messageTs);
  if (later.some((one) => hasRead(one) && isUnwanted(one))) held.interrupt('stop');
  return new FoldedMessages(
    params,
    held,
    later.filter((one) => isPartOf(one, record)),
  );
}

/** The same, closed or left to wait together with what was taken in and what was looked at. */
export function leaseWith(lease: Lease, folding: Folding, steps: Pick<Steps, 'all'>): Lease {
  const going = async (end: FoldedEnd) => (await folding.endingWith(end)).map(({ question }) => question.messageTs);
  return {
    ...lease,
    close: async (outcome, reason = '') => lease.close(outcome, reason, await going(unasked.has(reason) ? 'unasked' : outcome), steps.all),
    wait: async (what) => lease.wait(what, await going('waiting'), folding.wordsAt, { told: folding.told, steps: steps.all }),
  };
}

/** Why a question is over that asks nothing any more: what was said to it does not go with it. */
const unasked = new Set<string>(['withdrawn', askedNothing, unaddressed.hinted, unaddressed.silent, unaddressed.thanks]);

/** Not what was deleted since, or stopped by itself; nor what was a question of its own meanwhile. */
function isPartOf(one: QuestionRecord, { question, folded = [], stopRequestedAt }: QuestionRecord): boolean {
  if (one.foldedInto !== question.messageTs || one.withdrawnAt !== undefined) return false;
  // It ended with it already, and comes with it again: the sweeper, which ended both, knew of one.
  if (folded.includes(one.question.messageTs) || one.reason === 'folded') return true;
  const isUnbegun = one.state === 'received' && one.attempts === 0 && one.leg === 0;
  return isUnbegun && (one.stopRequestedAt === undefined || stopRequestedAt !== undefined);
}

/** Of what was proposed in an earlier turn, and so for what that had taken in. */
function hasBegun({ changes }: QuestionRecord): boolean {
  return Object.values(changes).some(({ state }) => state === 'started' || state === 'done' || state === 'unknown');
}

const isDeleted = ({ withdrawnAt }: QuestionRecord) => withdrawnAt !== undefined;
const isMarked = ({ stopRequestedAt }: QuestionRecord) => stopRequestedAt !== undefined;

/** It was deleted, or stopped, and has not ended with what it went into. */
function isUnwanted(one: QuestionRecord): boolean {
  return isDeleted(one) || (isMarked(one) && one.state === 'received');
}

const unchanged: Later = { isStopped: false, isDeleted: false, isEdited: false };

/** How they said it. */
const addedTo = 'said meanwhile';
/** The reaction to a message that is taken in: no sign that could be read as "done". */
const reaction = 'eyes';

class FoldedMessages implements Folding {
  editedAt: number;
  wordsAt: number;
  private readonly taken: Map<string, QuestionRecord>;
  /** The model has said nothing since it was told. */
  private readonly unused: Set<string>;
  private readonly shown: Promise<void>[] = [];
  private readonly params: FoldingParams;
  private readonly held: HeldQuestion;

  constructor(params: FoldingParams, held: HeldQuestion, before: readonly QuestionRecord[]) {
    const { editedAt = 0, wordsAt = 0, folded = [] } = held.lease.record;
    this.params = params;
    this.held = held;
    this.editedAt = editedAt;
    this.wordsAt = wordsAt;
    this.taken = new Map(before.map((record) => [record.question.messageTs, record]));
    this.unused = new Set([...this.taken.keys()].filter((ts) => !folded.includes(ts)));
  }

  get told() {
    return Object.fromEntries(
      [...this.taken].flatMap(([messageTs, { editedAt }]) => (editedAt === undefined ? [] : [[messageTs, editedAt]])),
    );
  }

  get questions() {
    return [...this.taken.values()].map(({ question }) => question);
  }

  async said(): Promise<readonly Words[]> {
    return (await Promise.all(this.questions.map((question) => wordsOfLater(this.params.people, question, addedTo)))).flat();
  }

  /** Where the ledger cannot be reached, the answer goes on without: what was not taken in is a question of its own. */
  async hear(): Promise<readonly Words[]> {
    const { lease, log } = this.held;
    const heard: Words[] = [];
    try {
      const [own, ...later] = await this.params.leases.since(lease.record.question);
      if (!own || own.stopRequestedAt !== undefined || own.withdrawnAt !== undefined) return [];
      if (later.some((one) => this.taken.has(one.question.messageTs) && isUnwanted(one))) {
        this.held.interrupt('stop');
        return [];
      }
      await this.changed(own, later, heard);
      await this.added(later, heard);
    } catch (error) {
      log.warn('folding.failed', { error });
    }
    // What was taken in before an error is told, as nobody else answers it.
    return heard;
  }

  used(): void {
    this.unused.clear();
  }

  async lookAgain(): Promise<Later> {
    const { question, folded = [] } = this.held.lease.record;
    if (this.held.isLost() || this.taken.size + folded.length === 0) return unchanged;
    try {
      const isPart = ({ question: { messageTs } }: QuestionRecord) => this.taken.has(messageTs) || folded.includes(messageTs);
      const records = (await this.params.leases.since(question)).filter(isPart);
      const read = records.filter(({ question }) => !this.unused.has(question.messageTs));
      const isStopped = read.some(isUnwanted);
      if (isStopped) this.held.interrupt('stop');
      return { isStopped, isDeleted: read.some(isDeleted), isEdited: records.some((one) => this.isEdited(one)) };
    } catch (error) {
      this.held.log.warn('folding.failed', { error });
      return unchanged;
    }
  }

  async endingWith(end: FoldedEnd): Promise<readonly Folded[]> {
    const all = this.questions.map((question) => ({ question, isUsed: !this.unused.has(question.messageTs) }));
    if (all.length === 0 || end === 'answered' || end === 'waiting') return all;
    if (end !== 'stopped' && end !== 'unasked') return all.filter(({ isUsed }) => isUsed);
    // What was said after the stop, and not read by then, goes on; so does what was said to what asks nothing any more.
    const records = await this.params.leases.since(this.held.lease.record.question);
    const those = (are: (record: QuestionRecord) => boolean) => new Set(records.filter(are).map(({ question }) => question.messageTs));
    const [stopped, deleted] = [those(isMarked), those(isDeleted)];
    // What was carried out for both is done for both.
    const done = new Set(records[0] && hasBegun(records[0]) ? records[0].folded : []);
    return all.filter(({ question: { messageTs }, isUsed }) => {
      return !deleted.has(messageTs) && (stopped.has(messageTs) || (isUsed && (end === 'stopped' || done.has(messageTs))));
    });
  }

  async shownAll(): Promise<void> {
    await Promise.all(this.shown);
  }

  /** Other words of what the run knows already; told in `heard` at once, whatever fails behind it. */
  private async changed(own: QuestionRecord, later: readonly QuestionRecord[], heard: Words[]): Promise<void> {
    const { editedAt = 0, question } = own;
    if (editedAt > this.editedAt) {
      const words = await this.judged(own, 'edited the question, which now reads');
      if (words) this.editedAt = editedAt;
      heard.push(...(words ?? []));
    }
    for (const record of later) {
      if (!this.isEdited(record)) continue;
      const words = await this.judged(record, 'edited what they said meanwhile, which now reads');
      if (words) this.taken.set(record.question.messageTs, record);
      heard.push(...(words ?? []));
    }
    // Read before what it went into was told of it, it is known all the same.
    if (this.editedAt === editedAt && !later.some((one) => this.isEdited(one))) this.wordsAt = own.wordsAt ?? 0;
    if (heard.length > 0) this.held.log.info('question.steered', { by: 'edit', question: question.id });
  }

  /** It was taken in, and has other words since. */
  private isEdited({ question, state, reason, editedAt = 0 }: QuestionRecord): boolean {
    const known = this.taken.get(question.messageTs);
    return known !== undefined && (state === 'received' || reason === 'folded') && editedAt > (known.editedAt ?? 0);
  }

  /** In the order said: what stays a question, whoever asked it, keeps what comes behind it. */
  private async added(later: readonly QuestionRecord[], heard: Words[]): Promise<void> {
    const { userId } = this.held.lease.record.question;
    for (const record of later) {
      const { question, state } = record;
      const isQueued = (state === 'received' || state === 'running') && !isUnwanted(record);
      if (!isQueued || this.taken.has(question.messageTs)) continue;
      if (question.userId !== userId) {
        if (await this.isForVera(question)) break;
        continue;
      }
      const words = (await this.mayBeFolded(record)) ? await this.judged(record, addedTo) : undefined;
      const folded = words && (await this.held.lease.fold(question.messageTs, record.editedAt));
      if (!words || !folded) break;
      this.taken.set(question.messageTs, record);
      this.unused.add(question.messageTs);
      this.shown.push(this.show(folded));
      this.held.log.info('question.steered', { by: 'message', folded: question.id });
      heard.push(...words);
    }
  }

  /** What needs more than being read by the model that is at work stays a question. */
  private async mayBeFolded({ question, state }: QuestionRecord): Promise<boolean> {
    const { text, botUserId, files, shortcut, isExternal } = question;
    if (this.params.overlap !== 'fold' || state !== 'received' || isExternal || shortcut || files.length > 0) return false;
    if (!saysSomething(asked(question), botUserId) || asksToStop(question) || thanksIn(text, botUserId)) return false;
    return this.isForVera(question);
  }

  private async isForVera(question: Question): Promise<boolean> {
    if (question.followUp === undefined) return true;
    const messages = await readThread(this.params, this.held);
    return messages !== 'gone' && isForVera(question, messages);
  }

  /** Undefined where the guardrail does not let the words pass as they are. */
  private async judged({ question }: QuestionRecord, how: string): Promise<readonly Words[] | undefined> {
    const { judge, people } = this.params;
    const words = await wordsOfLater(people, question, how);
    const texts = words.map(({ text }) => text);
    const read = judge ? (await judgeTexts(judge, texts, this.held.signal)).texts : texts;
    return texts.every((text, index) => text === read[index]) ? words : undefined;
  }

  /** In place of what says that it waits. */
  private async show(folded: QuestionRecord): Promise<void> {
    const { channelId: channel, messageTs: timestamp } = folded.question;
    try {
      await endQueued(this.params.call, folded);
      await this.params.call('reactions.add', { channel, timestamp, name: reaction }, { repeatable: true, patience: 2_000 });
    } catch (error) {
      this.held.log.info('folding.not-shown', { error });
    }
  }
}
