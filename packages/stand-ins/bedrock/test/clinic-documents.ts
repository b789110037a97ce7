import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const bicycle = `---
title: Bicycle safety
---

Everybody with a company bicycle reads this page.

## Stolen bicycle

**Call the front desk within 2 hours of noticing.** Call even if it may turn up.

1. **Call 700.** Say where you left the bicycle.
2. Stolen, not borrowed: report the bicycle to the police with the frame number.
3. Get another one from the cellar.

Nobody has to pay for a stolen bicycle.

## Who knows what

- Olga Brandt knows the frame numbers.
- Time sheets of couriers are kept at the desk.
`;

const rota = `---
title: Desk rota
---

## At the desk this week (1 to 7 June 2026)

- **Front desk:** Olga Brandt is at the desk this week.
- **Back office:** Piet Maas is at the desk this week.

## Front desk rota

| week of | who |
|---|---|
| 2026-05-25 | Piet Maas |
| 2026-06-01 | Olga Brandt |
| 2026-06-08 | Lin Wei |
| 2026-06-15 | Sam Obi |
`;

const outage = `---
title: "OUT-7: the lift stood still"
---

Review with everybody.

## Summary

On 3 May a fuse of the lift melted. For two hours people took the stairs.

## Related

Not related to OUT-5; OUT-7 and OUT-5 are only mentioned together.
`;

const files: Readonly<Record<string, string>> = {
  'bicycle-safety.md': bicycle,
  'desk-rota.md': rota,
  'out-7.md': outage,
  'lunch.md': '---\ntitle: Lunch allowance\n---\n\n## Amounts\n\n| what | limit |\n|---|---|\n| Lunch | EUR 12 per day |\n',
  'lunch-2024.md':
    '---\ntitle: Lunch allowance 2024\ntags: lunch, superseded\n---\n\n> **Superseded by** the lunch allowance.\n\nLunch limit, lunch allowance: the lunch limit is EUR 9.\n',
  'glossary.md':
    '---\ntitle: Glossary\n---\n\n| Term | Means |\n|---|---|\n| **KFZ** | a car |\n| **Garage** | where the KFZ stands at night |\n',
};

/** Documents with a procedure, a rota, an incident and a superseded policy, in a folder of their own. */
export function clinicDocuments(): Disposable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
