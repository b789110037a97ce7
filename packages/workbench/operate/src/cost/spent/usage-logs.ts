import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import type { Period } from '../period.ts';

/** What AgentCore says that it bills, as far as it was read. */
export interface Usage {
  readonly seconds: readonly UsedSecond[];
  /** What came later than this may still be missing; nothing before it is, as far as anybody can tell. Epoch milliseconds. */
  readonly completeUntil: number;
  /** How much later than it happened the latest one came, in milliseconds. */
  readonly latestBy: number;
  /** Entries of another shape. */
  readonly unreadable: number;
}

/** Of one session; mostly one second of it. */
export interface UsedSecond {
  readonly sessionId: string;
  readonly at: number;
  readonly cpuHours: number;
  readonly gigabyteHours: number;
}

/** AWS says up to an hour (observability-runtime-metrics in the developer guide); some came after two. */
const usuallyLateBy = 3 * 3_600_000;

/** As AgentCore writes it, seen in logs that people published; the time is a number or a text. */
const entrySchema = z.object({
  event_timestamp: z.coerce.number(),
  attributes: z.object({ 'session.id': z.string(), time_elapsed_seconds: z.number().optional() }),
  metrics: z.object({ 'agent.runtime.vcpu.hours.used': z.number(), 'agent.runtime.memory.gb_hours.used': z.number() }),
});

/** Written by CloudWatch once, when a delivery is made. */
const isNoEntry = (message: string) => message.startsWith('Permissions are set correctly');

/** Page by page: a page may be empty and not be the last. An entry may be delivered twice, and counts once. */
export async function readUsage(client: CloudWatchLogsClient, logGroupName: string, { from, until }: Period, now: number): Promise<Usage> {
  const seen = new Map<string, UsedSecond>();
  let [unreadable, latestBy] = [0, 0];
  let nextToken: string | undefined;
  do {
    const asked = { logGroupName, startTime: from, endTime: until - 1, nextToken };
    const { events = [], nextToken: next } = await client.send(new FilterLogEventsCommand(asked));
    for (const { message = '', timestamp = 0, ingestionTime = timestamp } of events) {
      if (isNoEntry(message)) continue;
      const used = usedIn(message);
      if (used) seen.set(used.key, used.second);
      else unreadable += 1;
      latestBy = Math.max(latestBy, ingestionTime - timestamp);
    }
    nextToken = next;
  } while (nextToken);
  return { seconds: [...seen.values()], completeUntil: Math.min(until, now - Math.max(usuallyLateBy, latestBy)), latestBy, unreadable };
}

function usedIn(message: string): { readonly key: string; readonly second: UsedSecond } | undefined {
  const parsed = entrySchema.safeParse(jsonIn(message));
  if (!parsed.success) return undefined;
  const { event_timestamp: at, attributes, metrics } = parsed.data;
  const { 'session.id': sessionId, time_elapsed_seconds: elapsed } = attributes;
  const { 'agent.runtime.vcpu.hours.used': cpuHours, 'agent.runtime.memory.gb_hours.used': gigabyteHours } = metrics;
  return { key: [sessionId, at, elapsed, cpuHours, gigabyteHours].join(' '), second: { sessionId, at, cpuHours, gigabyteHours } };
}

function jsonIn(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
