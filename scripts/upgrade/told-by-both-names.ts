import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Document {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** In place of what only the upgrade makes: nothing is there yet to be told of. */
const madeByTheUpgrade = 'arn:aws:vera:::made-by-the-upgrade';

/**
 * A stack of the last version that tells the later ones what it told, and the same under the names that this version's read: so they find it
 * once the upgrade has come to them, as when the stacks are applied one after the other.
 */
export function toldByBothNames<Old extends Document>(old: Old, now: Document): Old {
  const isThere = (value: unknown) =>
    [...String(value).matchAll(/\$\{(\w+)\.([\w-]+)[.[]/g)].every(([, type = '', id = '']) => old.resource?.[type]?.[id] !== undefined);
  const further = Object.entries(now.output ?? {}).map(([name, output]) => {
    return [name, isThere(output.value) ? output : { ...output, value: madeByTheUpgrade }] as const;
  });
  // Terraform refuses a block without a label.
  return further.length === 0 ? old : { ...old, output: { ...Object.fromEntries(further), ...old.output } };
}

/** Of all stacks that both have, in two folders of synthesised ones; the first is changed. */
export function tellByBothNames(old: string, now: string): void {
  for (const path of globSync('stacks/*/cdk.tf.json', { cwd: old })) {
    const [before, after] = [old, now].map((folder) => documentIn(join(folder, path)));
    if (before && after) writeFileSync(join(old, path), JSON.stringify(toldByBothNames(before, after), null, 2));
  }
}

function documentIn(path: string): Document | undefined {
  const [found] = globSync(path);
  return found === undefined ? undefined : (JSON.parse(readFileSync(found, 'utf8')) as Document);
}
