import { Socket } from 'node:net';

/** Node 24 has no flag that forbids the network: from here on nothing connects, whatever a file asks for. */
export function forbidNetwork(): void {
  Socket.prototype.connect = () => {
    throw new Error('no network here');
  };
}
