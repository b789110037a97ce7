import { readFileSync } from 'node:fs';
import type { QuestionRecord } from '@vera/ledger/ledger';
import * as z from 'zod';
import { assumedQuestion } from '../cost/estimate/assumed.ts';
import { UsageError } from '../usage-error.ts';
import type { Asked } from './replay.ts';

const moment = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);

/** One line of a log; what is not said is assumed. */
const lineSchema = z.strictObject({
  at: moment,
  seconds: z.number().positive().default(assumedQuestion.seconds),
  cpuSeconds: z.number().nonnegative().default(assumedQuestion.cpuSeconds),
  user: z.string(),
  channel: z.string(),
  thread: z.string(),
  team: z.string().default('T'),
});

/** A traffic log: a line of JSON for each question, in any order. */
export function trafficIn(file: string): readonly Asked[] {
  return linesOf(file).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = lineSchema.safeParse(jsonOf(line));
    if (!parsed.success) throw new UsageError(`--log ${file}, line ${index + 1}: ${z.prettifyError(parsed.error)}\n${example}`);
    const { at, seconds, cpuSeconds, user, channel, thread, team } = parsed.data;
    return [{ teamId: team, channelId: channel, threadTs: thread, userId: user, at, until: at + seconds * 1_000, cpuSeconds }];
  });
}

const example =
  'A line is {"at":"2026-11-30T09:12:00Z","user":"U1","channel":"C1","thread":"1764494000.1"}, and perhaps seconds and cpuSeconds.';

/** What the ledger knows of who was answered, from when to when; what never began, or went with another question, took no session. */
export function trafficOf(records: readonly QuestionRecord[]): readonly Asked[] {
  return records.flatMap(({ question, startedAt, closedAt, foldedInto }) => {
    if (startedAt === undefined || closedAt === undefined || foldedInto !== undefined) return [];
    const { teamId, channelId, threadTs, userId } = question;
    return [{ ...{ teamId, channelId, threadTs, userId }, at: startedAt, until: closedAt, cpuSeconds: assumedQuestion.cpuSeconds }];
  });
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    throw new UsageError(`--log ${file}: there is no such file to read.`);
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
