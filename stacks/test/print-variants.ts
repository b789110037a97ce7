// What each variant comes to, for tests that may not import the stacks: node stacks/test/print-variants.ts
import { nameOf } from '../settings/names.ts';
import { secretKeysOf } from '../storage/secret-keys.ts';
import { variants } from '../variants/variants.ts';

const printed = await Promise.all(
  Object.entries(variants).map(async ([name, { settings }]) => {
    const parsed = await settings();
    return [
      name,
      { settings: parsed, functions: nameOf(parsed, '…'), secret: nameOf(parsed, 'secrets'), secretKeys: secretKeysOf(parsed) },
    ];
  }),
);
process.stdout.write(JSON.stringify(Object.fromEntries(printed)));
