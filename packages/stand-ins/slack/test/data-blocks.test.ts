import { describe, expect, test } from 'vitest';
import { apiCall } from './api-call.ts';
import { northwind } from './northwind.ts';
import { outcomeOf, startSlack } from './start-slack.ts';

const points = (labels: readonly string[]) => labels.map((label, value) => ({ label, value }));
const chart = (labels: readonly string[], names: readonly string[] = ['Cost']) => ({
  type: 'data_visualization',
  title: 'Costs',
  chart: { type: 'bar', series: names.map((name) => ({ name, data: points(labels) })), axis_config: { categories: labels } },
});
const pie = (...values: unknown[]) => ({
  type: 'data_visualization',
  title: 'Costs',
  chart: { type: 'pie', segments: values.map((value, index) => ({ label: `s${index}`, value })) },
});
const cell = (text: string) => ({ type: 'raw_text', text });
const table = (...rows: unknown[][]) => ({ type: 'data_table', caption: 'Costs', rows });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);

describe('charts and tables of Slack’s own', () => {
  test.each([
    ['a chart', [chart(['Q1', 'Q2'])], 'ok'],
    ['negative bars', [{ ...chart(['Q1']), chart: { type: 'bar', series: [{ name: 'a', data: [{ label: 'Q1', value: -3 }] }] } }], 'ok'],
    ['twenty categories', [chart(numbered(20))], 'ok'],
    ['twenty-one categories', [chart(numbered(21))], 'invalid_blocks'],
    ['seven series', [chart(['Q1'], numbered(7))], 'invalid_blocks'],
    ['two series of one name', [chart(['Q1'], ['a', 'a'])], 'invalid_blocks'],
    ['a category twice', [chart(['Q1', 'Q1'])], 'invalid_blocks'],
    ['a label of 21 characters', [chart(['x'.repeat(21)])], 'invalid_blocks'],
    [
      'a category without a value',
      [{ ...chart(['a', 'b']), chart: { ...chart(['a']).chart, axis_config: { categories: ['a', 'b'] } } }],
      'invalid_blocks',
    ],
    ['a gap', [pie(3, null)], 'invalid_blocks'],
    ['a segment of nothing', [pie(3, 0)], 'invalid_blocks'],
    ['three charts', [chart(['a']), chart(['a']), chart(['a'])], 'invalid_blocks'],
    ['a stacked chart', [{ ...chart(['a']), chart: { ...chart(['a']).chart, type: 'stacked' } }], 'invalid_blocks'],
    ['a table', [table([cell('a')], [{ type: 'raw_number', value: 3 }])], 'ok'],
    ['an empty cell', [table([cell('')])], 'invalid_blocks'],
    ['uneven rows', [table([cell('a')], [cell('a'), cell('b')])], 'invalid_blocks'],
    ['202 rows', [table(...numbered(202).map((text) => [cell(text)]))], 'invalid_blocks'],
    ['21 columns', [table(numbered(21).map(cell))], 'invalid_blocks'],
    ['19,000 characters', [table([cell('x'.repeat(19_000))])], 'ok'],
    ['20,002 characters in two tables', [table([cell('x'.repeat(10_001))]), table([cell('x'.repeat(10_001))])], 'invalid_blocks'],
    ['a table without a caption', [{ ...table([cell('a')]), caption: undefined }], 'invalid_blocks'],
  ])('%s', async (_, blocks, outcome) => {
    await using started = await startSlack();
    const { body } = await apiCall(started.slack, 'chat.postMessage', { channel: 'COPS', text: 'x', blocks });
    expect(body.error ?? 'ok').toBe(outcome);
  });

  test('a workspace may not have them, in posts or in streams', async () => {
    await using started = await startSlack({ lacksBlocks: ['data_visualization'] });
    const { slack } = started;
    const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'x' }).ts;
    const post = (blocks: unknown[]) => apiCall(slack, 'chat.postMessage', { channel: 'COPS', text: 'x', blocks });
    expect((await post([chart(['a'])])).body.error).toBe('invalid_blocks');
    expect((await post([table([cell('a')])])).body.ok).toBe(true);
    const target = { channel: 'COPS', thread_ts: root, recipient_user_id: 'UANN', recipient_team_id: 'T01' };
    const { ts } = (await apiCall(slack, 'chat.startStream', target)).body;
    expect((await apiCall(slack, 'chat.stopStream', { channel: 'COPS', ts, blocks: [chart(['a'])] })).body.error).toBe('invalid_blocks');
  });
});

describe('what becomes of an upload', () => {
  test('it may be shared only after a while', async () => {
    await using started = await startSlack();
    const { slack, client } = started;
    const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'x' }).ts;
    slack.shareAfter(2);
    const file = await upload(client, root);
    const look = async () => (await client.files.info({ file })).file?.shares?.public?.COPS;
    expect([await look(), await look(), slack.messages('COPS', root).length]).toEqual([undefined, undefined, 1]);
    expect(await look()).toEqual([{ ts: slack.messages('COPS', root)[1]?.ts, thread_ts: root }]);
  });

  test('where the root was deleted meanwhile, it lands in the channel', async () => {
    await using started = await startSlack();
    const { slack, client } = started;
    const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'x' }).ts;
    slack.remove({ user: 'UANN', channel: 'COPS', ts: root });
    await upload(client, root);
    expect(slack.messages('COPS').at(-1)).not.toHaveProperty('thread_ts');
  });

  test('deleted, it leaves the message that shared it', async () => {
    await using started = await startSlack();
    const { slack, client } = started;
    const root = slack.post({ user: 'UANN', channel: 'COPS', text: 'x' }).ts;
    const file = await upload(client, root);
    await client.files.delete({ file });
    expect(slack.messages('COPS', root)[1]?.files).toEqual([{ id: file, mode: 'tombstone' }]);
    expect(await outcomeOf(client.files.info({ file }))).toBe('file_not_found');
    const theirs = slack.post({
      user: 'UANN',
      channel: 'COPS',
      text: '',
      files: [{ name: 'a.txt', mimetype: 'text/plain', bytes: new Uint8Array([1]) }],
    });
    expect(await outcomeOf(client.files.delete({ file: String(theirs.files?.[0]?.id) }))).toBe('cant_delete_file');
  });
});

async function upload(client: Awaited<ReturnType<typeof startSlack>>['client'], thread_ts: string): Promise<string> {
  const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 1 });
  await fetch(upload_url, { method: 'POST', body: 'a', headers: { authorization: `Bearer ${northwind.botToken}` } });
  await client.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: 'COPS', thread_ts });
  return file_id;
}
