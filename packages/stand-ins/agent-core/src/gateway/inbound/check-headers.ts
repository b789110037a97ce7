import { GatewayRefusal } from './gateway-refusal.ts';

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Refuses what streamable HTTP does not allow. What a browser page of elsewhere sends to this laptop is refused too. */
export function checkHeaders({ headers }: Request): void {
  const origin = headers.get('origin');
  if (!loopback.test(headers.get('host') ?? '') || (origin !== null && !loopback.test(origin.replace(/^https?:\/\//, '')))) {
    throw new GatewayRefusal(403, -32000, 'Forbidden: only this machine may call the emulator');
  }
  if (!headers.get('content-type')?.toLowerCase().startsWith('application/json')) {
    throw new GatewayRefusal(415, -32000, 'Unsupported Media Type: Content-Type must be application/json');
  }
  if (!['application/json', 'text/event-stream'].every((type) => isAccepted(type, headers.get('accept') ?? ''))) {
    throw new GatewayRefusal(406, -32000, 'Not Acceptable: Client must accept both application/json and text/event-stream');
  }
}

function isAccepted(type: string, accept: string): boolean {
  const ranges = accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';')[0]?.trim());
  return [type, `${type.split('/')[0]}/*`, '*/*'].some((range) => ranges.includes(range));
}
