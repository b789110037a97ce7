import type { Message } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsIn } from '../src/rehearsal/said-meanwhile.ts';
import { type CompanyThread, namesOf, startCompanyThread } from './company-thread.ts';
import { modelId } from './converse-input.ts';

let company: CompanyThread;
beforeAll(async () => {
  company = await startCompanyThread();
});
afterAll(() => company[Symbol.asyncDispose]());

const burning = 'who is on call for payments, and is anything on fire?';
const added = (words: string, how = 'said meanwhile') => [{ text: `Maya Lindqvist ${how}:` }, { text: `Maya Lindqvist: ${words}` }];
const asked = (...content: { readonly text: string }[]): Message => {
  return { role: 'user', content: [{ text: `Maya Lindqvist: ${burning}` }, ...content] };
};

describe('what was said while the answer was worked on', () => {
  it('is answered together with it, whether it came before the first call or between two', async () => {
    const alone = await company.askAdding(asked());
    const bugs = added('are there any open bugs in PAY?');
    for (const both of [await company.askAdding(asked(...bugs)), await company.askAdding(asked(), bugs)]) {
      expect(namesOf(both)).toEqual([...namesOf(alone), 'jira___searchIssues']);
      for (const words of ['**Elena Petrova** is on call for', 'are open:', '**5 issues**']) expect(both.text).toContain(words);
      expect(both.text.indexOf('Elena')).toBeLessThan(both.text.indexOf('5 issues'));
    }
  });

  it('may be several things, each of which is answered, and what they all say is said once', async () => {
    const more = [...added('are there any open bugs in PAY?'), ...added('what does our expenses policy say about hotels?')];
    const { text } = await company.askAdding(asked(more[0]!, more[1]!), more.slice(2));
    for (const words of ['**Elena Petrova**', '**5 issues**', 'hotel']) expect(text).toContain(words);
    const own = text.split('\n\n').filter((paragraph) => paragraph.startsWith('_I am'));
    expect(new Set(own).size).toBe(own.length);
    expect(text).not.toContain('said meanwhile');
  });

  it('is proposed last where it changes something, after all else was answered, and only its end is told then', async () => {
    const wish = added('open a ticket for it');
    const { text, calls } = await company.askAdding(asked(), wish);
    expect(calls.at(-1)?.name).toBe('create_jira_issue');
    expect(text).toContain('PAY-1500');
    expect(text).not.toContain('Elena Petrova** is on call');
  });
});

describe('the things to answer', () => {
  const texts = (content: Message['content']) => {
    const request = { modelId, stream: true, messages: [{ role: 'user', content: content as { text: string }[] }] };
    return requestsIn(request).map(({ messages }) => messages.at(-1)?.content.at(-1)?.text?.replace('Maya Lindqvist: ', ''));
  };

  it('are the question alone where nothing was added', () => {
    expect(texts(asked().content)).toEqual([burning]);
  });

  it('are in their last words', () => {
    const edited = added('and on Sunday?', 'edited what they said meanwhile, which now reads');
    expect(texts(asked(...added('who is next?'), ...added('and on Monday?'), ...edited).content)).toEqual([
      ...[burning, 'who is next?', 'and on Sunday?'],
    ]);
    const question = added('who is on call for platform?', 'edited the question, which now reads');
    expect(texts(asked(...added('who is next?'), ...question).content)).toEqual(['who is on call for platform?', 'who is next?']);
  });
});
