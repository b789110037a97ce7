import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createLog } from '@vera/service-kit/log';
import type { DescribedTool } from '@vera/worker/describe-servers';
import { describeTools, toolsEnv } from '@vera/worker/describe-tools';
import { expect, test } from 'vitest';
import { tellAllTools } from '../src/tools/tell-all-tools.ts';
import { tellTools } from '../src/tools/tell-tools.ts';
import { variablesOf } from '../src/tools/worker-variables.ts';

const log = createLog({ service: 'vera', write: () => {} });

const read: DescribedTool = {
  name: 'find',
  alias: 'hub_find',
  kind: 'read',
  because: 'on the list of reads',
  offered: 'as it is',
  isLeftOut: false,
};

test('five hundred tools are a few short lines a kind, with what was left out, other names, and what lies behind find_tools', () => {
  const many = Array.from({ length: 500 }, (_, index) => ({ ...read, name: `tool_${index}`, alias: `hub_tool_${index}` }));
  const odd: DescribedTool[] = [
    { ...read, name: 'a.b', alias: 'hub_a_b_0123456789ab' },
    { ...read, name: 'bad', alias: 'hub_bad', offered: 'not', isLeftOut: true },
    {
      ...read,
      name: 'make',
      alias: 'hub_make',
      kind: 'write',
      because: 'nobody says that it only reads',
      offered: 'as the person, after their yes',
    },
  ];
  const text = tellTools({ servers: [{ name: 'hub', title: 'Hub', tools: [...many, ...odd] }], fits: false });
  const lines = text.split('\n');
  expect(lines[0]).toBe('Hub (hub): 503 tools');
  expect(lines.length).toBeLessThan(80);
  expect(Math.max(...lines.slice(0, -3).map((line) => line.length))).toBeLessThan(140);
  for (const { name } of many) expect(text).toContain(name);
  expect(text).toContain('a.b → hub_a_b_0123456789ab');
  expect(text).toContain('  left out, for no model takes their input (1):\n    bad\n');
  expect(text).toContain('  writes: nobody says that it only reads; offered as the person, after their yes (1):\n    make\n');
  expect(text).toContain("502 tools offered in all, more than fit into the model's list of 128");
  expect(text).toContain('find_tools');
});

test('without AWS the settings say which tools there are, with the worker’s own rules, and what is not seen is named', async () => {
  const variables = variablesOf({
    ...{ knowledgeBases: [], readsSlack: false, memory: 'off', approvers: ['U0BOSS', 'U0DEPUTY'], mcpServers: ['aws'] },
    model: { id: 'us.anthropic.claude-sonnet-5-5', helpers: { fast: 'us.anthropic.claude-haiku-5' } },
  });
  const parts = { secrets: undefined, client: new SecretsManagerClient({ region: 'us-east-1' }), region: 'us-east-1', path: '', log };
  const described = await describeTools(toolsEnv.parse(variables), parts);
  const names = described.tools.map(({ name }) => name);
  expect(names).toContain('create_jira_issue');
  for (const off of ['search_knowledge_base', 'read_slack', 'show_memories', 'read_more']) expect(names).not.toContain(off);
  const text = tellAllTools(described, false);
  expect(text).toContain('after the yes of U0BOSS or U0DEPUTY to a card');
  expect(text).toContain('Not counted, for their tools are not seen from here: AWS.');
  expect(text).toContain('AWS (aws): the worker alone opens it, with a role that may only read');
  // Whose app's keys are not in the secret: nothing is done as a person.
  const bare = await describeTools(toolsEnv.parse(variables), { ...parts, secrets: { PORTAL_TICKET_KEY: 'k'.repeat(32) } });
  expect(bare.tools.filter(({ kind }) => kind === 'write')).toEqual([]);
  expect(tellAllTools(bare, true)).toMatch(
    /None of them changes anything in another system\.\nThose with people’s Atlassian accounts are off/,
  );
});
