import type { Lease } from '@vera/ledger/ledger';
import { unescapeText } from '@vera/protocol/escape-text';
import type { Question } from '@vera/protocol/question';
import { endQueued } from '@vera/slack/queued-mark';
import { isOfTurn, replyMarkOf } from '@vera/slack/reply-mark';
import { endWorking } from '@vera/slack/session-status';
import type { SlackCall } from '@vera/slack/slack-calls';
import { Outgoing, type OutgoingParams } from '../attachments/outgoing.ts';
import { ChangeBook } from '../changes/change-book.ts';
import { endChanges } from '../changes/settle-changes.ts';
import { nameThread } from '../reply/name-thread.ts';
import { ownMessages } from '../reply/own-messages.ts';
import { ReplyWriter } from '../reply/reply-writer.ts';
import { createShowStatus, hiddenStatus, type Status } from '../reply/status.ts';
import { createTableShelf } from '../tables/table-shelf.ts';
import { startSpan, within } from '../tracing/in-span.ts';
import { endFolded } from './end-folded.ts';
import { breakOff, closeStory, waited } from './end-story.ts';
import { enterByShortcut } from './enter-by-shortcut.ts';
import { leaseWith, startFolding } from './folding.ts';
import { isForVera, leaveToPeople } from './follow-up.ts';
import { isOutsider } from './is-outsider.ts';
import { isStop } from './is-stop.ts';
import { clearAway, removeLeftovers, removeRetryButtons } from './leftovers.ts';
import { otherQuestions } from './other-questions.ts';
import { readThread } from './read-thread.ts';
import { Steps } from './steps.ts';
import type { AnswerParams, HeldQuestion, Story, StoryEnd } from './story.ts';
import { isThanks, takeThanks } from './take-thanks.ts';
import { takeTurn } from './take-turn.ts';
import { tellOutside } from './tell-outside.ts';
import { withdrawQuestion } from './withdraw-question.ts';

/** The story of one question, from the lease to the closed record. Rejects only when the ledger cannot be reached. */
export async function answerQuestion(shared: AnswerParams, given: HeldQuestion): Promise<StoryEnd> {
  const call = whileHeld(shared.call, given);
  const params = { ...shared, call, upload: { ...shared.upload, call } };
  await endQueued(call, given.lease.record);
  const ended = await endFolded(params, given);
  if (ended === 'released' || ended === 'left') return ended;
  if (ended) return endingStatus(params, given, ended);
  const folding = await startFolding(params, given);
  const steps = new Steps();
  const held = { ...given, lease: leaseWith(given.lease, folding, steps) };
  if (given.signal.reason === 'withdrawn') return endingStatus(params, held, withdrawQuestion(params, held));
  const entered = held.lease.record.question.shortcut ? await enterByShortcut(params, held) : held;
  return typeof entered === 'string' ? entered : answerEntered(params, entered, { folding, steps });
}

type Begun = Pick<Story, 'folding' | 'steps'>;

