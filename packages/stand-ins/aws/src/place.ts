/** Where the emulated resources are said to be; part of every ARN. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

export const defaultPlace: Place = { region: 'us-east-1', accountId: '000000000000' };

export function arnOf(service: string, { region, accountId }: Place, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}
