import { describe, expect, it } from 'vitest';
import { placeOfBody } from '../src/place-of-body.ts';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const event = { type: 'message', channel: 'C04PAY', ts: '1700000002.000200', text: 'a secret plan' };

describe('where the message of a request stands', () => {
  it('is told in ids and times, of a thread, too', () => {
    expect(placeOfBody(bytes({ team_id: 'T01', event: { ...event, thread_ts: '1700000001.000100' } }))).toEqual({
      teamId: 'T01',
      channelId: 'C04PAY',
      threadTs: '1700000001.000100',
      messageTs: '1700000002.000200',
    });
  });

  it.each(['', 'no json', '{}', { team_id: 'T01', event: { ...event, channel: 'my password is hunter2' } }, { event }])(
    'is not told of %j',
    (body) => expect(placeOfBody(bytes(body))).toBeUndefined(),
  );
});