async function answerEntered(params: AnswerParams, entered: HeldQuestion, { folding, steps }: Begun): Promise<StoryEnd> {
  const { question: recorded, leg } = entered.lease.record;
  // Whether it is for us is known before anything of it can be seen.
  const known = recorded.followUp && (await readThread(params, entered));
  // Nor does an edit end it without a word where something was proposed: what came of that is told.
  const mayBeLeft = Object.keys(entered.lease.record.changes).length === 0;
  const isThanked = mayBeLeft && known !== 'gone' && (await isThanks(params, entered, known));
  if (mayBeLeft && known && known !== 'gone' && !isForVera(recorded, known))
    return endingStatus(params, entered, leaveToPeople(params, entered, isThanked));
  if (isThanked) return endingStatus(params, entered, takeThanks(params, entered));
  const status = (await isOutOfTurn(params, entered)) ? hiddenStatus : createShowStatus(params.call)(recorded, leg);
  const held = { ...entered, lease: leaseEnding(entered.lease, status) };
  const isFirst = async () => !(await otherQuestions(params, recorded)).some(({ question }) => question.messageTs < recorded.messageTs);
  const naming = leg === 0 ? nameThread(params.call, { question: recorded, status, isFirst, log: held.log }) : undefined;
  const writer = writerFor(params, held, status);
  let outgoing: Outgoing | undefined;
  try {
    const { people } = params;
    const reading = [known ?? readThread(params, held), isOutsider(people, recorded), people.isGuest(recorded.userId)] as const;
    const [messages, isExternal, isGuest] = await Promise.all(reading);
    const question = { ...recorded, isExternal };
    const book = new ChangeBook(held.lease, params.audit);
    if (messages === 'gone') {
      if (question.shortcut) await tellOutside(params, question);
      await endChanges(params, { ...held, question, messages: [], book });
      return await closeStory(params, held, 'failed', 'thread-gone');
    }
    const complete = await clearAway(params, held, messages);
    if (complete) {
      await endChanges(params, { ...held, question, messages, book });
      return await closeStory(params, held, complete, 'found-complete');
    }
    await removeRetryButtons(params, held, messages);
    if (question.shortcut && leg === 0) writer.write(askedWords(question));
    outgoing = outgoingFor(params, held, { messages, begun: writer.begun });
    const budget = params.budgetFor({ ...held, record: held.lease.record });
    const made = { book, tables: createTableShelf(), budget, outgoing, steps };
    return await takeTurn(params, { ...held, question, isGuest, messages, folding, status, writer, ...made });
  } catch (error) {
    return await breakOff(held, writer, error);
  } finally {
    outgoing?.abandon();
    await Promise.all([status.clear(), naming, folding.shownAll()]);
  }
}

/** Ends without a word what the receiver showed that would come; of a follow-up it showed nothing before somebody pressed a button of it. */
async function endingStatus(params: AnswerParams, held: HeldQuestion, end: StoryEnd | Promise<StoryEnd>): Promise<StoryEnd> {
  const { question, leg } = held.lease.record;
  const endStatus = async () => {
    if (!(question.followUp && leg === 0) && !(await isOutOfTurn(params, held))) await endWorking(params.call, question);
  };
  const [how] = await Promise.all([end, endStatus()]);
  // And once more behind its end: until then whoever showed it late finds the question open, and leaves it.
  if (how !== 'released' && how !== 'left') await endStatus();
  return how;
}

/** It is only ended, while an earlier question of its thread, which the status is about, is answered. */
async function isOutOfTurn(params: AnswerParams, { signal, lease }: HeldQuestion): Promise<boolean> {
  if (signal.reason !== 'stop' && signal.reason !== 'withdrawn') return false;
  const { question } = lease.record;
  const others = await otherQuestions(params, question);
  return others.some(
    ({ state, question: { messageTs } }) => messageTs < question.messageTs && (state === 'received' || state === 'running'),
  );
}

/**
 * Its status goes before it is closed: who dies between the two is followed by another, and nobody comes after the end. And once more behind that,
 * as always: the receiver may show it late, and looks only then whether it is closed.
 */
function leaseEnding(lease: Lease, status: Status): Lease {
  return {
    ...lease,
    close: async (...end) => {
      await status.clear();
      return lease.close(...end);
    },
  };
}

/** Nobody sees a click: this says whose it was, and tells them that the answer is here. */
function askedWords({ userId, threadTs, shortcut, text, isDirect }: Question): string {
  if (text !== '') return `<@${userId}> asked: ${unescapeText(text)}\n\n`;
  if (isDirect) return '';
  return `<@${userId}> asked me about ${shortcut?.about === threadTs ? 'this message' : 'a message above'}.\n\n`;
}

/** What belongs to the place of an answer, whoever writes there. */
function placeOf({ call, now, monotonic, pause }: AnswerParams, { lease }: HeldQuestion) {
  const { question, leg } = lease.record;
  const target = {
    channel: question.channelId,
    threadTs: question.threadTs,
    recipientUserId: question.userId,
    recipientTeamId: question.userTeamId,
  };
  return {
    call,
    now,
    monotonic,
    pause,
    target,
    messageTs: question.messageTs,
    botUserId: question.botUserId,
    mark: { question: question.id, leg },
  };
}

