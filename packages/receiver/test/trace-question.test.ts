import { partsOf } from '@vera/protocol/trace';
import type { Work } from '@vera/protocol/work';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { startedReceiver } from './started-receiver.ts';

const traceOf = (work: Work | undefined) => (work?.kind === 'question' ? work.trace : undefined);

describe('the trace of a question', () => {
  it('begins with the post from Slack, and goes on with the ledger', async () => {
    await using receiver = await startedReceiver({ tracedShare: 1 });
    await receiver.post(envelopes.mention());
    const recorded = (await receiver.recorded())[0]?.question.trace;
    expect(recorded?.hops).toMatchObject([{ name: 'receive', at: receiver.now() }]);
    const forwarded = traceOf(receiver.forwarded[0]);
    expect(forwarded?.hops).toMatchObject([recorded?.hops[0], { name: 'record', parent: recorded?.hops[0]?.id }]);
    expect(forwarded && partsOf(forwarded)).toEqual({
      ...{ traceId: recorded && partsOf(recorded).traceId, spanId: forwarded?.hops[1]?.id, isSampled: true },
    });
  });

  it('D31 is never taken from Slack', async () => {
    await using receiver = await startedReceiver({ tracedShare: 1 });
    const theirs = '0af7651916cd43dd8448eb211c80319c';
    const given = { traceparent: `00-${theirs}-b7ad6b7169203331-01`, hops: [] };
    const envelope = JSON.parse(String(envelopes.mention())) as { event: object };
    await receiver.post(JSON.stringify({ ...envelope, trace: given, event: { ...envelope.event, ...given, trace: given } }));
    expect(JSON.stringify(receiver.forwarded)).not.toContain(theirs);
    expect(receiver.forwarded).toHaveLength(1);
  });

  it('is of none where nothing is traced', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    expect(traceOf(receiver.forwarded[0])).toBeUndefined();
  });
});
