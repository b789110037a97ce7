import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { expect, it } from 'vitest';
import { startOwnServer } from '../support/start-own-server.ts';
import { startTestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';

const key = 'the-key-that-only-the-gateway-has';
const offered: string[] = [];

function turnOf({ messages, toolConfig }: ConverseRequest): ScriptedTurn {
  offered.push(...(toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec?.name ?? []));
  const last = JSON.stringify(messages.at(-1)?.content);
  return last.includes('3 words') ? 'It has three words.' : [{ call: 'gateway_own___count_words', input: { text: 'one two three' } }];
}

it('a server behind the gateway answers in the thread; its key stays there, and what its settings do not name is not offered', async () => {
  await using own = await startOwnServer();
  const headers = { authorization: 'Bearer ${OWN_KEY}' };
  const entry = {
    name: 'own',
    title: 'Our own',
    url: 'https://own.example.com/mcp',
    headers,
    reads: ['count_words'],
    via: 'gateway' as const,
  };
  await using system = await startTestSystem(scriptedModel(turnOf), {
    tools: testTools(),
    worker: { ownServers: { entries: [entry], keys: {}, path: '' } },
  });
  await system.tools?.gateway.useTargets([{ name: 'own', endpoint: own.url, apiKey: { name: 'Authorization', prefix: 'Bearer', key } }]);
  const asked = system.ask({ text: 'how many words has one two three?' });
  expect(system.text(await system.answered(asked, 30_000))).toContain('It has three words.');
  expect(own.keys).toEqual(new Set([`Bearer ${key}`]));
  expect(offered.filter((name) => name.startsWith('gateway_own'))).toEqual(['gateway_own___count_words', 'gateway_own___count_words']);
  expect(system.lines.join('\n')).not.toContain(key);
}, 90_000);
