import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { expect, it } from 'vitest';
import { recordTraffic } from '../support/record-traffic.ts';
import { platform, startTestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';

/** One of each way out: documents, a tool behind the gateway, a file, memory, an account. */
const callsOf = (notes: string) => [
  { call: 'search_knowledge_base', input: { query: 'printer paper jam' } },
  { call: 'gateway_pagerduty___listOnCalls', input: {} },
  { call: 'attach_file', input: { name: 'notes', type: 'md', content: notes } },
  { call: 'remember', input: { kind: 'preference', text: 'answer me in bullet points' } },
];

function turnOf({ messages }: ConverseRequest): ScriptedTurn {
  const seen = JSON.stringify(messages);
  if (!seen.includes('do it all')) return 'Fine.';
  // Of equal files the digest by which each is attached once is equal.
  const calls = callsOf(seen.includes('for Ann') ? '# Notes' : '# Other notes');
  return [calls[seen.split('"toolResult"').length - 1] ?? 'All done.'];
}

// On Lambda nothing is restored.
it.skipIf(platform === 'lambda')(
  'D2 two sessions restored from one snapshot send nothing random that is the same',
  async () => {
    await using system = await startTestSystem(scriptedModel(turnOf), { tools: testTools() });
    using traffic = recordTraffic();
    const sent: string[] = [];
    const told: string[][] = [];
    // Two people: what one of them is known by may be the same each time.
    for (const name of ['Ann', 'Bob']) {
      const text = `I work at the Cork clinic. do it all for ${name}, answer me in bullet points`;
      const asked = system.ask({ user: `U0${name.toUpperCase()}`, text });
      expect(system.text(await system.answered(asked))).toContain('All done.');
      // What follows an answer, such as an event of memory, keeps the worker busy.
      const said = Date.now();
      const isDone = () => system.agentCore.sessions.every(({ lastPing }) => lastPing?.status === 'Healthy' && lastPing.at > said);
      await system.until(isDone, 'the end of all work');
      sent.push(traffic.take());
      told.push(system.xRay.spans.flatMap(({ trace, id }) => [trace, id]));
      system.xRay.reset();
    }
    expect(system.agentCore.sessions).toMatchObject([{ carried: { sockets: 0, timers: 0 } }, { carried: { sockets: 0, timers: 0 } }]);
    expect(system.log.filter(({ event }) => /^worker\.(?:not-)?rehearsed$/.test(event)).map(({ event }) => event)).toEqual([
      'worker.rehearsed',
      'worker.rehearsed',
    ]);
    expect(told[0]?.length).toBeGreaterThan(20);
    expect(told[0]?.filter((id) => told[1]?.includes(id))).toEqual([]);
    const [first, second] = sent.map(wordsOf);
    // What would be the same: the AWS clients' own ids, the boundary of an upload.
    for (const text of sent) expect(text.match(/amz-sdk-invocation-id\n[0-9a-f-]{36}/g)?.length).toBeGreaterThan(20);
    expect([...(first ?? [])].filter((word) => second?.has(word) && !mayBeEqual.some((same) => same.test(word)))).toEqual([]);
  },
  90_000,
);

/** Whatever is long enough, and has a digit, to have been drawn. Not the hash of a body, nor a key that stays until it is changed. */
function wordsOf(text: string): ReadonlySet<string> {
  const plain = text
    // Of a request that is the same, in the same second, a signature is the same by its definition.
    .replaceAll(/Signature=[0-9a-f]{64}/g, '')
    .replaceAll(/x-amz-content-sha256\n[0-9a-f]{64}/gi, '')
    // A line of the audit log names the one before it, which the other session may have written.
    .replaceAll(/\\"previous\\":\\"[0-9a-f]{64}/g, '')
    .replaceAll(/(?:Basic |Token token=)[\w+/=-]+/g, '')
    .replaceAll(/%[0-9A-F]{2}/g, ' ');
  return new Set(plain.match(/(?=[\w-]*\d)[\w-]{16,}/g));
}

/** All that two sessions may send alike. */
const mayBeEqual: readonly RegExp[] = [
  // Of a protocol, and a time of the same second.
  /^(?:AWS4-HMAC-SHA256|x-amz-content-sha256|DynamoDB_20120810|\d{8}T\d{6}Z|9007199254740991)$/,
  // What is named in the settings.
  /^(?:vera_(?:memory|worker)-0123456789|claude-sonnet-5-5|us-east-1_NorthW1nd)$/,
  // The head of a token says which key signed it, Slack's context of an event its kind and place, the gateway's cursor a page.
  /^(?:eyJraWQi|4-eyJldCI6|eyJzdGFydCI6)\w+$/,
];
