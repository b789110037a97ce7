import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openApiFindings } from '../../gateway/open-api-findings.ts';
import { at, type Mutation, mutations } from './mutations.ts';

const options = (target: string) => ({ target, readsOnly: { exceptFor: ['countIssues'] } });
const read = (api: string) => JSON.parse(readFileSync(new URL(`../../gateway/schemas/${api}.json`, import.meta.url), 'utf8'));
const documents = ['jira', 'confluence', 'pagerduty'].map((api) => ({ api, document: read(api) }));

it.each(mutations)('$name is found wherever it is done', (mutation) => {
  const sites = documents.flatMap(({ api, document }) => mutation.places(document).map((place) => ({ api, document, place })));
  expect(sites.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.constantFrom(...sites), ({ api, document, place }) => {
      const { broken, where } = breakAt(document, place, mutation);
      expect(openApiFindings(broken, options(api)).map((finding) => finding.where)).toContain(where);
    }),
    { numRuns: 15 },
  );
});

function breakAt(document: object, place: readonly string[], mutation: Mutation) {
  const broken = structuredClone(document);
  const parent = at(broken, place.slice(0, -1));
  const where = mutation.damage(at(broken, place), parent, place.at(-1) ?? '');
  return { broken, where: `/${[...place.slice(0, where.up ? -1 : undefined), ...where.below].map(pointerPart).join('/')}` };
}

function pointerPart(key: string) {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

it('whatever stands in a place, it is a finding or none, never a crash', () => {
  const sites = documents.flatMap(({ document }) => placesIn(document).map((place) => ({ document, place })));
  fc.assert(
    fc.property(
      fc.constantFrom(...sites),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant({ toString: null })),
      ({ document, place }, junk) => {
        const broken = structuredClone(document);
        at(broken, place.slice(0, -1))[place.at(-1) ?? ''] = junk;
        expect(openApiFindings(broken, options('any'))).toBeInstanceOf(Array);
      },
    ),
    { numRuns: 300 },
  );
});

function placesIn(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[...place, key], ...placesIn(member, [...place, key])]);
}
