import type { QuestionRecord } from '@vera/ledger/ledger';
import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Connection } from '../accounts/account-desk.ts';
import { toReadableText } from '../thread/read-conversation.ts';
import { accountLines } from './account-words.ts';

export interface StatusFacts {
  readonly userId: string;
  /** Open questions of everybody; undefined: they could not be looked up. */
  readonly records: readonly QuestionRecord[] | undefined;
  readonly connections: readonly Connection[] | 'none' | undefined;
}

/** More than anybody reads; the rest is counted. */
const mostLines = 10;

/** How things stand for one person, in Slack's mark-up: of what others asked only what waits for this person's yes. */
export function statusWords({ userId, records, connections }: StatusFacts): string {
  return [
    'I am up and running.',
    '',
    '*Open for you*',
    ...(records ? openLines(records, userId) : ['I could not look up your questions just now.']),
    '',
    '*Your accounts*',
    ...accountLines(connections).map((line) => `• ${line}`),
  ].join('\n');
}

function openLines(records: readonly QuestionRecord[], userId: string): readonly string[] {
  const lines = records.flatMap((record) => lineOf(record, userId) ?? []);
  if (lines.length === 0) return ['Nothing: no question of yours is open, and nothing waits for your yes.'];
  const more = lines.length - mostLines;
  return [...lines.slice(0, mostLines), ...(more > 0 ? [`… and ${more} more`] : [])];
}

function lineOf(record: QuestionRecord, userId: string): string | undefined {
  const { question, waitsFor } = record;
  const place = question.isDirect ? 'in our direct messages' : `in <#${question.channelId}>`;
  const change = waitsFor?.kind === 'decision' ? record.changes[waitsFor.change] : undefined;
  const isWaiting = record.state === 'waiting';
  if (isWaiting && change?.approvers.includes(userId)) return `• “${quoted(change.title)}” waits for your yes, ${place}`;
  if (question.userId !== userId) return undefined;
  return `• “${quoted(askedIn(record))}” ${isWaiting ? waitingWords(record) : 'is being worked on'}, ${place}`;
}

function waitingWords({ waitsFor }: QuestionRecord): string {
  return waitsFor?.kind === 'account' ? 'waits until you connect an account' : 'waits for an approval';
}

function askedIn({ question }: QuestionRecord): string {
  if (question.shortcut && question.text === '') return 'Ask Vera about this';
  const { botUserId } = question;
  return toReadableText(question.text, (id) => (id === botUserId ? 'Vera' : 'someone')).replace(/^\s*@Vera[\s,:]*/, '');
}

function quoted(text: string): string {
  return escapeText(shorten(text.replace(/\s+/g, ' ').trim(), textLimits.quote)) || '(no words)';
}
