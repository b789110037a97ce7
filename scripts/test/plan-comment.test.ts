import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryRepository } from './temporary-repository.ts';
import { workflows } from './workflow.ts';

const plan = workflows().find(({ file }) => file === 'plan.yml');

/** Runs the script of a step as GitHub does, in a folder of these files; those in `bin` stand in for programs. */
function runStep(job: string, step: string, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>) {
  const script = plan?.jobs[job]?.steps?.find(({ name }) => name === step)?.run ?? 'exit 99';
  const places = { GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary', RUNNER_TEMP: '.' };
  const exports = Object.entries({ ...places, ...env }).map(([name, value]) => `export ${name}='${value}'`);
  using folder = temporaryRepository({ ...files, 'step.sh': [...exports, 'PATH="$PWD/bin:$PATH"', script].join('\n') });
  const { root } = folder;
  for (const program of Object.keys(files).filter((path) => /\bbin\//.test(path))) chmodSync(join(root, program), 0o755);
  const { status } = spawnSync('bash', ['-e', 'step.sh'], { cwd: root });
  const textOf = (name: string) => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : '');
  return { status, output: textOf('output'), summary: textOf('summary'), calls: textOf('calls'), comment: textOf('comment.md') };
}

describe('the comment', () => {
  const env = { REPOSITORY: 'northwind/vera', NUMBER: '12', COMMIT: 'c0ffee', RUN: 'https://github.example/run/1' };
  const comment = '<!-- vera-plan-review -->\n## What would change\n';
  const gh = (ids: string) => `#!/bin/sh\necho "$@" >> calls\ncase "$*" in *--paginate*) printf '${ids}' ;; esac\n`;
  const write = (ids: string, files: Readonly<Record<string, string>> = { 'comment.md': comment }) =>
    runStep('comment', 'Write or rewrite the one comment', { ...files, 'bin/gh': gh(ids) }, env);

  it('is posted when there is none', () => {
    const { status, calls } = write('');
    expect(status).toBe(0);
    expect(calls.trim().split('\n').at(-1)).toBe(
      'api --silent --method POST repos/northwind/vera/issues/12/comments --field body=@comment.md',
    );
  });

  it('is rewritten when there is one, and only the first of several', () => {
    const { calls } = write('41\\n42\\n');
    expect(calls.trim().split('\n').at(-1)).toBe(
      'api --silent --method PATCH repos/northwind/vera/issues/comments/41 --field body=@comment.md',
    );
    expect(calls).not.toContain('POST');
  });

  it('is looked for among our own that begin with the marker', () => {
    expect(write('').calls.split('\n')[0]).toBe(
      'api --paginate repos/northwind/vera/issues/12/comments --jq .[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- vera-plan-review -->"))) | .id',
    );
  });

  it('begins with the marker and ends with the commit it is about', () => {
    expect(write('').comment).toMatch(/^<!-- vera-plan-review -->\n## What would change\n.*c0ffee.*run\/1/s);
  });

  it('says so when the plan failed, so that no older one is taken for it', () => {
    expect(write('41', {}).comment).toMatch(/^<!-- vera-plan-review -->\n\*\*The plan could not be made\.\*\*.*c0ffee/s);
  });

  it('fails when GitHub refuses', () => {
    expect(runStep('comment', 'Write or rewrite the one comment', { 'bin/gh': '#!/bin/sh\nexit 1\n' }, env).status).toBe(1);
  });
});

describe('the review', () => {
  const node = (code: number) => `#!/bin/sh\necho "$@" > calls\necho reviewed > comment.md\nexit ${code}\n`;
  const review = (code: number, allowed = 'false') =>
    runStep('plan', 'Review', { 'node_modules/.bin/node': node(code) }, { DATA_LOSS_ALLOWED: allowed });

  it('goes on to the comment when all is well', () => {
    expect(review(0)).toMatchObject({ status: 0, output: 'is-reviewed=true\nverdict=0\n' });
  });

  it('goes on to the comment when a stack could not be planned, and fails after it', () => {
    expect(review(3)).toMatchObject({ status: 0, output: 'is-reviewed=true\nverdict=3\n' });
    expect(runStep('plan', 'Refuse what is not planned as a whole', {}, {}).status).toBe(1);
  });

  it('goes on to the comment when data would be lost, and leaves the verdict to the step after it', () => {
    expect(review(2)).toMatchObject({ status: 0, output: 'is-reviewed=true\nverdict=2\n' });
    expect(runStep('plan', 'Refuse the loss of data', {}, {}).status).toBe(1);
  });

  it('stops at plans it cannot read', () => {
    expect(review(1)).toMatchObject({ status: 1, output: '', summary: '' });
  });

  it('lets data go only with the label', () => {
    expect(review(0).calls).not.toContain('--allow-data-loss');
    expect(review(0, 'true').calls).toMatch(
      /^packages\/plan-review\/src\/main\.ts \S+plans --out \S+comment\.md --manifest cdktf\.out\/manifest\.json --summary summary --allow-data-loss\n$/,
    );
  });
});

describe('the plan', () => {
  const planned = (code: number, sums = 0) =>
    runStep(
      'plan',
      'Plan each stack',
      { 'bin/npx': `#!/bin/sh\nexit ${code}\n`, 'bin/sha256sum': `#!/bin/sh\necho checked > calls\nexit ${sums}\n` },
      {},
    );

  it('of one stack that fails leaves the others to the review', () => {
    expect(planned(0)).toMatchObject({ status: 0, calls: 'checked\n', output: 'code=0\n' });
    expect(planned(1)).toMatchObject({ status: 0, calls: 'checked\n', output: 'code=1\n' });
  });

  it('of stacks that were synthesised anew is none', () => {
    expect(planned(0, 1).status).toBe(1);
    expect(planned(1, 1).status).toBe(1);
  });
});

it('tells a stranger why there is no plan, and a new owner what is missing', () => {
  const say = (configured: string) => runStep('no-plan', 'Say why there is no plan', {}, { IS_CONFIGURED: configured }).summary;
  expect(say('true')).toContain('from forks and from Dependabot get none');
  expect(say('false')).toContain('AWS_PLAN_ROLE_ARN is not set');
});
