import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { listen } from '@vera/stand-in-kit/listen';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

it('serves a bot it knows nothing of: what a person writes or clicks arrives, what the bot says is told', async () => {
  const texts: string[] = [];
  const clicked: unknown[] = [];
  await using bot = await listen(async (request) => {
    const text = await request.text();
    if (text.startsWith('payload=')) {
      clicked.push(JSON.parse(new URLSearchParams(text).get('payload') ?? '').actions[0].value);
      return new Response();
    }
    const body = JSON.parse(text) as { challenge?: string; event?: { text?: string } };
    if (body.event?.text) texts.push(body.event.text);
    return new Response(body.challenge ?? '');
  });
  const slack = spawn(process.execPath, [main, '--events', bot.url], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: Record<string, unknown>[] = [];
  createInterface({ input: slack.stdout }).on('line', (line) => said.push(JSON.parse(line)));
  await expect.poll(() => said[0]?.kind).toBe('started');

  slack.stdin.write('not JSON\n{"user":"U0ANN","channel":"C0GENERAL","text":"<@U0BOT> hello"}\n');
  await expect.poll(() => texts).toContain('<@U0BOT> hello');
  const { apiUrl, botToken } = said[0] as { apiUrl: string; botToken: string };
  const button = { type: 'button', action_id: 'go', value: 'on', text: { type: 'plain_text', text: 'Go' } };
  const blocks = [{ type: 'actions', elements: [button] }];
  const { chat } = new WebClient(botToken, { slackApiUrl: apiUrl });
  const { ts } = await chat.postMessage({ channel: 'C0GENERAL', text: 'hello, Ann', blocks });
  await expect.poll(() => JSON.stringify(said)).toContain('hello, Ann');
  slack.stdin.write(`${JSON.stringify({ user: 'U0ANN', channel: 'C0GENERAL', messageTs: ts, actionId: 'go', value: 'on' })}\n`);
  await expect.poll(() => said.find(({ kind }) => kind === 'clicked')).toEqual({ kind: 'clicked', status: 200 });
  expect(clicked).toEqual(['on']);
  expect(said.map(({ kind }) => kind)).toContain('refused');

  slack.stdin.end();
  const [code] = await once(slack, 'exit');
  expect(code).toBe(0);
});

it('says what is wrong with how it was started', async () => {
  const slack = spawn(process.execPath, [main, '--event', 'x'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const errors = (await slack.stderr.setEncoding('utf8').toArray()).join('');
  expect(errors).toContain("'--event'");
  expect(errors).toContain('--help');
});
