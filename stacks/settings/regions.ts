import { nearestOf } from './nearest-of.ts';

/** AWS's commercial regions. AgentCore opens in more of them each year, so its own list is left to AWS to refuse. */
export const regions = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7'],
  ...['af-south-1', 'il-central-1', 'me-central-1', 'me-south-1'],
];

/** Regions with a runtime but without AgentCore Memory (developer guide, page "supported regions", October 2026). */
const withoutMemory = ['us-west-1', 'eu-south-1', 'eu-south-2', 'ap-south-2', 'ap-southeast-5', 'ap-southeast-7'];

/** Why `region` is none, in words; undefined where it is one. */
export function faultOfRegion(region: string): string | undefined {
  if (!regions.includes(region)) {
    const meant = nearestOf(region, regions);
    return `'${region}' is not an AWS region${meant ? `; did you mean '${meant}'?` : ', such as us-east-1'}`;
  }
  return undefined;
}

export function hasMemory(region: string): boolean {
  return !withoutMemory.includes(region);
}

/** The short form AWS uses in availability zone ids: `us-east-1` → `use1`, `ap-southeast-2` → `apse2`. */
export function regionCodeOf(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  const initials = /^(north|south)(east|west)$/.exec(direction);
  return `${area}${initials ? `${initials[1]?.[0]}${initials[2]?.[0]}` : direction[0]}${number}`;
}
