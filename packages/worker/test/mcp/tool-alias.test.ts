import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toolAlias } from '../../src/mcp/listed-tool.ts';

const server = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
const tool = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 256 }),
  fc.stringMatching(/^[a-z_]{1,80}$/),
  fc.stringMatching(/^[a-z]{1,20}_[0-9a-f]{12}$/),
);

test('any name becomes one that Bedrock takes, the same each time', () => {
  fc.assert(
    fc.property(server, tool, (from, name) => {
      const alias = toolAlias(from, name);
      expect(alias).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(toolAlias(from, name)).toBe(alias);
      expect(alias.startsWith(`${from}_`)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('no two tools share a name, on one server or on two', () => {
  const named = fc.record({ server, tool });
  fc.assert(
    fc.property(named, named, (one, other) => {
      fc.pre(one.server !== other.server || one.tool !== other.tool);
      expect(toolAlias(one.server, one.tool)).not.toBe(toolAlias(other.server, other.tool));
    }),
    { numRuns: 5_000 },
  );
});

test('a tool whose own name looks like the alias of another does not get it', () => {
  const alias = toolAlias('ops', 'board.list');
  expect(toolAlias('ops', alias.slice('ops_'.length))).not.toBe(alias);
  expect([toolAlias('ops', 'a.b'), toolAlias('ops', 'a_b')]).toEqual([expect.stringMatching(/^ops_a_b_[0-9a-f]{12}$/), 'ops_a_b']);
});

test('a good name stays as it is, so that logs are read easily', () => {
  expect(toolAlias('gateway', 'pagerduty___listOnCalls')).toBe('gateway_pagerduty___listOnCalls');
});
