import { testWorkspace } from '@vera/page/test/test-workspace';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { listen } from '@vera/stand-in-kit/listen';
import { expect, test } from 'vitest';
import { subscribeApp } from '../src/subscribe-app.ts';

/** A receiver that fails the first times it is asked, as one does whose cold start takes too long. */
async function slowReceiver(failures: number) {
  const asked: string[] = [];
  const app = await listen(async (request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    if (request.method === 'GET') return new Response(null, { status: 401 });
    const { challenge } = (await request.json()) as { readonly challenge: string };
    return asked.length <= failures + 1 ? new Response('busy', { status: 502 }) : Response.json({ challenge });
  });
  return { ...app, asked };
}

test('a receiver on a busy machine is woken, and then asked until it answers', async () => {
  await using slack = await createSlackEmulator({ workspace: testWorkspace });
  await using app = await slowReceiver(3);
  await subscribeApp(slack, app.url);
  expect(app.asked).toEqual(['GET /', ...Array.from({ length: 4 }, () => 'POST /slack/events')]);
});

test('one that never answers is told in a sentence', async () => {
  await using slack = await createSlackEmulator({ workspace: testWorkspace });
  await using app = await slowReceiver(99);
  await expect(subscribeApp(slack, app.url)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/asked 5 times.*status 502/),
  });
});
