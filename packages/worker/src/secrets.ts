import * as z from 'zod/mini';

export const workerSecrets = z.object({ SLACK_BOT_TOKEN: z.string().check(z.startsWith('xoxb-')) });
