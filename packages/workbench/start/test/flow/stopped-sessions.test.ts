import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { expect, test } from 'vitest';
import { platform, startTestSystem } from '../support/test-system.ts';

// On Lambda there are none.
test.skipIf(platform === 'lambda')('a session that is done is stopped, and the thread goes on in a new one', async () => {
  await using system = await startTestSystem(
    scriptedModel(() => 'Fine.'),
    { timings: { receiverGrace: 2, sweeperGrace: 10, lease: 20, heartbeat: 1, stopAfter: 1 } },
  );
  const ends: unknown[] = [];
  system.agentCore.onSession(({ state, end, exit }) => {
    if (state === 'ended') ends.push({ end, exit });
  });
  const asked = system.ask({ text: 'hello' });
  await system.answered(asked);
  await system.until(() => ends.length === 1, 'the end of the session');
  expect(ends).toEqual([{ end: 'stopped', exit: 'exit status 0' }]);
  expect(system.agentCore.sessions).toEqual([]);
  const next = system.ask({ text: 'and on', threadTs: asked.ts });
  expect(system.text(await system.answered(next))).toContain('Fine.');
});
