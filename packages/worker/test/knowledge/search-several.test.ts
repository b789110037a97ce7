import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '@vera/service-kit/log';
import { describe, expect, test } from 'vitest';
import type { Found, KnowledgeBase, Passage } from '../../src/knowledge/ask-bases.ts';
import { createSources, searchKnowledgeBase } from '../../src/tools/search-knowledge-base.ts';

const { signal } = new AbortController();
const passage = (title: string): Passage => ({ title, url: `https://docs.example/${title}`, text: `About ${title}.` });

function base(name: string, found: Partial<Found> | 'throttled' | 'slow'): KnowledgeBase {
  return {
    name,
    async search(_, until) {
      if (found === 'throttled') throw new Error('ThrottlingException arn:aws:bedrock:SECRET');
      if (found === 'slow') await sleep(60_000, undefined, { signal: until });
      return { passages: [], unreadable: 0, ...(typeof found === 'string' ? {} : found) };
    },
  };
}

function search(bases: readonly KnowledgeBase[], lines: string[] = []) {
  const log = createLog({ service: 'worker', write: (line) => void lines.push(line) });
  return searchKnowledgeBase(bases, { sources: createSources(), log, patience: 50 }).run({ query: 'x' }, signal);
}

const answering = base('Handbook', { passages: [passage('leave'), passage('travel')] });
const other = base('Runbooks', { passages: [passage('failover')] });
const empty = base('People', {});
const throttled = base('Clinics', 'throttled');
const slow = base('Contracts', 'slow');
const pictures = base('Plans', { unreadable: 2 });

describe('M11 a search of several knowledge bases', () => {
  test('answers with what one finds, and tells which one failed from which one knows nothing', async () => {
    const lines: string[] = [];
    const { text, told, isError, found } = await search([throttled, empty, answering], lines);
    expect(text.split('\n\n')[0]).toBe('Could not be searched: Clinics. Nothing found in People. Say so in the answer.');
    expect(text).toContain('[1] <data from="Handbook">\nleave\n\nAbout leave.\n</data>');
    expect([told, isError, found?.length]).toEqual(['2 documents; could not be searched: Clinics; nothing found in People', false, 2]);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'knowledge.failed', base: 'Clinics' });
  });

  test('numbers across them, the best of each first', async () => {
    const { text } = await search([answering, other]);
    expect([...text.matchAll(/^\[(\d)\] <data from="(\w+)">\n(\w+)$/gm)].map((match) => match.slice(1))).toEqual([
      ['1', 'Handbook', 'leave'],
      ['2', 'Runbooks', 'failover'],
      ['3', 'Handbook', 'travel'],
    ]);
  });

  test('waits for none longer than it may take', async () => {
    const { told } = await search([slow, answering]);
    expect(told).toBe('2 documents; could not be searched: Contracts');
  });

  test.each([
    [[throttled], 'could not be searched: Clinics', true],
    [[throttled, slow], 'could not be searched: Clinics, Contracts', true],
    [[throttled, empty], 'could not be searched: Clinics; nothing found in People', false],
    [[empty], 'nothing found in People', false],
    [[pictures], 'found without text that can be read: Plans (2)', false],
    [[pictures, empty], 'nothing found in People; found without text that can be read: Plans (2)', false],
  ])('that finds nothing to read says why: %#', async (bases, words, failed) => {
    const { text, told, isError } = await search(bases);
    expect([told, isError]).toEqual([words, failed]);
    const nothingFits = /say that you found nothing/i.test(text);
    expect(nothingFits).toBe(words === 'nothing found in People');
    expect(text).not.toContain('SECRET');
  });

  test('M12 that finds something else beside what cannot be read says so', async () => {
    const { text } = await search([pictures, answering]);
    expect(text).toMatch(/^Found without text that can be read: Plans \(2\)\.\n\n\[1\] /);
  });

  test('M16 tells the age of each in its mark, where no document can speak', async () => {
    const aged = {
      ...passage('leave'),
      text: '(updated 2026-11-29)',
      age: { told: 'outdated, last updated 2026-02-25, 9 months ago', warning: 'x' },
    };
    const { text } = await search([base('Handbook', { passages: [aged] })]);
    expect(text).toMatch(/^\[1\] <data from="Handbook, outdated, last updated 2026-02-25, 9 months ago">\nleave\n/);
  });

  test('says to the model what each holds', () => {
    const described = searchKnowledgeBase([{ ...other, about: 'what to do when an alert rings' }, answering], { sources: createSources() });
    expect(described.description).toMatch(/ There are: Runbooks \(what to do when an alert rings\)\.$/);
  });
});
