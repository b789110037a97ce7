import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../settings/settings.ts';
import { leastSettings } from '../synthesised.ts';

/** Without the file's line. */
function told(change: object): string[] {
  try {
    parseSettings('trial', { ...leastSettings, ...change });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
}

/** What is wrong, without the words for it. */
const pathsOf = (change: object) => told(change).map((line) => /^ {2}([^:]*): /.exec(line)?.[1]);

const base = { id: 'NORTHWIND1', name: 'A' };
const server = { name: 'own', url: 'https://a.example.com', reads: [] };
const front = {
  receiver: 'slack.northwind.example',
  portal: 'vera.northwind.example',
  certificateArn: 'arn:aws:acm:us-east-1:999988887777:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f',
};

describe('what is wrong inside a setting', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'the region of a model that may say too much',
      { region: 'eu-central-1', model: { id: 'us.anthropic.claude-sonnet-5-5', maxTokens: 999_999 } },
      ['model.maxTokens', 'model.id'],
    ],
    [
      'a program in no image, after a server nobody knows',
      { mcpServers: ['gihub', { name: 'x', command: 'uvx', reads: ['a'] }] },
      ['mcpServers.0', 'mcpServers.1.command'],
    ],
    [
      'a region that is none, after an id that is none',
      {
        knowledgeBases: [
          { ...base, id: 'abc' },
          { id: 'NORTHWIND1', region: 'us-eest-1' },
        ],
      },
      ['knowledgeBases.0.id', 'knowledgeBases.1.name', 'knowledgeBases.1.region'],
    ],
    [
      'the third knowledge base, after a wrong first one',
      { knowledgeBases: [{ id: 'abc', name: 'C' }, base, { ...base, name: 'B' }] },
      ['knowledgeBases.0.id', 'knowledgeBases.2.id'],
    ],
    [
      'tokens beside dollars',
      { budgets: { person: { tokensPerDay: 100, dollarsPerDay: 0 } } },
      ['budgets.person.dollarsPerDay', 'budgets.person.tokensPerDay'],
    ],
    [
      'two times beside a third one',
      { questions: { unheldSeconds: 60, deliveryGraceSeconds: 300, lookSeconds: 90 } },
      ['questions.lookSeconds', 'questions.unheldSeconds'],
    ],
    [
      'what Lambda does not have, beside too little memory',
      { worker: { on: 'lambda', memoryMegabytes: 512 }, rollBackTo: 3, limits: { seconds: 800 } },
      ['worker.memoryMegabytes', 'limits.seconds', 'rollBackTo'],
    ],
    [
      'the helper’s region, where the model itself is none',
      { model: { id: 'claude', helpers: { fast: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0' } } },
      ['model.id', 'model.helpers.fast'],
    ],
    [
      'a certificate of another account, beside a name that is none',
      { front: { ...front, portal: 'x' } },
      ['front.portal', 'front.certificateArn'],
    ],
    [
      'an environment that no workflow names, beside a repository that is none',
      { github: { repository: 'x', deployFrom: { environment: 'production' } } },
      ['github.repository', 'github', 'github', 'github.deployFrom.environment'],
    ],
    [
      'a topic that is there twice, beside a kind of data that is none',
      {
        guardrail: {
          mask: ['EMAL'],
          topics: [
            { name: 'A', definition: 'x' },
            { name: 'A', definition: 'y' },
          ],
        },
      },
      ['guardrail.mask.0', 'guardrail.topics'],
    ],
  ])('does not hide %s', (_, change, paths) => {
    expect(pathsOf(change)).toEqual(paths);
  });

  it.each<[string, object, readonly string[]]>([
    ['a time that was refused, by its default', { session: { idleSeconds: 'long', lifetimeSeconds: 600 } }, ['session.idleSeconds']],
    ['a gateway without a target that is right', { gateway: { targets: { jira: { site: 'northwind' } } } }, ['gateway.targets.jira.site']],
    ['a gateway before a server that is wrong', { gateway: {}, mcpServers: [{ ...server, via: 'gatewya' }] }, ['mcpServers.0.via']],
    [
      'a role for a server whose name is wrong',
      { mcpServers: ['awss'], roles: { 'aws-reader': 'arn:aws:iam::111122223333:role/x' } },
      ['mcpServers.0'],
    ],
    ['the price of a model that is none', { budgets: { person: { dollarsPerDay: 0.01 } }, model: { id: 'claude' } }, ['model.id']],
    ['a model that was refused', { region: 'mars', model: { id: 'us.anthropic.claude-sonnet-5-5' } }, ['region']],
  ])('is not judged a second time: %s', (_, change, paths) => {
    expect(pathsOf(change)).toEqual(paths);
  });
});

describe('a value of a wrong kind', () => {
  it.each<[string, object, string]>([
    ['an account that is a number', { account: 999_988_887_777 }, "account: a text is needed, in quotes: '…'"],
    [
      'a version that is a number',
      { guardrail: { existing: { id: 'abc', version: 3 } } },
      "guardrail.existing.version: a text is needed, in quotes: '…'",
    ],
    ['a yes in quotes', { debug: 'false' }, 'debug: true or false is needed, without quotes'],
    ['a number in quotes', { limits: { turns: '60' } }, 'limits.turns: a number is needed, without quotes'],
    ['one where several may be', { approvers: 'U0ANNA' }, 'approvers: a list is needed: […]'],
    ['a word where there are parts', { worker: 'lambda' }, 'worker: an object is needed: {…}'],
    ['a server nobody knows', { mcpServers: ['gihub'] }, "of any other server give the data; did you mean 'github'?"],
    ['one with its address', { mcpServers: ['splnk=https://s.example.com'] }, "did you mean 'splunk'?"],
    ['one letter too few', { mcpServers: ['azur'] }, "did you mean 'azure'?"],
    ['a kind of data', { guardrail: { mask: ['EMAL'] } }, "guardrail.mask.0: did you mean 'EMAIL'?"],
    ['capitals', { platform: 'V2' }, "platform: did you mean 'v2'?"],
    ['on and off', { memory: 'of' }, "memory: did you mean 'off'?"],
    ['nothing like what there is', { overlap: 'never' }, "overlap: one of 'fold', 'queue' is needed"],
    ['a number between two', { logDays: 29 }, 'at most; nearest to 29: 14 and 30'],
    ['a number beyond all', { logDays: 9999 }, 'at most; nearest to 9999: 3653'],
    ['an image of nothing', { image: {} }, 'image: build or uri is needed'],
  ])('is told in words that help: %s', (_, change, words) => {
    const lines = told(change);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(words);
    expect(lines[0]).not.toContain('Invalid');
  });

  it('is not repeated, for it may be a key', () => {
    const key = 'xoxb-of-somebody';
    expect(told({ platform: key, debug: key, memory: key }).join('\n')).not.toContain(key);
  });
});
