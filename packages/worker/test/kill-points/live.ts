import { saidIn } from '@vera/audit/line';
import type { QuestionRecord } from '@vera/ledger/ledger';
import type { Question } from '@vera/protocol/question';
import { cardIn, changeMarkOf } from '@vera/slack/change-card';
import { replyMarkOf } from '@vera/slack/reply-mark';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { PersonWrite } from '../../src/tools/person-tool.ts';
import type { RecoveryKind, Tool } from '../../src/tools/tool.ts';
import { tracker } from '../changes/start-gate.ts';
import { Mortal } from './mortal.ts';
import type { startWorld } from './start-world.ts';

type World = Awaited<ReturnType<typeof startWorld>>;

export interface Life {
  readonly asks: string;
  /** Said while something is looked up for it. */
  readonly adds?: string;
  /** What the question is edited to while its first card waits. */
  readonly edits?: string;
  readonly recovery?: RecoveryKind;
}

/** What became of a question: what people see, and what was done. */
export interface Lived {
  readonly state: string;
  /** Of the answer, without cards. */
  readonly text: string;
  readonly cards: readonly string[];
  /** Messages that end it. */
  readonly outcomes: number;
  /** Messages that still claim to be written. */
  readonly unfinished: number;
  readonly written: number;
  /** How what was added ended, and whether it has an end that people see. */
  readonly added: string;
  /** What the audit log lacks of what is on record, or has twice. */
  readonly unlike: string;
}

export interface Run {
  readonly lived: Lived;
  readonly passed: readonly string[];
  readonly hasDied: boolean;
}

const longEnough = 21_000;

/** Asks once, says yes where that is asked for, and lets a worker die at one point; a second one goes on once the lease ran out. */
export async function live(world: World, { asks, adds, edits, recovery = 'checkable' }: Life, diesAt?: string): Promise<Run> {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const ledger = world.ledgerAt(now);
  const notes = tracker(undefined, { recovery });
  const question = world.ask(asks);
  const added = adds === undefined ? [] : [world.ask(adds, question.threadTs)];
  const tool: Tool = {
    ...lookUp,
    async run(...given) {
      for (const one of added) {
        await ledger.inbox.record(one);
        void working.accept(one);
      }
      return lookUp.run(...given);
    },
  };
  const made = { now, tool, write: notes.tools[0] as PersonWrite };
  await ledger.inbox.record(question);
  const newWords = edits === undefined ? [] : [{ ...question, text: edits }];
  const mortal = new Mortal(diesAt);
  let hasDied = false;
  void mortal.died.then(() => {
    hasDied = true;
  });
  let working = world.processOf('first', mortal, made);
  void working.accept(question);
  const toFirst = await goOn({ ...ledger, question, newWords, worker: working, hasDied: () => hasDied });
  if (toFirst === 'died') {
    ahead += longEnough;
    working = world.processOf('second', new Mortal(), made);
    const passOn = async (record: QuestionRecord) => {
      const sent = record.state === 'waiting' ? undefined : await ledger.overdue.claim(record, now() + longEnough, 'send');
      if (sent) await working.accept(sent.question);
      return sent !== undefined;
    };
    await goOn({ ...ledger, question, newWords, worker: working, hasDied: () => false, passOn });
  }
  const records = await ledger.leases.thread(question);
  const unlike = unlikeIn(await actsOf(world, question), records);
  return { lived: { ...livedOf(world, records, notes), unlike: unlike.join(', ') }, passed: mortal.passed, hasDied };
}

type Ledger = ReturnType<World['ledgerAt']>;

interface Watched extends Ledger {
  /** The first one of its thread. */
  readonly question: Question;
  /** What it still will be edited to. */
  readonly newWords: Question[];
  readonly worker: ReturnType<World['processOf']>;
  readonly hasDied: () => boolean;
  /** The sweeper's part: false where it has to look again. */
  readonly passOn?: (record: QuestionRecord) => Promise<boolean>;
}

