import * as z from 'zod';

const usualStopMinutes = 5;
const seconds = z.int().min(60).max(28_800);

/** AgentCore: 60–28,800 s each. */
export const sessionSchema = z
  .strictObject({
    scope: z.enum(['thread', 'channel', 'user', 'workspace']).default('thread'),
    idleSeconds: seconds.default(900),
    lifetimeSeconds: seconds.default(28_800),
    /**
     * How long all its questions must be answered before a session is stopped; it ends by its idle time otherwise, and is billed until then. Five
     * minutes where nothing is said, if it idles for longer.
     */
    stopAfterMinutes: z.union([z.int().min(1).max(480), z.literal('never')]).optional(),
  })
  .transform(({ stopAfterMinutes, ...times }) => ({
    ...times,
    stopAfterMinutes: stopAfterMinutes ?? (isStoppedInTime(usualStopMinutes, times) ? usualStopMinutes : ('never' as const)),
  }));

/** One that idles for so long is gone by itself. */
export function isStoppedInTime(minutes: number, { idleSeconds }: { readonly idleSeconds: number }): boolean {
  return minutes * 60 < idleSeconds;
}
