import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { describe, expect, test } from 'vitest';
import { recordModel } from '../src/recording/record-model.ts';
import { readRecordings, writeRecordings } from '../src/recording/recording.ts';
import { replayModel } from '../src/recording/replay-model.ts';
import { eventsOf, requestOf } from './request-of.ts';

const relevant = ['asked', 'called'] as const;
const signal = new AbortController().signal;
const github = `ghp_${'aB3dE5gH7j'.repeat(4).slice(0, 36)}`;
const page = 'Zm9vYmFyQmF6MTIzNDU2Nzg5';

/** A live model: reads a page, says a secret that it has read, thinks of a key of its own. */
const live = () =>
  scriptedModel(({ messages }) => {
    const last = JSON.stringify(messages.at(-1));
    if (!last.includes('toolResult')) return [{ call: 'list', input: { of: last.includes('board A') ? 'A' : 'B' } }];
    return [`The next page is ${page}, `, `the token ${github}, mine q7Rz0LpX2vKc9TnB4wYd.`];
  });

const listed = (asked: string) =>
  requestOf(asked, [{ tool: 'list', text: `{"token":"${github}","next":"${page}","at":"2026-11-30T07:00:01Z"}` }]);

/** Two helpers ask, one after the other; the file that this leaves. */
async function recordedIn(order: readonly string[]): Promise<string> {
  const { model, exchanges } = recordModel(live(), relevant);
  for (const asked of order) for (const request of [requestOf(asked), listed(asked)]) await eventsOf(model(request, signal));
  const file = join(mkdtempSync(join(tmpdir(), 'eval-')), 'topic.yaml');
  writeRecordings(file, { ...readRecordings(file), one: { by: 'a-model', exchanges: exchanges() } });
  return file;
}

describe('what a live model says', () => {
  test('M37 is the same file when it is recorded twice, whichever helper was first', async () => {
    const [one, other] = [await recordedIn(['board A', 'board B']), await recordedIn(['board B', 'board A'])];
    expect(readFileSync(other, 'utf8')).toBe(readFileSync(one, 'utf8'));
  });

  test('M38 is kept without a secret that a tool gave or that it made up, and said again with what is there then', async () => {
    const file = await recordedIn(['board A']);
    expect(readFileSync(file, 'utf8')).not.toMatch(/ghp_a|q7Rz0|Zm9vYmFy/);
    const { model } = replayModel(readRecordings(file).one!, { relevant });
    await eventsOf(model(requestOf('board A'), signal));
    const said = JSON.stringify(await eventsOf(model(listed('board A'), signal)));
    expect(said).toMatch(/The next page is Zm9vYmFyQmF6MTIzNDU2Nzg5/);
    expect(said).toMatch(/mine x{20}/);
  });

  test('is played again as it was: text, calls, the reason why it ended', async () => {
    const turn = ['One', ' moment. ', { call: 'list', input: '{"broken": ' }, { call: 'count' }, { stop: 'max_tokens' as const }];
    const recording = recordModel(scriptedModel([turn]), relevant);
    const before = await eventsOf(recording.model(requestOf('Hello'), signal));
    const replay = replayModel({ by: 'a-model', exchanges: recording.exchanges() }, { relevant });
    const after = await eventsOf(replay.model(requestOf('Hello'), signal));
    expect(after).toEqual([{ kind: 'text', text: 'One moment. ' }, ...before.slice(2)]);
  });
});
