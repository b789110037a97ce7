import { createCommand, misuse } from '../command.ts';
import { deployment } from '../deployment.ts';
import { createClients } from '../doctor/clients.ts';
import { findWorker } from '../doctor/find-worker.ts';
import { placeOf } from '../place.ts';
import { UsageError } from '../usage-error.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { tellRollback } from './tell-rollback.ts';

const usage = ['rollback [VERSION] [--json]'];
const most = 10;

export const rollbackCommand = createCommand({
  usage,
  help: `Tells the last ${most} versions of the worker on AgentCore: when each was made, which one runs, and whether its image is still there. With VERSION:
whether it can be gone back to, what to write into the settings, and what does not go back with it. Changes nothing: what runs is what the settings
say, or the next deployment would undo it. Ends with 1 when that version cannot be had.

  --json   the versions, for a program`,
  options: { json: { type: 'boolean' } },
  async act({ json }, [version, ...more]) {
    const wanted = version === undefined ? undefined : Number(version);
    if (more.length > 0 || (wanted !== undefined && !(Number.isInteger(wanted) && wanted > 0)))
      throw misuse('VERSION is a number.', { usage });
    const [{ environment }, place] = [deployment(), placeOf({})];
    if (place.runsOn === 'lambda')
      throw new UsageError('On Lambda there are no versions: deploy the earlier commit. Its image is kept, and nothing is built.');
    using clients = createClients(place);
    const worker = await findWorker({ clients, nameOf: place.nameOf });
    if (worker.on === 'lambda')
      throw new UsageError('The worker that is deployed is not on AgentCore, as the settings say: pnpm cdktf deploy worker invoker');
    const versions = await runtimeVersions(clients, worker.runtime.id, most);
    const served = Number(worker.runtime.version);
    const { words, isPossible } = tellRollback({ versions, served, environment, wanted });
    process.stdout.write(json ? `${JSON.stringify({ served, versions }, undefined, 2)}\n` : `${words}\n`);
    return isPossible ? 0 : 1;
  },
});
