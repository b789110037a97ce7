import { ails, type Finding, lives } from '../../check/finding.ts';
import type { Check, Patient, Worker } from '../check.ts';
import { workerRights } from '../find-worker.ts';

const part = 'worker';
const deployIt = 'pnpm cdktf deploy worker';

export const workerCheck: Check = {
  part,
  asks: 'Does the endpoint serve the current version, on the platform and from the image that the settings mean?',
  rights: workerRights,
  concerns: ({ settings }) => settings?.worker.on === 'agentcore',
  async look(patient) {
    const worker = await patient.worker();
    if (worker.on === 'lambda')
      return [
        ails(
          part,
          `the invoker calls the function ${worker.functionName}, and the settings say AgentCore`,
          'pnpm cdktf deploy worker invoker',
        ),
      ];
    const faults = [...faultsOfState(worker), ...faultsOfVersion(worker, patient)];
    const { runtime, endpoint } = worker;
    if (faults.length > 0) return faults;
    return [lives(part, `${endpoint.name} serves version ${runtime.version} on ${runtime.platform}, of the current image`)];
  },
};

type OnAgentCore = Extract<Worker, { readonly on: 'agentcore' }>;

function faultsOfState({ runtime, endpoint }: OnAgentCore): Finding[] {
  const said = (why: string | undefined) => (why ? `: ${why}` : '');
  if (/FAILED/.test(runtime.status))
    return [
      ails(part, `the last change of the runtime failed (${runtime.status}${said(runtime.why)}); sessions run what was before`, deployIt),
    ];
  if (/FAILED/.test(endpoint.status))
    return [ails(part, `the endpoint ${endpoint.name} could not be moved (${endpoint.status}${said(endpoint.why)})`, deployIt)];
  const moving = [runtime.status, endpoint.status].find((status) => status !== 'READY');
  return moving === undefined ? [] : [ails(part, `it is being changed just now (${moving})`, 'wait some four minutes, and ask again')];
}

function faultsOfVersion({ runtime, endpoint }: OnAgentCore, { settings, sources }: Patient): Finding[] {
  const faults: Finding[] = [];
  const meant = settings?.rollBackTo === undefined ? runtime.latestVersion : String(settings.rollBackTo);
  if (runtime.version !== meant) {
    const words = `${endpoint.name} serves version ${runtime.version}, and ${settings?.rollBackTo ? 'rollBackTo says' : 'the latest is'} ${meant}`;
    faults.push(ails(part, words, deployIt));
  }
  // What was gone back to has the platform and the image that it was made with.
  if (settings === undefined || settings.rollBackTo !== undefined) return faults;
  const platform = settings.platform.toUpperCase();
  if (runtime.platform === undefined)
    faults.push(ails(part, `AWS tells no platform of version ${runtime.version}, and the settings mean ${platform}`, deployIt));
  else if (runtime.platform !== platform)
    faults.push(ails(part, `version ${runtime.version} runs on ${runtime.platform}, and the settings mean ${platform}`, deployIt));
  const { image } = settings;
  const isMeant = 'uri' in image ? runtime.image === image.uri : runtime.image?.endsWith(`:${sources.imageTag()}`);
  if (!isMeant) {
    const is = runtime.image?.split('/').at(-1) ?? 'none';
    const should = 'uri' in image ? image.uri.split('/').at(-1) : `tag ${sources.imageTag()}`;
    faults.push(
      ails(
        part,
        `it runs the image ${is}; the ${'uri' in image ? 'settings name' : 'sources here give'} ${should}`,
        `${deployIt}, or check out what was deployed`,
      ),
    );
  }
  return faults;
}
