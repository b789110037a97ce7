import { stepsOf, type Workflow } from './workflow.ts';

/** What no workflow may do, whatever it is for. */
export function workflowFaults(workflow: Workflow): string[] {
  return [...textFaults(workflow.text), ...triggerFaults(workflow), ...permissionFaults(workflow), ...stepFaults(workflow)];
}

const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const ownWorkflow = /^\.\/\.github\/workflows\/[\w-]+\.yml$/;

function textFaults(text: string): string[] {
  const uses = [...text.matchAll(/^\s*(?:- )?uses:\s*(.+)$/gm)].map(([, action = '']) => action.trim());
  const unpinned = uses.filter((action) => !pinned.test(action) && !ownWorkflow.test(action)).map((action) => `${action} is not pinned`);
  return [...unpinned, ...(/\bsecrets\b(?!\.GITHUB_TOKEN\b)/.test(text.replace(/#.*$/gm, '')) ? ['uses a secret'] : [])];
}

function triggerFaults({ on }: Workflow): string[] {
  return ['pull_request_target', 'workflow_run'].filter((trigger) => trigger in on).map((trigger) => `is triggered by ${trigger}`);
}

function permissionFaults({ permissions, jobs }: Workflow): string[] {
  return [
    ...(JSON.stringify(permissions) === '{}' ? [] : ['leaves permissions to the default']),
    ...Object.entries(jobs).flatMap(([name, job]) => [
      ...(job.permissions === undefined ? [`${name} has no permissions of its own`] : []),
      ...(job.uses === undefined && !(Number(job['timeout-minutes']) <= 60) ? [`${name} may run for hours`] : []),
    ]),
  ];
}

function stepFaults(workflow: Workflow): string[] {
  return stepsOf(workflow).flatMap(({ name = '', uses = '', run = '', with: inputs = {} }) => [
    // Through `env:`, a value stays a value; here it becomes part of the program.
    ...(run.includes('${{') ? [`'${name}' writes an expression into a script`] : []),
    ...(uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false ? ['a checkout keeps the token'] : []),
  ]);
}
