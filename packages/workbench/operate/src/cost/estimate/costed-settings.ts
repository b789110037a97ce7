import * as z from 'zod';

/** What of the settings costs money; as `pnpm settings` prints them, defaults included. */
export const costedSettingsSchema = z.object({
  model: z.object({ id: z.string(), profiles: z.record(z.string(), z.string()) }),
  memory: z.enum(['on', 'off']),
  worker: z.object({ on: z.enum(['agentcore', 'lambda']), memoryMegabytes: z.number() }),
  platform: z.enum(['v1', 'v2']),
  session: z.object({ idleSeconds: z.number(), stopAfterMinutes: z.union([z.number(), z.literal('never')]) }),
  network: z.looseObject({ mode: z.enum(['public', 'vpc']) }),
  questions: z.object({ lookSeconds: z.number().optional() }),
  invoker: z.object({ memoryMegabytes: z.number() }),
  receiver: z.object({ memoryMegabytes: z.number() }),
  sweeper: z.object({ memoryMegabytes: z.number() }),
  gateway: z.looseObject({}).optional(),
  knowledgeBases: z.array(z.looseObject({})),
  keyArn: z.string().optional(),
  front: z.looseObject({}).optional(),
  tracing: z.enum(['vera', 'off']),
  tracedShare: z.number(),
  usageLogs: z.enum(['on', 'off']),
});
export type CostedSettings = z.infer<typeof costedSettingsSchema>;

/** The sweeper comes each minute: half of that until it stops a session that is over. */
const sweep = 30;

/** How long a session idles after its last answer. */
export function idleSecondsOf({ session }: Pick<CostedSettings, 'session'>): number {
  const { stopAfterMinutes, idleSeconds } = session;
  return stopAfterMinutes === 'never' ? idleSeconds : Math.min(idleSeconds, stopAfterMinutes * 60 + sweep);
}
