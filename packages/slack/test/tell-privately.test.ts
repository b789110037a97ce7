import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, it } from 'vitest';
import { createTellPrivately } from '../src/tell-privately.ts';

async function started(answer: () => Response | Promise<Response> = () => new Response('ok')) {
  const told: unknown[] = [];
  const hooks = await listen(async (request) => {
    told.push(await request.json());
    return answer();
  });
  return { url: hooks.url, told, tell: createTellPrivately(hooks.url, 300), [Symbol.asyncDispose]: () => hooks[Symbol.asyncDispose]() };
}

describe('private words', () => {
  it.each(['actions', 'app-actions', 'app', 'commands'])('go to a response URL of %s, for one person, in place of nothing', async (way) => {
    await using slack = await started();
    expect(await slack.tell({ responseUrl: `${slack.url}/${way}/T01/1/abc` }, 'hello')).toBe(true);
    expect(slack.told).toEqual([{ response_type: 'ephemeral', replace_original: false, text: 'hello' }]);
  });

  it('stand in place of what was clicked where that was private, too', async () => {
    await using slack = await started();
    await slack.tell({ responseUrl: `${slack.url}/actions/T01/1/abc`, isReplaced: true }, 'hello');
    expect(slack.told).toEqual([{ response_type: 'ephemeral', replace_original: true, text: 'hello' }]);
  });

  it.each(['services/T01/B01/abc', 'workflows/T01/A01/1/abc', 'triggers/T01/1/abc', '', 'x/actions/T01', '../actions'])(
    'never go to %j of the same host: it may be anybody’s webhook',
    async (path) => {
      await using slack = await started();
      expect(await slack.tell({ responseUrl: `${slack.url}/${path}` }, 'hello')).toBe(false);
      expect(slack.told).toEqual([]);
    },
  );

  it('go nowhere else, and nowhere without a way', async () => {
    await using slack = await started();
    for (const responseUrl of [
      undefined,
      '',
      'commands/T01',
      'https://hooks.slack.com/commands/T01/1/abc',
      `${slack.url}@evil.test/commands/x`,
    ]) {
      expect(await slack.tell({ responseUrl }, 'hello')).toBe(false);
    }
    expect(slack.told).toEqual([]);
  });

  it('that Slack does not take, or not in time, were not said', async () => {
    await using slack = await started(() => new Response(null, { status: 404 }));
    expect(await slack.tell({ responseUrl: `${slack.url}/commands/T01/1/abc` }, 'hello')).toBe(false);
    await using silent = await started(() => new Promise<Response>(() => undefined));
    expect(await silent.tell({ responseUrl: `${silent.url}/commands/T01/1/abc` }, 'hello')).toBe(false);
  });
});
