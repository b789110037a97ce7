import type { AddressInfo } from 'node:net';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import type { Listening } from '@vera/stand-in-kit/listen';
import dynalite from 'dynalite';
import type { CallRecord } from './call-record.ts';
import { createDynaliteDoor, type Handle } from './dynamo-db/dynalite-door.ts';
import { type AwsFault, createFaults } from './faults.ts';
import { defaultPlace, type Place } from './place.ts';

export interface DynamoDbParams extends Partial<Place> {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  /** The account's own key that the tables are encrypted with. */
  readonly keyArn?: string;
  /** Folder in which the tables outlive the emulator; in memory when left out. */
  readonly path?: string;
}

export interface DynamoDbEmulator extends Listening {
  inject(fault: AwsFault): void;
}

/** DynamoDB by dynalite, behind our record of calls and our faults. A new table is active within a moment; nothing expires by time to live. */
export async function createDynamoDb(params: DynamoDbParams): Promise<DynamoDbEmulator> {
  const timings = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite(params.path === undefined ? timings : { ...timings, path: params.path });
  const [handle] = server.listeners('request') as Handle[];
  if (!handle) throw new Error('dynalite has no request handler');
  const faults = createFaults();
  server.removeAllListeners('request');
  server.on('request', createDynaliteDoor({ ...defaultPlace, clock: realClock, ...params, faults, handle }));

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(params.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    inject: faults.inject,
    async [Symbol.asyncDispose]() {
      // dynalite waits for every open connection before it closes its store.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
