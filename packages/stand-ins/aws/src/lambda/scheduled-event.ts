import { arnOf, type Place } from '../place.ts';

/** What an EventBridge rule sends when its schedule comes round. */
export function scheduledEvent(functionName: string, place: Place, at: number): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: place.accountId,
    time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: place.region,
    resources: [arnOf('events', place, `rule/${functionName}`)],
    detail: {},
  };
}
