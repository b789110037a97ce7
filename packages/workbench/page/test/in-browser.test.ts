import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserPage, startBrowserPage } from './browser-page.ts';
import { feedbackBlock } from './feedback-block.ts';

let started: BrowserPage;
let { slack, road, bot, page, thread, clicks, url } = {} as BrowserPage;

beforeEach(async () => {
  started = await startBrowserPage();
  ({ slack, road, bot, page, thread, clicks, url } = started);
});
afterEach(async () => {
  await started[Symbol.asyncDispose]();
  expect(started.problems).toEqual([]);
});

describe('in the browser', () => {
  test('empty direct messages offer questions once: the app’s own in place of the page’s', async () => {
    await page.goto(`${url}/#/D0ANN`);
    const offered = page.locator('.channel-start button, [data-testid=prompts] button');
    await offered.first().waitFor();
    const prompts = JSON.stringify([{ title: 'Who is on call?', message: 'Who is on call right now?' }]);
    await bot.apiCall('assistant.threads.setSuggestedPrompts', { channel_id: 'D0ANN', prompts });
    await page.getByRole('button', { name: 'Who is on call?' }).waitFor();
    expect(await offered.allTextContents()).toEqual(['Who is on call?']);
  });

  test('@vera is sent as a mention and shown as a pill, and the answer grows in the thread', async () => {
    const { answer } = await started.startAnswer();
    expect(slack.messages('C0OPS')[0]?.text).toBe('<@U0VERA> how?');
    await page.locator('.mention', { hasText: '@vera' }).first().waitFor();
    expect(await page.getByTestId('status-line').textContent()).toContain('is thinking');
    const message = thread().locator(`[data-ts="${answer}"]`);
    const chunks = [
      { type: 'task_update', id: 'a', title: 'Searching', status: 'in_progress' },
      { type: 'markdown_text', text: 'First **part** and' },
      {
        ...{ type: 'task_update', id: 'b', title: 'Reading', status: 'complete', details: '“rota”', output: '1 document' },
        sources: [{ type: 'url', url: 'https://a.example/rota', text: 'The rota' }],
      },
    ];
    await bot.apiCall('chat.appendStream', { channel: 'C0OPS', ts: answer, chunks: JSON.stringify(chunks) });
    await message.getByText('First part and').waitFor();
    await message.getByRole('img', { name: 'under way' }).waitFor();
    expect(await message.getByRole('link', { name: 'The rota' }).getAttribute('href')).toBe('https://a.example/rota');
    const words = /Searching\s*First part and\s*Reading “rota”\s*→ 1 document\s*The rota/;
    expect(await message.textContent()).toMatch(words);
    const end = ' a table:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```bash\nls -l\n```\n';
    const source = { type: 'context', elements: [{ type: 'mrkdwn', text: '[1] <https://a.example/|Source>' }] };
    const blocks = JSON.stringify([source, feedbackBlock]);
    const last = JSON.stringify([{ type: 'markdown_text', text: end }]);
    await bot.apiCall('chat.stopStream', { channel: 'C0OPS', ts: answer, chunks: last, blocks, session_status: 'active' });
    await message.getByRole('cell', { name: '2' }).waitFor();
    expect(await message.locator('.code-language').textContent()).toBe('bash');
    const link = message.getByTestId('source-link');
    expect([await link.getAttribute('href'), await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual([
      'https://a.example/',
      '_blank',
      'noopener noreferrer',
    ]);
    expect(await page.getByTestId('status-line').count()).toBe(0);
    await message.getByTestId('feedback-bad').click();
    await message.locator('[aria-pressed=true]').waitFor();
    expect(clicks.map(({ value }) => value)).toEqual(['bad:1.2']);
    await page.reload();
    await thread().locator('[data-testid=feedback-bad][aria-pressed=true]').waitFor();
  });

  test('Stop ends the stream', async () => {
    const { question, answer } = await started.startAnswer();
    await page.getByTestId('stop-button').click();
    await expect.poll(() => slack.messages('C0OPS', question).find(({ ts }) => ts === answer)?.streaming_state).toBe('completed');
  });

  test('nothing that a model or a person writes runs or loads anything', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('dialog', (dialog) => started.problems.push(dialog.message()));
    const attack =
      '<script>alert(1)</script> <img src=https://evil.example/a onerror=alert(2)> ![x](https://evil.example/b) [y](javascript:alert(3)) <pre> <svg onload=alert(4) ';
    await bot.chat.postMessage({ channel: 'C0OPS', markdown_text: attack } as never);
    await bot.chat.postMessage({ channel: 'C0OPS', text: attack });
    await bot.chat.postMessage({ channel: 'C0OPS', text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: attack } }] });
    slack.post({ user: 'U0BOB', channel: 'C0OPS', text: attack });
    await expect.poll(() => page.getByTestId('message').count()).toBe(4);
    for (const link of await page.locator('.messages a').all()) expect(await link.getAttribute('href')).toMatch(/^https:/);
    expect(await page.locator('.messages :is(script, img, svg:not(.icon))').count()).toBe(0);
    expect(asked.filter((address) => !address.startsWith(url))).toEqual([]);
  });

  test('an alert shows all it says, and is forwarded to Vera, where it shows who said it', async () => {
    const attachments = [
      {
        title: 'FIRING: DiskFull',
        title_link: 'https://alerts.example/1',
        text: 'db-7 at *98 %*',
        fields: [{ title: 'host', value: 'db-7' }],
      },
      { title: 'lies', title_link: 'javascript:alert(1)', fallback: 'not shown' },
    ];
    slack.post({ user: 'U0DEPLOY', channel: 'C0OPS', text: '', attachments });
    const alert = page.getByTestId('message').first();
    await alert.getByText('db-7 at 98 %').waitFor();
    expect(await alert.getByRole('link').allTextContents()).toEqual(['FIRING: DiskFull']);
    expect(await alert.locator('dl').textContent()).toBe('hostdb-7');
    await alert.hover();
    await alert.getByLabel('Forward to vera').click();
    await thread().getByTestId('attachment').getByText('Deploybot').waitFor();
    expect(slack.messages('D0ANN')).toMatchObject([{ text: '', attachments: [{ is_share: true, author_id: 'U0DEPLOY' }] }]);
  });

  test('people edit and delete what they wrote, and only that', async () => {
    slack.post({ user: 'U0BOB', channel: 'C0OPS', text: 'of Bob' });
    await started.say('composer', 'of Anne');
    const [bobs, mine] = [page.getByTestId('message').first(), page.getByTestId('message').last()];
    await bobs.hover();
    expect(await bobs.getByLabel('Edit message').count()).toBe(0);
    await mine.hover();
    await mine.getByLabel('Edit message').click();
    await mine.getByRole('textbox').fill('of Ann');
    await mine.getByRole('textbox').press('Enter');
    await mine.getByText('(edited)').waitFor();
    expect(slack.messages('C0OPS').at(-1)?.text).toBe('of Ann');
    await mine.hover();
    await mine.getByLabel('Delete message').click();
    await mine.getByRole('button', { name: 'Delete?' }).click();
    await expect.poll(() => page.getByTestId('message').count()).toBe(1);
  });

  test('a channel in which others wrote has a dot until it is opened, for each person', async () => {
    const dot = page.getByTestId('channel-shared').getByLabel('unread');
    slack.post({ user: 'U0EXT', channel: 'C0SHARED', text: 'Hello' });
    await dot.waitFor();
    await page.getByTestId('channel-shared').click();
    await expect.poll(() => dot.count()).toBe(0);
    await page.getByTestId('person-switcher').selectOption({ label: 'Bob Okafor' });
    expect(await page.getByTestId('channel-shared').count()).toBe(0);
  });

  test('files go along, and what only one person sees is marked', async () => {
    await page.locator('main input[type=file]').setInputFiles({ name: 'error.log', mimeType: 'text/plain', buffer: Buffer.from('lag') });
    await started.say('composer', 'see this');
    await page.getByRole('link', { name: /error\.log/ }).waitFor();
    expect(slack.messages('C0OPS')[0]?.files?.[0]).toMatchObject({ name: 'error.log', size: 3 });
    await bot.chat.postEphemeral({ channel: 'C0OPS', user: 'U0ANN', text: 'psst' });
    await page.getByText('psst').waitFor();
    expect(await page.getByTestId('message').last().textContent()).toMatch(/Only visible to you[\s\S]*psst/);
    await page.getByTestId('person-switcher').selectOption({ label: 'Bob Okafor' });
    await expect.poll(() => page.getByText('psst').count()).toBe(0);
  });

  test('the road of a question grows while it goes, and shows its log lines', async () => {
    const { question } = await started.startAnswer();
    const place = { question: 'q-1', channel: 'C0OPS', thread: question, message: question };
    const add = (event: string, fields: object) => {
      const time = new Date(Number(question) * 1_000 + 250).toISOString();
      road.add({ component: 'worker', line: JSON.stringify({ time, level: 'info', service: 'worker', event, ...fields }) });
    };
    add('question.recorded', place);
    const steps = page.getByTestId('road-step');
    await expect.poll(() => steps.count()).toBe(2);
    add('tool.called', { question: 'q-1', tool: 'calculate', milliseconds: 7, status: 'success' });
    await expect.poll(() => steps.last().textContent()).toMatch(/250 ms.*calculate · 7 ms/);
    add('tool.answered', { level: 'debug', question: 'q-1', tool: 'calculate', input: { expression: '6*7' }, output: '42 <b>' });
    await page.reload();
    await expect.poll(() => steps.count()).toBe(3);
    await page.getByText('Input and output').click();
    expect(await steps.last().getByRole('region', { name: 'Input' }).textContent()).toContain('"expression": "6*7"');
    expect(await steps.last().getByRole('region', { name: 'Output' }).textContent()).toBe('42 <b>');
    await page.getByText('Log lines (3)').click();
    await page.getByText('"event":"tool.called"').waitFor();
    await page.getByLabel('Close the road').click();
    await expect.poll(() => page.getByTestId('road-panel').count()).toBe(0);
  });

  test('a long channel begins with its last hundred messages', async () => {
    for (let count = 1; count <= 120; count += 1) slack.post({ user: 'U0BOB', channel: 'C0OPS', text: `number ${count}` });
    const messages = page.getByTestId('message');
    await page.getByText('number 120').waitFor();
    expect(await messages.count()).toBe(100);
    await page.getByRole('button', { name: 'Show earlier messages (20)' }).click();
    await expect.poll(() => messages.count()).toBe(120);
  });

  test('what the server refuses is told, and the text is not lost', async () => {
    await page.route('**/api/messages', (route) => route.fulfill({ status: 400, json: { error: 'Not today.' } }));
    await started.say('composer', 'precious');
    await page.getByRole('alert').getByText('Not today.').waitFor();
    expect(await page.getByTestId('composer').inputValue()).toBe('precious');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });
});
