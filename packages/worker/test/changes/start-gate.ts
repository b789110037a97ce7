import type { AccessToken } from '@vera/accounts/access-token';
import type { Change } from '@vera/protocol/change';
import { decisionActionIds, readDecisionValue } from '@vera/protocol/decision';
import type { Question } from '@vera/protocol/question';
import { changeMarkOf } from '@vera/slack/change-card';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { expect } from 'vitest';
import type { PersonAccounts } from '../../src/accounts/person-accounts.ts';
import type { Audit } from '../../src/changes/change-book.ts';
import { AccountRefused, type PersonRead, type PersonWrite } from '../../src/tools/person-tool.ts';
import { type RecoveryKind, ToolFailure } from '../../src/tools/tool.ts';
import { type ScriptedOptions, startScripted } from '../questions/start-scripted.ts';

export interface Written {
  readonly token: string;
  readonly args: unknown;
}

type Perform = (written: Written, signal: AbortSignal) => Promise<void> | void;

interface TrackerOptions {
  /** What each note holds already. */
  readonly before?: string | undefined;
  readonly noteTitle?: string | undefined;
  readonly recovery?: RecoveryKind;
  /** Once it is written, and nobody was told. */
  readonly after?: (() => Promise<void>) | undefined;
}

/** A tracker in which people write notes, each in their own name. */
export function tracker(
  perform: Perform = () => {},
  { before, noteTitle = 'Write a note', recovery = 'unknown', after }: TrackerOptions = {},
) {
  const written: Written[] = [];
  const keys: string[] = [];
  const effectOf = (count: number) => ({
    text: `Note ${count} is there.`,
    link: { title: `NOTE-${count}`, url: 'https://tracker.test/1' },
  });
  const writeNote: PersonWrite = {
    kind: 'write',
    name: 'write_note',
    description: 'Writes a note',
    title: 'Preparing a note',
    provider: 'atlassian',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    async propose(input, { token }) {
      if (token.startsWith('ended')) throw new AccountRefused('The tracker does not take this account.');
      const { text } = input as { text: string };
      if (text === 'refuse me') throw new ToolFailure('A note has to say something else.');
      const field = before === undefined ? { field: 'Text', after: text } : { field: 'Text', before, after: before + text };
      return { title: noteTitle, system: 'Tracker', changes: [field], args: { text } };
    },
    async perform(args, { token }, signal, key) {
      const one = { token, args };
      // A tracker that keeps keys makes nothing of one it has.
      if (recovery === 'repeatable' && keys.includes(key)) return effectOf(keys.indexOf(key) + 1);
      await perform(one, signal);
      written.push(one);
      keys.push(key);
      await after?.();
      return effectOf(written.length);
    },
    recovery:
      recovery === 'checkable'
        ? { kind: recovery, look: async (_, __, ___, key) => (keys.includes(key) ? effectOf(keys.indexOf(key) + 1) : 'not-done') }
        : { kind: recovery },
  };
  const readNotes: PersonRead = {
    kind: 'read',
    name: 'read_notes',
    description: 'Reads notes',
    title: 'Reading notes',
    provider: 'atlassian',
    inputSchema: { type: 'object', properties: {} },
    async read(_, { token }) {
      if (token.startsWith('ended')) throw new AccountRefused('The tracker does not take this account.');
      return `notes of ${token}`;
    },
  };
  const countNotes: PersonRead = { ...readNotes, name: 'count_notes', withoutAccount: 'Count otherwise.', read: async () => '3' };
  return { written, keys, tools: [writeNote, readNotes, countNotes] };
}

export interface GateOptions extends ScriptedOptions, TrackerOptions {
  readonly perform?: Perform;
  readonly tokens?: Map<string, AccessToken>;
  /** What comes after a token that was refused. */
  readonly renewed?: Map<string, AccessToken>;
  readonly approvers?: readonly string[];
}

/** An audit log that takes everything. */
export const audit: Audit = { note: async () => true, content: 'metadata' };

/** Of a worker that has its question. */
export const held = { lost: new AbortController().signal, isLost: () => false };

export const tokenOf = (userId: string): AccessToken => ({ kind: 'token', token: `token of ${userId}`, accountId: userId, sites: [] });

/** A worker whose model follows a script, with people who have accounts at the tracker. */
export async function startGate(
  script: Parameters<typeof startScripted>[0],
  {
    perform,
    before,
    noteTitle,
    recovery,
    after,
    tokens = new Map(['UANN', 'UBOB'].map((id) => [id, tokenOf(id)])),
    approvers = [],
    renewed = new Map<string, AccessToken>(),
    ...options
  }: GateOptions = {},
) {
  const notes = tracker(perform, { before, noteTitle, after, ...(recovery ? { recovery } : {}) });
  const links: string[] = [];
  const broughtBack: Question[] = [];
  const accounts: PersonAccounts = {
    async accessTokenOf({ userId }, _, refused) {
      const found = tokens.get(userId) ?? { kind: 'not-connected' };
      if (found.kind === 'token' && found.token === refused) tokens.set(userId, renewed.get(userId) ?? { kind: 'expired' });
      return tokens.get(userId) ?? found;
    },
    tools: notes.tools,
    approvers,
    sendLink: async ({ userId }, need) => void links.push(`${userId}: ${need}`),
    bringBack: async (question) => void broughtBack.push(question),
  };
  const worker = await startScripted(script, { accounts, ...options });
  const cards = ({ channelId, threadTs }: Question) =>
    worker.slack.messages(channelId, threadTs).filter((message) => changeMarkOf(message));
  return {
    ...worker,
    accounts,
    notes,
    tokens,
    links,
    broughtBack,
    cards,
    /** What a person reads on a card. */
    cardText: (question: Question) =>
      cards(question)
        .map(({ blocks }) => JSON.stringify(blocks))
        .join('\n'),
    async asked(text = '<@UVERA> write it down', changes: Partial<Question> = {}): Promise<Question> {
      const question = await worker.ask({ text, ...(changes.userId ? { user: changes.userId } : {}) }, changes);
      await worker.intake.accept(question);
      return question;
    },
    /** Once it waits for a person. */
    async waits(question: Question): Promise<Change | undefined> {
      await expect.poll(async () => (await worker.recordOf(question))?.state, { timeout: 30_000, interval: 10 }).toBe('waiting');
      await expect.poll(() => worker.health.ping().status, { timeout: 30_000, interval: 5 }).toBe('Healthy');
      return Object.values((await worker.recordOf(question))?.changes ?? {}).at(-1);
    },
    /** A person presses a button of the newest card; the receiver's part is done by the ledger. */
    async press(question: Question, verdict: 'approve' | 'deny', { userId = 'UANN', reason }: { userId?: string; reason?: string } = {}) {
      const decision = readDecisionValue(buttonValue(cards(question).at(-1), decisionActionIds[verdict]));
      if (!decision) throw new Error('There is no such button');
      const { teamId, channelId, threadTs } = question;
      const place = { kind: 'decision', teamId, channelId, threadTs, userId, verdict } as const;
      const answer = await worker.decisions.decide({ ...place, ...decision, ...(reason === undefined ? {} : { reason }) });
      if (answer.kind === 'decided') await worker.intake.accept(answer.question);
      return answer;
    },
  };
}

function buttonValue(card: SlackMessage | undefined, actionId: string): string {
  const actions = card?.blocks?.find(({ type }) => type === 'actions') as { elements: { action_id: string; value: string }[] } | undefined;
  return actions?.elements.find(({ action_id }) => action_id === actionId)?.value ?? '';
}
