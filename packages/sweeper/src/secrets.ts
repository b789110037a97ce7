import * as z from 'zod/mini';

export const sweeperSecrets = z.object({ SLACK_BOT_TOKEN: z.string().check(z.startsWith('xoxb-')) });
