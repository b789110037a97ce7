import type { QuestionRecord } from '@vera/ledger/ledger';
import { spentIn } from '../../src/cost/spent/spent.ts';
import type { LogLine } from '../../src/logs/read-log.ts';
import type { ReportParams } from '../../src/report/report.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 30, 15);
const period = { from: Date.UTC(2026, 10, 24), until: now };
const people = ['U04MAYA', 'U04TOMAS', 'U04PRIYA', 'U04LENA', 'U04SAM'];
const channels = ['C04PAY', 'C04OPS', 'C04HR'];

/** A week at a company, the same each time. */
export function demoWeek(more: Partial<ReportParams> = {}): ReportParams {
  const records = Array.from({ length: 84 }, (_, index) => recordOf(index));
  const lines = records.flatMap((record, index) => linesOf(record, index));
  const seconds = records.map(({ question, receivedAt: at }) => ({ sessionId: question.id, at, cpuHours: 5 / 3600, gigabyteHours: 0.13 }));
  const usage = { seconds, completeUntil: now - 3 * 3_600_000, latestBy: 0, unreadable: 0 };
  const spent = spentIn({ period, now, records, usage, platform: 'v2' });
  return { period, now, records, lines, spent, nameOf: (id) => id, withText: false, unseen: [], ...more };
}

function recordOf(index: number): QuestionRecord {
  const receivedAt = period.from + Math.floor(index / 12) * day + (8 + (index % 6)) * 3_600_000 + (index % 12) * 180_000;
  const state = ({ 7: 'failed', 23: 'stopped', 41: 'refused', 58: 'failed' } as const)[index] ?? 'answered';
  const isOpen = index === 83;
  const question = {
    id: `q-${index}`,
    teamId: 'T04',
    userId: people[(index * 7 + Math.floor(index / 4)) % people.length],
    channelId: channels[Math.floor(index / 3) % 5 > 2 ? 0 : index % channels.length],
    isDirect: index % 9 === 0,
    text: index % 7 === 0 ? 'What is our <b>travel policy</b> for Japan?' : 'Who is on call for payments?',
  } as QuestionRecord['question'];
  return {
    question,
    state: isOpen ? 'running' : state,
    receivedAt,
    ...(isOpen ? {} : { closedAt: receivedAt + 40_000 }),
    tokens: 30_000 + (index % 5) * 9_000,
    microDollars: 80_000 + (index % 5) * 21_000,
    calls: 3,
    feedback: ratings(index),
    ...(index % 21 === 0 ? { feedbackReasons: { [people[0] ?? '']: 'The policy is older than that.' } } : {}),
    ...(state === 'failed' ? { reason: 'model' } : {}),
    ...(state === 'refused' ? { reason: 'over-budget' } : {}),
  } as QuestionRecord;
}

function ratings(index: number): QuestionRecord['feedback'] {
  if (index % 21 === 0) return { U04MAYA: 'bad' };
  return index % 5 === 0 ? { U04SAM: 'good' } : {};
}

function linesOf({ question, state }: QuestionRecord, index: number): LogLine[] {
  const entries = [
    { event: 'status.told', milliseconds: 120 + (index % 10) * 40 },
    { event: 'question.leased' },
    ...toolsOf(index).map((call) => ({ event: 'tool.called', milliseconds: 400 + (index % 8) * 120, ...call })),
    { event: 'reply.started', milliseconds: 2_400 + (index % 11) * 350 },
    ...(state === 'answered' ? [{ event: 'question.answered', milliseconds: 9_000 + (index % 13) * 1_700 }] : []),
  ];
  return entries.map((entry, at) => {
    return { component: 'worker', at, id: `${index}-${at}`, message: '', entry: { question: question.id, ...entry } };
  });
}

function toolsOf(index: number): Readonly<Record<string, unknown>>[] {
  if (index % 7 === 0) return [{ tool: 'search_knowledge_base', status: 'success' }];
  if (index % 16 === 1) return [];
  return [
    { tool: 'search_knowledge_base', status: 'success', read: [{ title: 'On call' }] },
    ...(index % 3 === 0 ? [{ tool: 'gateway_pagerduty___list_oncalls', status: index % 12 === 0 ? 'error' : 'success' }] : []),
    ...(index % 4 === 0 ? [{ tool: 'gateway_jira___searchIssues', status: 'success' }] : []),
  ];
}