/** Whoever took over has looked through the thread already, and would not find a message that came since. */
async function noteMessage(params: AnswerParams, held: HeldQuestion, ts: string, digest?: string): Promise<void> {
  const { lease, interrupt } = held;
  if (await lease.noteReply(ts, digest)) return;
  interrupt('lease-lost');
  if (!(await isCounted(params, held, ts))) await removeLeftovers(params, lease.record.question.channelId, [ts]);
  throw new LeaseLostError('another worker has taken over');
}

/** Whether somebody closed the question over this very message: it is the outcome then, however late we learnt that it is there. */
async function isCounted(params: AnswerParams, held: HeldQuestion, ts: string): Promise<boolean> {
  const { question, leg } = held.lease.record;
  const record = (await params.leases.thread(question)).find(({ question: { id } }) => id === question.id);
  if (record?.closedAt === undefined) return false;
  const marks = (await ownMessages(placeOf(params, held))).map((message) => ({ ts: message.ts, mark: replyMarkOf(message) }));
  const outcomes = marks.filter(({ mark }) => isOfTurn(mark, { question: question.id, leg }) && mark?.outcome !== undefined);
  return outcomes.length === 1 && outcomes[0]?.ts === ts;
}

function outgoingFor(params: AnswerParams, held: HeldQuestion, known: Pick<OutgoingParams, 'messages' | 'begun'>): Outgoing {
  const { upload } = params;
  const { beside = [], replies } = held.lease.record;
  const stands = new Set(known.messages.map(({ ts }) => ts).filter((ts) => !replies.includes(ts)));
  const files = beside.filter(({ ts }) => stands.has(ts)).map(({ digest }) => digest);
  const onOpen = (ts: string, digest?: string) => noteMessage(params, held, ts, digest);
  return new Outgoing({ ...placeOf(params, held), ...known, files, upload, log: held.log, onOpen });
}

function writerFor(params: AnswerParams, held: HeldQuestion, status: Status): ReplyWriter {
  const { log, lost } = held;
  const writer = new ReplyWriter({
    ...placeOf(params, held),
    placeholder: status.placeholder,
    foreign: async () => (await otherQuestions(params, held.lease.record.question)).flatMap(({ replies }) => replies),
    async onOpen(ts, how) {
      log.info('reply.started', { how, ts, milliseconds: params.now() - held.lease.record.receivedAt, ...waited(held.lease) });
      await noteMessage(params, held, ts);
    },
    isStop: () => isStop(params, held),
  });
  lost.addEventListener('abort', () => writer.abandon());
  return writer;
}

/** Another worker goes on with the question, or may any moment. */
class LeaseLostError extends Error {
  readonly code = 'lease-lost';
}

/** Slack for as long as a question is held: once it is lost nothing more is written, nor tried again. */
function whileHeld(call: SlackCall, { lost, isLost }: Pick<HeldQuestion, 'lost' | 'isLost'>): SlackCall {
  return async (method, args, policy) => {
    if (isWrite(method, args) && isLost()) throw new LeaseLostError(`${method} came too late`);
    const calling = () => call(method, args, { ...policy, signal: lost });
    return untold.has(method) ? calling() : within(startSpan(`slack ${method}`), calling);
  };
}

/** Many a question, and of no interest each. */
const untold: ReadonlySet<string> = new Set(['chat.appendStream', 'assistant.threads.setStatus', 'users.info']);

/** What came too late is taken away whoever holds the question; a stream, or a status, that is ended without a word says nothing more. */
function isWrite(method: string, { chunks, metadata, status }: Readonly<Record<string, unknown>>): boolean {
  if (status === 'active' || status === '') return false;
  if (/^(?:conversations|users|search)\.|\.(?:delete|info)$/.test(method)) return false;
  return method !== 'chat.stopStream' || chunks !== undefined || metadata !== undefined;
}
