import * as z from 'zod/mini';

export const receiverSecrets = z.object({
  SLACK_SIGNING_SECRET: z.string().check(z.minLength(1)),
  SLACK_BOT_TOKEN: z.string().check(z.startsWith('xoxb-')),
});
