import type { DescribedTool } from '@vera/worker/describe-servers';
import { expect, test } from 'vitest';
import { tellTools } from '../src/tools/tell-tools.ts';

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
