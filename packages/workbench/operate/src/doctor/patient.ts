import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLog } from '@vera/service-kit/log';
import { describeServers } from '@vera/worker/describe-servers';
import type { DeployedSettings, Deployment } from '../deployment.ts';
import type { Place } from '../place.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import type { Patient, SlackManifest, Sources } from './check.ts';
import { createClients } from './clients.ts';
import { findWorker } from './find-worker.ts';
import { neededRoles } from './needed-roles.ts';
import { openedByKey } from './opened-by-key.ts';

interface PatientParts {
  readonly place: Place;
  /** Undefined on this machine. */
  readonly deployment: Omit<Deployment, 'functionNameOf'> | undefined;
  readonly secret: string;
  readonly now: () => number;
  readonly fetch: typeof fetch;
  readonly slackConfigToken: string | undefined;
  readonly sources: Sources;
}

export function createPatient({ place, deployment, secret, ...parts }: PatientParts): Patient {
  const clients = createClients(place);
  const { nameOf } = place;
  const store = createSecretStore(clients('secretsManager'), secret);
  const keys = once(() => store.read());
  return {
    ...parts,
    isLocal: place.isLocal,
    region: place.region,
    slackApi: place.slackApi,
    settings: deployment?.settings,
    environment: deployment?.environment ?? 'local',
    portalUrl: deployment?.portalUrl,
    front: deployment?.front,
    nameOf,
    clients,
    keys,
    async describeServers() {
      const log = createLog({ service: 'vera', write: () => {} });
      const parts = { secrets: await keys(), region: place.region, path: process.env.PATH ?? '', log };
      return describeServers(openedByKey(deployment?.settings), parts);
    },
    worker: once(() => findWorker({ clients, nameOf })),
  };
}

function once<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let found: Promise<Result> | undefined;
  return () => {
    found ??= read();
    return found;
  };
}

const root = new URL('../../../../../', import.meta.url);
const run = (script: string, args: readonly string[]) =>
  execFileSync(process.execPath, [fileURLToPath(new URL(script, root)), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** What the code here comes to with these settings: it is what a deployment would make. */
export function sourcesOf({ settings }: { readonly settings: DeployedSettings | undefined }): Sources {
  let tag: string | undefined;
  // As `stacks/worker/image-target.ts` chooses.
  const target = JSON.stringify(settings?.mcpServers ?? []).includes('azure') ? 'with-local-servers' : 'worker';
  return {
    imageTag() {
      tag ??= run('stacks/worker/worker-image.ts', ['linux/arm64', target]).trim();
      return tag;
    },
    slackManifest(receiverUrl, portalUrl) {
      const portal = portalUrl === undefined ? [] : ['--portal-url', portalUrl];
      return JSON.parse(run('stacks/slack/main.ts', ['--receiver-url', receiverUrl, ...portal])) as SlackManifest;
    },
    roleDocuments: neededRoles,
    dockerfile: () => readFileSync(new URL('docker/worker.Dockerfile', root), 'utf8'),
  };
}
