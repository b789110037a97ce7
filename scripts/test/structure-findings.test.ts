import { describe, expect, it } from 'vitest';
import { crumbsOf } from '../structure/crumbs.ts';
import { structureFindings } from '../structure/structure-findings.ts';
import { temporaryRepository } from './temporary-repository.ts';

const sound = {
  'README.md': '# Vera\n',
  'AGENTS.md': '# Working here\n',
  'packages/receiver/package.json': '{}\n',
  'packages/receiver/README.md': '# receiver\n',
};

function findingsWith(files: Readonly<Record<string, string>>): string[] {
  using repository = temporaryRepository({ ...sound, ...files });
  return structureFindings(repository.root).map(({ file, line, what }) => `${file}:${line} ${what}`);
}

describe('import directions', () => {
  it.each([
    ['packages/protocol/src/question.ts', '@vera/service-kit/log', 'protocol'],
    ['packages/service-kit/src/log.ts', '@vera/protocol/question', 'service-kit'],
    ['packages/ledger/src/ledger.ts', '@vera/accounts/account', 'ledger'],
    ['packages/slack/src/slack-calls.ts', '@vera/ledger/ledger', 'slack'],
    ['packages/receiver/src/handler.ts', '@vera/worker/env', 'receiver'],
    ['packages/worker/src/main.ts', '@vera/stand-in-kit/listen', 'worker'],
    ['packages/stand-ins/kit/src/listen.ts', '@vera/ledger/ledger', 'stand-in-kit'],
    ['packages/stand-ins/slack/src/main.ts', '@vera/aws-stand-in/call-record', 'slack-stand-in'],
    ['packages/stand-ins/kit/test/listen.test.ts', '@vera/worker/env', 'stand-in-kit'],
    ['packages/workbench/page/src/road.ts', '@vera/start/start-system', 'page'],
    ['packages/receiver/test/receiver.test.ts', '@vera/start/start-system', 'receiver'],
    ['scripts/bundle.ts', '@vera/worker/env', 'scripts'],
  ])('%s may not import %s', (path, specifier, importer) => {
    expect(findingsWith({ [path]: `\nimport { x } from '${specifier}';\n` })).toEqual([`${path}:2 ${importer} imports '${specifier}'`]);
  });

  it.each([
    ['packages/ledger/src/ledger.ts', '@vera/protocol/question'],
    ['packages/worker/src/main.ts', '@vera/slack/slack-calls'],
    ['packages/stand-ins/kit/src/listen.ts', '@vera/protocol/question'],
    ['packages/ledger/test/ledger.test.ts', '@vera/stand-in-kit/listen'],
    ['packages/stand-ins/bedrock/src/model.ts', '@vera/aws-stand-in/aws-error'],
    ['packages/workbench/start/src/main.ts', '@vera/worker/env'],
    ['packages/workbench/start/test/flow/day.test.ts', '@vera/page/test/browser-page'],
    ['stacks/worker-stack.ts', '@vera/worker/permissions'],
    ['packages/plan-review/src/secrets/secret-shapes.ts', '@vera/service-kit/secret-texts'],
    ['stacks/test/worker.test.ts', '@vera/aws-stand-in/iam/is-allowed'],
    ['packages/worker/src/main.ts', '@slack/web-api'],
  ])('%s may import %s', (path, specifier) => {
    expect(findingsWith({ [path]: `import { x } from '${specifier}';\n` })).toEqual([]);
  });

  it.each(['@vera/worker/create-worker', '@vera/ledger/dynamo-leases', '@vera/stand-in-kit/listen'])(
    'a stack may not import %s',
    (specifier) => {
      expect(findingsWith({ 'stacks/worker-stack.ts': `import { x } from '${specifier}';` })).toEqual([
        `stacks/worker-stack.ts:1 stacks import '${specifier}'`,
      ]);
    },
  );

  it.each(['@vera/service-kit/log', '@vera/ledger/table', '@vera/service-kit/dynamo-db'])(
    'a review of plans may not import %s',
    (specifier) => {
      expect(findingsWith({ 'packages/plan-review/src/main.ts': `import { x } from '${specifier}';` })).toEqual([
        `packages/plan-review/src/main.ts:1 plan-review imports '${specifier}'`,
      ]);
    },
  );

  it.each([
    ["import type { Env } from '@vera/worker/env';", 1],
    ["import {\n  a,\n  b,\n} from '@vera/worker/env';", 4],
    ["export { a } from '@vera/worker/env';", 1],
    ["import '@vera/worker/env';", 1],
    [`const env = await ${'import'}('@vera/worker/env');`, 1],
    ["import { y } from 'elsewhere';\nimport { a } from '@vera/worker/env';", 2],
  ])('is seen however it is written: %s', (statement, line) => {
    expect(findingsWith({ 'packages/receiver/src/handler.ts': statement })).toEqual([
      `packages/receiver/src/handler.ts:${line} receiver imports '@vera/worker/env'`,
    ]);
  });

  it('refuses what tests share outside a test', () => {
    const path = 'packages/workbench/start/src/main.ts';
    expect(findingsWith({ [path]: "import { a } from '@vera/page/test/browser-page';" })).toEqual([
      `${path}:1 '@vera/page/test/browser-page' outside a test`,
    ]);
  });

  it('refuses a relative path out of a package and allows one within', () => {
    expect(
      findingsWith({
        'packages/receiver/src/slack/verify.ts': "import { a } from '../../../worker/src/env.ts';\nimport { b } from '../env.ts';\n",
        'packages/receiver/test/verify.test.ts': "import { b } from '../src/env.ts';\n",
        'packages/receiver/src/twin.ts': "import { c } from '../../receiver-two/src/env.ts';\n",
        'packages/stand-ins/aws/src/a.ts': "import { d } from '../../kit/src/listen.ts';\n",
      }),
    ).toEqual([
      "packages/receiver/src/slack/verify.ts:1 '../../../worker/src/env.ts' leaves packages/receiver",
      "packages/receiver/src/twin.ts:1 '../../receiver-two/src/env.ts' leaves packages/receiver",
      "packages/stand-ins/aws/src/a.ts:1 '../../kit/src/listen.ts' leaves packages/stand-ins/aws",
    ]);
  });
});

