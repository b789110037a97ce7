import { inspect } from 'node:util';
import type { ModelStreamEvent } from '@strands-agents/sdk';
import { describe, expect, test } from 'vitest';
import { judgedStream, type Passed } from '../../src/guardrail/judged-stream.ts';

const found = '4111 1111 1111 1111';
const assessment = (action: string) => ({
  sensitiveInformationPolicy: { piiEntities: [{ match: found, type: 'CREDIT_DEBIT_CARD_NUMBER', action, detected: true }] },
  invocationMetrics: { usage: { sensitiveInformationPolicyUnits: 3 } },
});

async function* events(action: string, { hasMetadata = true } = {}): AsyncGenerator<ModelStreamEvent> {
  yield { type: 'modelMessageStartEvent', role: 'assistant' };
  yield { type: 'modelContentBlockDeltaEvent', delta: { type: 'textDelta', text: 'Hm.' } };
  yield { type: 'modelMessageStopEvent', stopReason: 'guardrailIntervened' };
  yield { type: 'modelRedactionEvent', outputRedaction: { replaceContent: '', redactedContent: found } };
  const trace = { guardrail: { modelOutput: [found], outputAssessments: { g: [assessment(action)] } } };
  if (hasMetadata) yield { type: 'modelMetadataEvent', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 }, trace };
}

async function judged(stream: AsyncGenerator<ModelStreamEvent>) {
  const out: ModelStreamEvent[] = [];
  const passed: Passed[] = [];
  let error: unknown;
  try {
    for await (const event of judgedStream(stream, (what) => passed.push(what))) out.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { out, passed, error };
}

describe('a stream behind the guardrail', () => {
  test('M18 ends as any answer does where values were masked', async () => {
    const { out, passed, error } = await judged(events('ANONYMIZED'));
    expect(error).toBeUndefined();
    expect(out.map(({ type }) => type).slice(-2)).toEqual(['modelMessageStopEvent', 'modelMetadataEvent']);
    expect(out.at(-2)).toMatchObject({ stopReason: 'endTurn' });
    expect(passed).toEqual([{ masked: [{ kind: 'personal', type: 'CREDIT_DEBIT_CARD_NUMBER' }], units: 3 }]);
  });

  test('M20 is a block where nothing came behind the stop', async () => {
    const { error } = await judged(events('ANONYMIZED', { hasMetadata: false }));
    expect(error).toMatchObject({ code: 'blocked', block: { policies: [] } });
  });

  test.each(['ANONYMIZED', 'BLOCKED'])('M21 gives on nothing of what was found, %s', async (action) => {
    expect(inspect(await judged(events(action)), { depth: Number.POSITIVE_INFINITY })).not.toContain(found);
  });
});
