import { type JsonObject, referenceIn, targetOf } from './json-document.ts';
import { nodesOf } from './nodes-of.ts';
import type { OpenApiFinding } from './open-api-finding.ts';

interface Reference {
  readonly where: string;
  readonly to: string;
  readonly isAlone: boolean;
}

/** References that lead nowhere, out of the document, or back to themselves: what is uploaded has them written out. */
export function referenceFindings(document: JsonObject): OpenApiFinding[] {
  const references = referencesOf(document);
  return references.flatMap((reference) => {
    const { where, to, isAlone } = reference;
    const said = { where, what: `the reference ${to}` };
    if (!to.startsWith('#/components/')) {
      return [
        { ...said, why: 'the gateway fetches no other file, and what is shared stands in components', fix: 'refer to #/components/…' },
      ];
    }
    if (!targetOf(document, to)) return [{ ...said, why: 'nothing stands there', fix: 'define it or correct the name' }];
    if (leadsBack(reference, references)) {
      return [{ ...said, why: 'it leads back to itself, so it cannot be written out', fix: 'end it with a plain object' }];
    }
    if (!isAlone) return [{ ...said, why: 'OpenAPI 3.0 ignores what stands beside a reference', fix: 'leave only $ref' }];
    return [];
  });
}

function referencesOf(document: JsonObject): Reference[] {
  return [...nodesOf(document)].flatMap(({ where, value }) => {
    const to = referenceIn(value);
    return to === undefined ? [] : [{ where, to, isAlone: Object.keys(value as JsonObject).length === 1 }];
  });
}

/** Whether what a reference brings in contains, however deep, the reference itself. */
function leadsBack(sought: Reference, all: readonly Reference[]): boolean {
  const seen = new Set<string>();
  const open = [sought.to];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const target = next.slice(1);
    const inside = all.filter(({ where }) => where === target || where.startsWith(`${target}/`));
    if (inside.includes(sought)) return true;
    open.push(...inside.map(({ to }) => to));
  }
  return false;
}