describe('names, places and sizes', () => {
  it.each(['utils', 'slack-helpers', 'common', 'session-manager', 'manager'])('refuses the name %s', (name) => {
    expect(findingsWith({ [`packages/receiver/src/${name}.ts`]: '' })).toEqual([`packages/receiver/src/${name}.ts:1 the name '${name}'`]);
    expect(findingsWith({ [`packages/receiver/src/${name}/x.ts`]: '' })).toEqual([
      `packages/receiver/src/${name}/x.ts:1 the name '${name}'`,
    ]);
  });

  it.each(['commonmark', 'utilisation', 'secrets-manager'])('allows the name %s', (name) => {
    expect(findingsWith({ [`packages/receiver/src/${name}.ts`]: '' })).toEqual([]);
  });

  it('refuses an index.ts', () => {
    expect(findingsWith({ 'packages/receiver/src/index.ts': '' })).toEqual(['packages/receiver/src/index.ts:1 an index.ts']);
  });

  it('refuses tests inside src, as files and as folders', () => {
    expect(findingsWith({ 'packages/receiver/src/handler.test.ts': '', 'packages/receiver/src/test/scene.ts': '' })).toEqual([
      'packages/receiver/src/handler.test.ts:1 a test outside test/',
      'packages/receiver/src/test/scene.ts:1 a test folder inside src',
    ]);
  });

  it('counts the lines of styles and pages', () => {
    expect(findingsWith({ 'packages/receiver/src/page.css': 'a {}\n'.repeat(300) })).toEqual([]);
    expect(findingsWith({ 'packages/receiver/src/page.css': 'a {}\n'.repeat(301) })).toEqual([
      'packages/receiver/src/page.css:1 301 lines',
    ]);
  });
});

describe('documents', () => {
  it('asks every package for a README of at most 40 lines, and the root for one of at most 150', () => {
    expect(
      findingsWith({
        'packages/worker/package.json': '{}',
        'packages/receiver/README.md': 'x\n'.repeat(41),
        'README.md': 'x\n'.repeat(151),
        'AGENTS.md': 'x\n'.repeat(150),
      }),
    ).toEqual(['README.md:151 151 lines', 'packages/receiver/README.md:41 41 lines', 'packages/worker/README.md:1 missing']);
  });

  it.each(['work', 'root', 'home', 'Users'])('refuses a path of this machine under %s in any text', (folder) => {
    const path = ['', folder, 'someone', 'vera'].join('/');
    expect(findingsWith({ 'packages/receiver/src/handler.ts': `//\nconst at = '${path}';` })).toHaveLength(1);
    expect(findingsWith({ 'AGENTS.md': `see ${path}` })).toHaveLength(1);
  });

  it('refuses what lies beside the repository and allows addresses', () => {
    expect(findingsWith({ 'README.md': `see ${'..'}/shared/notes.md` })).toHaveLength(1);
    expect(findingsWith({ 'README.md': 'see https://example.com/work/notes and packages/work/notes' })).toEqual([]);
  });
});

describe('crumbs', () => {
  const reading = (...paths: readonly string[]) => paths.map((path) => `import { x } from '${path}';\n`).join('');

  function crumbsIn(files: Readonly<Record<string, string>>): string[] {
    return crumbsOf(Object.entries(files).map(([path, text]) => ({ path, text }))).map(
      ({ path, readers }) => `${path} <- ${readers.join()}`,
    );
  }

  it('are small files with one reader, through a path or a door', () => {
    const small = 'export const x = 1;\n';
    expect(
      crumbsIn({
        'packages/ledger/package.json': '{"name":"@vera/ledger","exports":{"./door":"./src/door.ts","./more/*":"./src/more/*.ts"}}',
        'packages/ledger/src/door.ts': small,
        'packages/ledger/src/more/table.ts': small,
        'packages/ledger/src/twice.ts': small,
        'packages/worker/src/main.ts': reading('@vera/ledger/door', '@vera/ledger/more/table', './near.ts', '../../ledger/src/twice.ts'),
        'packages/worker/src/near.ts': reading('../../ledger/src/twice.ts'),
      }),
    ).toEqual([
      'packages/ledger/src/door.ts <- packages/worker/src/main.ts',
      'packages/ledger/src/more/table.ts <- packages/worker/src/main.ts',
      'packages/worker/src/near.ts <- packages/worker/src/main.ts',
    ]);
  });

  it('are not counted by who tests them, nor are large files, borders, ports and tests themselves', () => {
    expect(
      crumbsIn({
        'packages/worker/src/large.ts': `${'//\n'.repeat(24)}export const x = 1;\n`,
        'packages/worker/src/env.ts': 'export const x = 1;\n',
        'packages/worker/src/port.ts': 'export interface Clock {\n  now(): number;\n}\n',
        'packages/worker/src/tested.ts': reading('./large.ts', './env.ts', './port.ts'),
        'packages/worker/test/tested.test.ts': reading('../src/tested.ts'),
        'packages/worker/test/another.test.ts': reading('../src/tested.ts'),
      }),
    ).toEqual(['packages/worker/src/tested.ts <- ']);
  });
});
