import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { expect, test } from 'vitest';
import { names } from '../../src/names.ts';
import { startTestSystem } from '../support/test-system.ts';

test('whoever asks sees within a second that an answer comes, though no worker has begun, and nothing of it once it is there', {
  timeout: 60_000,
}, async () => {
  await using system = await startTestSystem(scriptedModel(() => 'Bob.'));
  // As long as a session takes to start.
  system.lambda.disturb(({ functionName }) => (functionName === names.invoker ? { delayMilliseconds: 2_500 } : undefined));
  const asked = system.ask({ text: 'who is on call?' });
  const status = () => system.slack.session(asked.channel, asked.threadTs)?.status;
  const taken = () => system.slack.deliveries.find(({ eventType }) => eventType === 'app_mention')?.status;
  await system.until(() => taken() === 200, 'the receiver’s answer');
  await sleep(1_000);
  expect(status()).toBe('processing');
  expect(system.log.filter(({ service }) => service === 'worker').map(({ question }) => question)).not.toContain(asked.id);
  await system.answered(asked);
  await expect.poll(status).toBe('active');
});