/** Until all are closed, or the worker died. Whoever asked says yes as soon as a card waits for them. */
async function goOn({ worker, hasDied, passOn, question, newWords, ...ledger }: Watched): Promise<'closed' | 'died'> {
  const passedOn = new Set<string>();
  for (; ; await new Promise((resolve) => setTimeout(resolve, 2))) {
    if (hasDied()) return 'died';
    if (!worker.isIdle()) continue;
    // One after the other, as a thread goes.
    const record = (await ledger.leases.thread(question)).find((one) => !isClosed(one));
    if (!record) return 'closed';
    if (record.state === 'waiting') {
      const goesOn = await answerCard(ledger, record, newWords.pop());
      if (goesOn) void worker.accept(goesOn);
    } else if (passOn && !passedOn.has(record.question.id) && (await passOn(record))) passedOn.add(record.question.id);
  }
}

/** Whoever asked edits their question, else says yes. Gives what is to be brought to a worker then. */
async function answerCard(
  { inbox, decisions }: Ledger,
  record: QuestionRecord,
  edited: Question | undefined,
): Promise<Question | undefined> {
  if (edited) return (await inbox.edit(edited))?.woken;
  const decided = await decisions.decide(clickOn(record));
  return decided.kind === 'decided' ? record.question : undefined;
}

function isClosed({ state }: QuestionRecord): boolean {
  return !['received', 'running', 'waiting'].includes(state);
}

function clickOn({ question: { teamId, channelId, threadTs, messageTs, userId }, changes }: QuestionRecord) {
  const change = Object.values(changes).find(({ state }) => state === 'proposed');
  if (!change) throw new Error('It waits, and there is no card');
  const place = { kind: 'decision', teamId, channelId, threadTs, messageTs, userId } as const;
  return { ...place, change: change.id, hash: change.hash, verdict: 'approve' as const };
}

function livedOf({ slack }: World, [record, added]: readonly QuestionRecord[], notes: { readonly written: readonly unknown[] }) {
  if (!record) throw new Error('Nothing was asked');
  const { channelId, threadTs, botUserId } = record.question;
  const ours = slack.messages(channelId, threadTs).filter(({ user }) => user === botUserId);
  const said = ours.filter((message) => changeMarkOf(message) === undefined);
  return {
    state: record.state,
    // Where a message ends and the next begins may differ.
    text: said
      .map(({ markdown, text }) => markdown ?? text)
      .join(' ')
      .replace(/\s+/g, ' '),
    cards: Object.values(record.changes).map((change) => `${change.state}: ${cardIn(ours, botUserId, change.id) === change.cardTs}`),
    outcomes: outcomesOf(record, said),
    unfinished: ours.filter(({ streaming_state }) => streaming_state === 'in_progress').length,
    written: notes.written.length,
    added: added ? `${added.state} ${added.reason} ${outcomesOf(added, said)}` : '',
  };
}

interface Told {
  readonly act: string;
  readonly outcome: string;
  readonly change?: string | undefined;
}

async function actsOf(world: World, { id }: Question): Promise<readonly Told[]> {
  return (await world.lines()).flatMap((line) => {
    const said = saidIn(line);
    return said?.question === id ? [said] : [];
  });
}

/** That it begins may be there twice: a worker died in between, and the next one took it up. */
function unlikeIn(acts: readonly Told[], [record]: readonly QuestionRecord[]): string[] {
  const names = acts.map(({ act, outcome, change = '' }) => `${act} ${outcome} ${change}`.trim());
  const twice = names.filter((name, at) => names.indexOf(name) < at && !name.startsWith('change begun'));
  const due = Object.values(record?.changes ?? {}).flatMap(({ id, state }) => [
    `change ${state} ${id}`,
    ...(['done', 'unknown'].includes(state) ? [`change begun ${id}`] : []),
  ]);
  const lacking = [...due, `question ${record?.state}`].filter((name) => !names.includes(name));
  // Each life has changes of its own.
  return [...twice.map((name) => `twice ${name}`), ...lacking.map((name) => `lacks ${name}`)].map((one) =>
    one.replace(/ [\da-f]{32}$/, ''),
  );
}

function outcomesOf({ question: { id } }: QuestionRecord, said: readonly SlackMessage[]): number {
  return said.filter((message) => replyMarkOf(message)?.question === id && replyMarkOf(message)?.outcome !== undefined).length;
}

const lookUp: Tool = {
  name: 'look_up',
  title: 'Looking it up',
  description: 'Looks it up',
  inputSchema: { type: 'object', properties: {} },
  run: async () => ({ text: 'Ann is on call.', isError: false }),
};
