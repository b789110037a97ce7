import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '@vera/bedrock-stand-in/create-bedrock-runtime';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { testGuardrail } from '@vera/bedrock-stand-in/test/test-guardrail';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Applied, GuardrailError } from '../../src/guardrail/apply-guardrail.ts';
import { createBedrockGuardrail } from '../../src/guardrail/bedrock-guardrail.ts';
import { createJudge, type JudgeText } from '../../src/guardrail/judge-text.ts';
import { masked, maskedSpans } from '../../src/guardrail/masked-spans.ts';
import { textPieces } from '../../src/guardrail/text-pieces.ts';

let bedrock: BedrockRuntimeEmulator;
let judge: JudgeText;
let pauses: number[] = [];
const never = new AbortController().signal;
const card = '4111 1111 1111 1111';

beforeAll(async () => {
  bedrock = await createBedrockRuntime({ record: createCallRecord(), model: scriptedModel(() => 'x'), guardrails: [testGuardrail] });
  const client = {
    ...awsDefaults(5_000, 1),
    endpoint: bedrock.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'w', secretAccessKey: 'x' },
  };
  const apply = createBedrockGuardrail(client, { id: testGuardrail.id, version: '1' });
  judge = createJudge({ apply, pause: async (milliseconds) => void pauses.push(milliseconds) });
});
beforeEach(() => {
  bedrock.reset();
  pauses = [];
});
afterAll(() => bedrock[Symbol.asyncDispose]());

/** A text of this length with these at these places. */
function textWith(length: number, ...placed: readonly (readonly [number, string])[]): string {
  const filler = 'The quick brown fox jumps over the lazy dog. '.repeat(Math.ceil(length / 45)).slice(0, length);
  return placed.reduce((text, [at, words]) => `${text.slice(0, at)} ${words} ${text.slice(at + words.length + 2)}`, filler);
}

describe('M22 a text of 60,000 characters', () => {
  test('is judged in pieces of what the service takes, and a value across a cut is masked whole, at its place', async () => {
    const text = textWith(60_000, [24_990, card], [48_990, card], [100, 'ann@northwind.test']);
    expect(await judge(text, 'INPUT', never)).toMatchObject({
      kind: 'passed',
      text: text.replaceAll(card, '{CREDIT_DEBIT_CARD_NUMBER}').replace('ann@northwind.test', '{EMAIL}'),
    });
    expect(bedrock.applyGuardrail.calls).toHaveLength(3);
    for (const { content } of bedrock.applyGuardrail.calls) expect(content[0]?.text?.text.length).toBeLessThanOrEqual(25_000);
  });

  test.each([59_950, 24_985, 48_985])('is stopped by one sentence at %i', async (at) => {
    const text = textWith(60_000, [at, 'The salary of Bob']);
    expect(await judge(text, 'INPUT', never)).toMatchObject({ kind: 'blocked', policies: [{ kind: 'topic', name: 'Salaries' }] });
  });

  test('without a blank is judged all the same', async () => {
    const text = `${'x'.repeat(40_000)} ${card} ${'y'.repeat(19_000)}`;
    expect(await judge(text, 'OUTPUT', never)).toMatchObject({ kind: 'passed', text: text.replace(card, '{CREDIT_DEBIT_CARD_NUMBER}') });
  });
});

describe('M22 "too large" and "throttled" are two answers', () => {
  const small = (most: number) => {
    const lengths: number[] = [];
    const clean: Applied = { intervened: false, assessments: [], units: 1 };
    const apply = async (text: string) => {
      lengths.push(text.length);
      if (text.length > most) throw new GuardrailError('too-large');
      return clean;
    };
    return { lengths, judge: createJudge({ apply, pause: async () => expect.unreachable('nothing to wait for') }) };
  };

  test('too large is split again, without a pause', async () => {
    const { lengths, judge: judgeSmall } = small(10_000);
    expect(await judgeSmall(textWith(25_000), 'INPUT', never)).toMatchObject({ kind: 'passed' });
    expect(lengths.filter((length) => length <= 10_000).length).toBe(4);
  });

  test('too large down to one text unit is unjudged', async () => {
    expect(await small(10).judge(textWith(3_000), 'INPUT', never)).toMatchObject({ kind: 'unjudged' });
  });

  test('throttled waits, ever longer, with the same text', async () => {
    bedrock.applyGuardrail.inject({ kind: 'throttled', times: 3 });
    expect(await judge('Hello', 'INPUT', never)).toMatchObject({ kind: 'passed' });
    expect(pauses).toEqual([500, 1_000, 2_000]);
    expect(new Set(bedrock.applyGuardrail.calls.map(({ content }) => content[0]?.text?.text))).toEqual(new Set(['Hello']));
  });

  test.each(['throttled', 'unavailable', 'access-denied'] as const)('M20 %s for ever is unjudged, never clean', async (kind) => {
    bedrock.applyGuardrail.inject({ kind, times: 99 });
    expect(await judge('Hello', 'INPUT', never)).toMatchObject({ kind: 'unjudged' });
  });
});

