import { describe, expect, test } from 'vitest';
import { startReading } from './start-reading.ts';

type Reading = Awaited<ReturnType<typeof startReading>>;

const secret = 'The merger with Corvo is called off, tell nobody';

/** The same decision everywhere, each with the name of its place. */
function decideEverywhere({ slack, channels }: Reading): void {
  for (const { id, members } of Object.values(channels)) {
    const [user = ''] = members;
    slack.post({ user, channel: id, text: `${secret}: ${id}` });
  }
}

async function started(): Promise<Reading & AsyncDisposable> {
  const reading = await startReading();
  decideEverywhere(reading);
  return reading;
}

/** Where what was read came from. */
function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/tell nobody: ([A-Z]+)/g)].map(([, id = '']) => id))].sort();
}

async function readable(reading: Reading, message: Parameters<Reading['asked']>[0]): Promise<string[]> {
  const question = await reading.asked(message);
  const texts: string[] = [];
  for (const id of Object.keys(reading.channels)) texts.push(await reading.read(question, { channel: id }));
  texts.push(await reading.read(question, { query: 'merger called off' }));
  for (const { name } of Object.values(reading.channels)) texts.push(await reading.read(question, { channel: `#${name}` }));
  return placesIn(texts.join('\n'));
}

describe('what is shown', () => {
  test('in a public channel are public channels, and no other', async () => {
    await using reading = await started();
    expect(await readable(reading, { channel: 'COPS' })).toEqual(['CGUEST', 'COPS', 'CPAY', 'CQUIET', 'CSHARED']);
  });

  test('in a private channel are public channels and that very channel', async () => {
    await using reading = await started();
    expect(await readable(reading, { channel: 'GBOARD' })).toEqual(['CGUEST', 'COPS', 'CPAY', 'CQUIET', 'CSHARED', 'GBOARD']);
  });

  test('in a direct message are public channels, that message, and private channels that the asker and Vera are in', async () => {
    await using reading = await started();
    const ofAnn = await readable(reading, { channel: 'DANN', text: 'the merger?' });
    expect(ofAnn).toEqual(['CGUEST', 'COPS', 'CPAY', 'CQUIET', 'CSHARED', 'DANN', 'GBOARD', 'GPEERS']);
    const ofBob = await readable(reading, { user: 'UBOB', channel: 'DBOB', text: 'the merger?' });
    expect(ofBob).toEqual(['CGUEST', 'COPS', 'CPAY', 'CQUIET', 'CSHARED', 'DBOB', 'GPEERS']);
  });

  test('to a guest are the channels they are in', async () => {
    await using reading = await started();
    expect(await readable(reading, { user: 'UCAT', channel: 'DCAT', text: 'the merger?' })).toEqual(['CGUEST', 'DCAT']);
  });

  test('where a guest reads along is what that guest may read, too', async () => {
    await using reading = await started();
    expect(await readable(reading, { channel: 'CGUEST' })).toEqual(['CGUEST']);
  });

  test('in a group conversation are public channels and that conversation', async () => {
    await using reading = await started();
    expect(await readable(reading, { channel: 'MTEAM' })).toEqual(['CGUEST', 'COPS', 'CPAY', 'CQUIET', 'CSHARED', 'MTEAM']);
  });

  test('in a group conversation with somebody of another company is what they may read, too', async () => {
    await using reading = await started();
    reading.channels.MTEAM!.members.push('UEVE');
    expect(await readable(reading, { channel: 'MTEAM' })).toEqual(['CSHARED', 'MTEAM']);
  });

  test('in a channel shared with another company is nothing', async () => {
    await using reading = await started();
    expect(await readable(reading, { channel: 'CSHARED' })).toEqual([]);
  });
});

describe('what is true changes while a question is answered', () => {
  test('and nothing is shown in a channel that became shared meanwhile', async () => {
    await using reading = await started();
    const question = await reading.asked();
    reading.channels.COPS!.isExtShared = true;
    expect(placesIn(await reading.read(question, { channel: 'payments-oncall' }))).toEqual([]);
  });

  test('and nothing of a private channel that the asker was put out of', async () => {
    await using reading = await started();
    const question = await reading.asked({ channel: 'DANN', text: 'the merger?' });
    expect(placesIn(await reading.read(question, { channel: 'board-private' }))).toEqual(['GBOARD']);
    reading.channels.GBOARD!.members.shift();
    expect(placesIn(await reading.read(question, { channel: 'board-private' }))).toEqual([]);
  });

  test('and nothing of a public channel that was made private', async () => {
    await using reading = await started();
    const question = await reading.asked();
    expect(placesIn(await reading.read(question, { channel: 'CPAY' }))).toEqual(['CPAY']);
    reading.channels.CPAY!.kind = 'group';
    expect(placesIn(await reading.read(question, { channel: 'CPAY' }))).toEqual([]);
  });

  test('and nothing of elsewhere once a guest has come in', async () => {
    await using reading = await started();
    const question = await reading.asked();
    reading.channels.COPS!.members.push('UCAT');
    expect(placesIn(await reading.read(question, { channel: 'payments-oncall' }))).toEqual([]);
    expect(placesIn(await reading.read(question, { channel: 'with-guests' }))).toEqual(['CGUEST']);
  });
});

describe('a private channel that only the asker may read', () => {
  test('is named to nobody else: the answer is the same as for one that does not exist', async () => {
    await using reading = await started();
    const question = await reading.asked();
    const words = await reading.read(question, { channel: 'board-private' });
    expect(words).toContain('only in a direct message');
    expect((await reading.read(question, { channel: 'no-such-place' })).replace('no-such-place', 'board-private')).toBe(words);
    expect((await reading.read(question, { channel: 'lone' })).replace('lone', 'board-private')).toBe(words);
  });

  test('is told to the asker alone, once', async () => {
    await using reading = await started();
    const question = await reading.asked();
    await reading.read(question, { channel: 'board-private' });
    const [told, ...more] = reading.slack.ephemerals('UANN');
    expect(told?.text).toBe('You may read #board-private, but others read along here. Ask me about it in a direct message.');
    expect([more, reading.slack.ephemerals('UBOB')]).toEqual([[], []]);
  });

  test('is told to nobody who is not in it', async () => {
    await using reading = await started();
    const question = await reading.asked({ user: 'UBOB' });
    await reading.read(question, { channel: 'board-private' });
    expect(reading.slack.ephemerals('UBOB')).toEqual([]);
  });
});

test('what Slack should not have found is not shown either', async () => {
  await using reading = await startReading();
  const { slack, channels } = reading;
  slack.post({ user: 'UBOB', channel: 'CPAY', text: `${secret}: CPAY` });
  const question = await reading.asked();
  expect(placesIn(await reading.read(question, { query: 'merger called off' }))).toEqual(['CPAY']);
  // What it found in a public channel is private by the time it is shown.
  slack.inject({ method: 'conversations.info', kind: 'delay', milliseconds: 200, after: 1 });
  const late = reading.read(question, { query: 'merger called off' });
  await expect.poll(() => reading.searches().length).toBe(2);
  channels.CPAY!.kind = 'group';
  expect(placesIn(await late)).toEqual([]);
});
