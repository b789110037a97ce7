import type { Question } from '@vera/protocol/question';
import { showWorking } from '@vera/slack/session-status';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { northwind } from '../northwind.ts';

/** The first status, which is there before a worker is. */
export async function shownByReceiver({ slack }: { readonly slack: SlackEmulator }, question: Question): Promise<void> {
  await showWorking(createSlackCalls({ token: northwind.botToken, apiUrl: `${slack.url}/api/` }), question);
}
