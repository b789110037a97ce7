import { describe, expect, test } from 'vitest';
import type { RecordedTurn } from '../src/recording/recording.ts';
import { replayModel } from '../src/recording/replay-model.ts';
import { eventsOf, requestOf } from './request-of.ts';

const relevant = ['asked', 'called'] as const;
const signal = new AbortController().signal;
const exchange = (asked: string, called: readonly string[], says: RecordedTurn) => ({ when: { asked, called }, says });
const replayOf = (...exchanges: readonly ReturnType<typeof exchange>[]) => replayModel({ by: 'hand', exchanges }, { relevant });
const say = async (replay: ReturnType<typeof replayOf>, request: ReturnType<typeof requestOf>) =>
  (await eventsOf(replay.model(request, signal))).map((event) => ('text' in event ? event.text : JSON.stringify(event))).join('');

describe('M35 a request without a recorded answer', () => {
  test('is refused so that nothing tries it again, and told with what was recorded', () => {
    const replay = replayOf(exchange('What is 6 times 7?', [], '42'));
    expect(() => replay.model(requestOf('What is 7 times 7?'), signal)).toThrow('There is no recorded answer');
    expect(replay.missing).toEqual([expect.stringMatching(/7 times 7[\s\S]*the next one is for[\s\S]*6 times 7/)]);
  });

  test('is one also where the recording is used up', async () => {
    const replay = replayOf(exchange('Hello', [], 'Hi'));
    await say(replay, requestOf('Hello'));
    expect(() => replay.model(requestOf('Hello'), signal)).toThrow();
    expect(replay.missing).toHaveLength(1);
  });

  test('is one where nothing at all was recorded', () => {
    const replay = replayModel({}, { relevant });
    expect(() => replay.model(requestOf('Hello'), signal)).toThrow();
    expect(replay.missing).toHaveLength(1);
  });
});

describe('M37 a recording', () => {
  test('answers equal requests in the recorded order, between others in any', async () => {
    const replay = replayOf(exchange('again', [], 'one'), exchange('other', [], 'else'), exchange('again', [], 'two'));
    const said = [];
    for (const asked of ['again', 'again', 'other']) said.push(await say(replay, requestOf(asked)));
    expect(said).toEqual(['one', 'two', 'else']);
  });

  test('is hit on another day, in another zone, with other ids, and its answer has what the request has now', async () => {
    const page = (time: string, id: string, token: string) => [
      {
        tool: 'list',
        id,
        text: `As of ${time}: 50 issues, the first is 6f9619ff-8b86-d011-b42d-00c04fc964${id.slice(-2)}; next page ${token}`,
      },
    ];
    const recorded = requestOf('All of them, since 2026-11-30', page('2026-11-30T07:00:01Z', 'tooluse_11', 'Zm9vYmFyQmF6MTIzNDU2Nzg5'));
    const now = requestOf('All of them, since 2027-03-02', page('2027-03-02 23:59:59+09:00', 'tooluse_99', 'QnV6ejk4NzY1NDMyMTBoZWxs'));
    const first = replayModel(
      { by: 'hand', exchanges: [{ says: [{ call: 'list', input: { page: '{{opaque 1}}', of: '{{id 1}}' } }] }] },
      { relevant, isUpdating: true },
    );
    expect(await say(first, recorded)).toContain('Zm9vYmFyQmF6MTIzNDU2Nzg5');
    const replay = replayModel({ by: 'hand', exchanges: first.exchanges() }, { relevant });
    expect(await say(replay, now)).toMatch(/QnV6ejk4NzY1NDMyMTBoZWxs[\s\S]*c04fc96499/);
    expect([replay.missing, replay.differences]).toEqual([[], []]);
  });

  test('is hit by tools that ended in the other order', async () => {
    const results = [
      { tool: 'count', text: 'one' },
      { tool: 'list', text: 'two' },
    ];
    const request = requestOf('Both', results);
    const [asked, uses, given] = request.messages;
    const turned = { ...request, messages: [asked!, uses!, { role: 'user', content: given!.content.toReversed() }] };
    const first = replayModel(
      { by: 'hand', exchanges: [{ says: 'Done' }] },
      { relevant: ['asked', 'called', 'results'], isUpdating: true },
    );
    await say(first, request);
    const replay = replayModel({ by: 'hand', exchanges: first.exchanges() }, { relevant: ['asked', 'called', 'results'] });
    expect(await say(replay, turned)).toBe('Done');
  });

  test('fails where its answer wants what the request does not have', () => {
    const replay = replayOf(exchange('Hello', [], 'The page {{opaque 1}}'));
    expect(() => replay.model(requestOf('Hello'), signal)).toThrow();
    expect(replay.missing).toEqual([expect.stringContaining('{{opaque 1}}')]);
  });

  test('tells each part that is not as it was, and by which it is not found', async () => {
    const first = replayModel({ by: 'hand', exchanges: [{ says: 'Hi' }] }, { relevant, isUpdating: true });
    await say(first, requestOf('Hello'));
    const replay = replayModel({ by: 'hand', exchanges: first.exchanges() }, { relevant });
    const { system: [stable, point] = [], ...rest } = requestOf('Hello');
    expect(await say(replay, { ...rest, system: [stable!, point!, { text: 'You are answering Bob.' }] })).toBe('Hi');
    expect(replay.differences).toEqual([{ part: 'situation', before: 'You are answering Ann.', now: 'You are answering Bob.' }]);
  });
});
