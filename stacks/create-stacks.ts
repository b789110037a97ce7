import type { App } from 'cdktf';
import { AuthPortalStack } from './auth-portal/auth-portal-stack.ts';
import { DeliveryStack } from './delivery/delivery-stack.ts';
import { FrontStack } from './front/front-stack.ts';
import { GatewayStack } from './gateway/gateway-stack.ts';
import { InvokerStack } from './invoker/invoker-stack.ts';
import { ObservabilityStack } from './observability/observability-stack.ts';
import { ReceiverStack } from './receiver/receiver-stack.ts';
import type { Settings } from './settings/settings.ts';
import { StorageStack } from './storage/storage-stack.ts';
import { SweeperStack } from './sweeper/sweeper-stack.ts';
import { WorkerStack } from './worker/worker-stack.ts';

/** All stacks, in the order they are deployed: what one makes, the next ones are given. */
export function createStacks(app: App, settings: Settings): void {
  const { github, permissionsBoundary: ceiling } = settings;
  if (github && ceiling) new DeliveryStack(app, 'delivery', { settings, github, ceiling });
  const storage = new StorageStack(app, 'storage', { settings });
  const gateway = settings.gateway && new GatewayStack(app, 'gateway', { settings, gateway: settings.gateway, keyArn: storage.keyArn });
  const authPortal = new AuthPortalStack(app, 'auth-portal', { settings, storage });
  const worker = new WorkerStack(app, 'worker', { settings, storage, gateway, authPortal });
  const invoker = new InvokerStack(app, 'invoker', { settings, storage, worker });
  const receiver = new ReceiverStack(app, 'receiver', { settings, storage, invoker });
  const { front } = settings;
  if (front && storage.frontSecret && receiver.frontOrigin && authPortal.frontOrigin) {
    const origins = { receiver: receiver.frontOrigin, portal: authPortal.frontOrigin };
    new FrontStack(app, 'front', { settings, front, secretId: storage.frontSecret, origins });
  }
  const sweeper = new SweeperStack(app, 'sweeper', { settings, storage, invoker, worker });
  new ObservabilityStack(app, 'observability', {
    settings,
    storage,
    watched: {
      functions: { receiver, invoker, sweeper, 'auth-portal': authPortal },
      worker: worker.runsOn,
      ledgerTable: storage.tables.ledger.name,
      failuresQueue: invoker.failuresQueue,
    },
  });
}
