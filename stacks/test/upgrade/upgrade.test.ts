import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { type SynthesisedStack, synthesise } from '../synthesised.ts';

type Block = Readonly<Record<string, unknown>>;
interface Holding {
  readonly stack: string;
  readonly address: string;
  /** What AWS cannot change of it without making it anew, its name first. */
  readonly is: Block;
}

/** Made by `pnpm keep-last-version` of the commit that CHANGELOG.md names. */
const last = JSON.parse(readFileSync(new URL('last-version.generated.json', import.meta.url), 'utf8')) as {
  readonly version: string;
  readonly environments: Readonly<Record<string, { readonly settings: SettingsInput; readonly holding: readonly Holding[] }>>;
};

type Stack = SynthesisedStack & { readonly moved?: readonly Block[]; readonly removed?: readonly Block[] };

/**
 * What holds data and would be gone, or empty: it is neither where it was nor where a `moved` says, or it is another one there. What Terraform lets
 * go of without destroying it (`removed`) stays.
 */
function lost(holding: readonly Holding[], stacks: ReadonlyMap<string, SynthesisedStack>): string[] {
  return holding.flatMap(({ stack, address, is }) => {
    const now = stacks.get(stack) as Stack | undefined;
    const isLetGo = now?.removed?.some(({ from, lifecycle }) => from === address && (lifecycle as Block | undefined)?.destroy === false);
    if (isLetGo) return [];
    const [type = '', id = ''] = String(now?.moved?.find(({ from }) => from === address)?.to ?? address).split('.');
    const block = now?.resource?.[type]?.[id];
    if (!block) return [`${stack}: ${address} is gone, without a \`moved\``];
    const other = Object.keys(is).filter((key) => JSON.stringify(block[key]) !== JSON.stringify(is[key]));
    return other.length > 0 ? [`${stack}: ${address} is another one: ${other.join(', ')}`] : [];
  });
}

describe.each(Object.entries(last.environments))(
  'the stacks of this version, with the last one’s settings of %s',
  (environment, { settings, holding }) => {
    const { stacks } = synthesise(settings, environment);

    it('have all that holds data where it was', () => {
      expect(holding.map(({ address }) => address.split('.')[0])).toEqual(
        expect.arrayContaining([
          'aws_dynamodb_table',
          'aws_kms_key',
          'aws_secretsmanager_secret',
          'aws_bedrockagentcore_memory',
          'aws_ecr_repository',
        ]),
      );
      expect(lost(holding, stacks)).toEqual([]);
    });

    it('would be told of a table that has another name or key, or that goes, and not of one that is moved or let go of', () => {
      const table = holding.find(({ address }) => address.startsWith('aws_dynamodb_table.'));
      if (!table) throw new Error('There is no table.');
      const id = table.address.split('.')[1] ?? '';
      const changed = (change: (tables: Record<string, Block>, stack: Record<string, unknown>) => void) => {
        const stack = structuredClone(stacks.get(table.stack)) as unknown as Record<string, unknown> & {
          resource: { aws_dynamodb_table: Record<string, Block> };
        };
        change(stack.resource.aws_dynamodb_table, stack);
        return lost([table], new Map([[table.stack, stack as unknown as SynthesisedStack]]));
      };
      const away = (tables: Record<string, Block>) => {
        tables.moved_table = tables[id] ?? {};
        delete tables[id];
      };
      expect(changed((tables) => Object.assign(tables[id] ?? {}, { hash_key: 'other' }))).toEqual([
        `${table.stack}: ${table.address} is another one: hash_key`,
      ]);
      expect(changed((tables) => Object.assign(tables[id] ?? {}, { name: 'other' }))).toHaveLength(1);
      expect(changed(away)).toEqual([`${table.stack}: ${table.address} is gone, without a \`moved\``]);
      expect(
        changed((tables, stack) => {
          away(tables);
          stack.moved = [{ from: table.address, to: 'aws_dynamodb_table.moved_table' }];
        }),
      ).toEqual([]);
      expect(lost([table], new Map())).toHaveLength(1);
      for (const [destroy, count] of [
        [false, 0],
        [true, 1],
      ] as const) {
        const letGo = changed((tables, stack) => {
          away(tables);
          stack.removed = [{ from: table.address, lifecycle: { destroy } }];
        });
        expect(letGo).toHaveLength(count);
      }
    });
  },
);

it('what is kept is of the version before the newest', () => {
  const [, , before = ''] = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8').split(/^## /m);
  expect(before.split('\n')[0]).toBe(last.version);
  const doors = readFileSync(new URL('../../../packages/workbench/upgrade/last-version.generated.mjs', import.meta.url), 'utf8');
  const [, commit] = /^Commit `([0-9a-f]{40})`/m.exec(before) ?? [];
  expect(doors.split('\n')[0]).toContain(`Vera ${last.version}, commit ${commit}`);
});
