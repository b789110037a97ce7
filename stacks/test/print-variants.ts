// What each variant comes to, for tests that may not import the stacks: node stacks/test/print-variants.ts
import { nameOf } from '../settings/names.ts';
import { slackManifestOf } from '../slack/slack-manifest.ts';
import { variants } from '../variants/variants.ts';

const addresses = { receiverUrl: 'https://receiver.invalid/', portalUrl: 'https://portal.invalid/' };

const printed = await Promise.all(
  Object.entries(variants).map(async ([name, { settings }]) => {
    const parsed = await settings();
    const manifest = slackManifestOf({ ...parsed, ...addresses, agent: true });
    return [name, { settings: parsed, functions: nameOf(parsed, '…'), secret: nameOf(parsed, 'secrets'), manifest }];
  }),
);
process.stdout.write(JSON.stringify(Object.fromEntries(printed)));