describe('M20 an answer that is not understood', () => {
  const pii = (match: string) => [{ sensitiveInformationPolicy: { piiEntities: [{ match, type: 'EMAIL', action: 'ANONYMIZED' }] } }];

  test.each([
    ['intervened, no assessments', { action: 'GUARDRAIL_INTERVENED', outputs: [] }, 'blocked'],
    ['intervened, empty assessments', { action: 'GUARDRAIL_INTERVENED', outputs: [{ text: 'x' }], assessments: [] }, 'blocked'],
    ['an action that nobody knows', { action: 'GUARDRAIL_PAUSED', outputs: [], assessments: [] }, 'blocked'],
    ['masked, without the masked text', { action: 'GUARDRAIL_INTERVENED', outputs: [], assessments: pii('ann@x.test') }, 'unjudged'],
    [
      'masked, with a text that is not ours',
      { action: 'GUARDRAIL_INTERVENED', outputs: [{ text: 'Other {EMAIL}' }], assessments: pii('ann@x.test') },
      'unjudged',
    ],
    [
      'masked, with the text as it was',
      { action: 'GUARDRAIL_INTERVENED', outputs: [{ text: 'Write to ann@x.test' }], assessments: pii('ann@x.test') },
      'unjudged',
    ],
    ['masked', { action: 'GUARDRAIL_INTERVENED', outputs: [{ text: 'Write to {EMAIL}' }], assessments: pii('ann@x.test') }, 'passed'],
  ])('%s', async (_, answer, kind) => {
    bedrock.applyGuardrail.inject({ kind: 'answer', answer });
    expect((await judge('Write to ann@x.test', 'INPUT', never)).kind).toBe(kind);
  });

  test('and one that never comes is unjudged in time', async () => {
    const apply = (_text: string, _direction: string, signal: AbortSignal) =>
      new Promise<Applied>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    expect(await createJudge({ apply, pause: async () => {}, patience: 30 })('Hello', 'INPUT', never)).toMatchObject({ kind: 'unjudged' });
  });
});

test('nothing said is not judged', async () => {
  expect(await judge(' \n', 'INPUT', never)).toMatchObject({ kind: 'passed', units: 0 });
  expect(bedrock.applyGuardrail.calls).toEqual([]);
});

describe('masks', () => {
  const value = fc.constantFrom('ann@x.test', '4111', 'Ann', 'Ann Lee', '{EMAIL}', '𝒳😀', 'a');
  const names = fc.constantFrom('EMAIL', 'NAME', 'Badge');
  const literal = fc.constantFrom(' ', 'Ann said: ', '\n', 'a', '{', '}', 'x', '4111 ');
  const parts = fc.array(fc.oneof(literal, fc.tuple(value, names)), { maxLength: 12 });

  test('stand where they stood in the masked text, whatever is around them', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const text = given.map((part) => (typeof part === 'string' ? part : part[0])).join('');
        const shown = given.map((part) => (typeof part === 'string' ? part : `{${part[1]}}`)).join('');
        const entities = given.flatMap((part) => (typeof part === 'string' ? [] : [{ match: part[0], type: part[1] }]));
        const spans = maskedSpans(text, shown, [{ sensitiveInformationPolicy: { piiEntities: entities } }]);
        // Two values of one beginning may be told apart in no way; then it says that it does not know, and never shows one.
        if (spans) expect(masked(text, spans)).toBe(shown);
      }),
      { numRuns: 300 },
    );
  });
});

test('M22 no piece is longer than told or parts a character, and each begins in the one before', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', ' ', '😀', '\n'), maxLength: 300 });
  fc.assert(
    fc.property(anyText, fc.integer({ min: 40, max: 90 }), (text, longest) => {
      const pieces = textPieces({ start: 0, end: text.length }, text, { longest, overlap: 30 });
      expect([pieces[0]?.start, pieces.at(-1)?.end]).toEqual([0, text.length]);
      for (const [index, { start, end }] of pieces.entries()) {
        expect(end - start).toBeLessThanOrEqual(longest);
        expect(text.slice(start, end).isWellFormed()).toBe(true);
        if (index > 0) expect(start).toBeLessThan(pieces[index - 1]?.end ?? 0);
      }
    }),
    { numRuns: 100 },
  );
});
