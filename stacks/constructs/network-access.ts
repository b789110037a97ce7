import type { Settings } from '../settings/settings.ts';
import type { Grants } from './grant.ts';

type Place = Pick<Settings, 'network' | 'region' | 'account'>;

/** Where a function stands, if in the company's network; what it needs there: `docs/deploy.md`. */
export function placedIn({ network }: Pick<Settings, 'network'>) {
  return network.mode === 'public' ? {} : { vpcConfig: { subnetIds: network.subnets, securityGroupIds: network.securityGroups } };
}

const making = ['CreateNetworkInterface', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'];
const looking = ['DescribeNetworkInterfaces', 'DescribeSubnets'];
const onEc2 = (names: readonly string[]) => names.map((name) => `ec2:${name}`);

/**
 * What Lambda itself does with the role of a function in a network, and the code of that function may not.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, "Required IAM permissions" and "Lambda security best practice"
 */
export function networkGrantsOf({ network, region, account }: Place, functionName: string): Grants {
  if (network.mode === 'public') return {};
  return {
    interfaces: {
      actions: onEc2(making),
      resources: [`arn:aws:ec2:${region}:${account}:*/*`],
      because: 'Lambda itself makes the interfaces of functions, with ids of AWS’s; with fewer resources it is refused',
    },
    interfacesSeen: {
      actions: onEc2(looking),
      resources: ['*'],
      because: 'Lambda itself looks for its interfaces; these know no resource',
    },
    interfacesNotByCode: {
      effect: 'Deny',
      actions: onEc2([...making, ...looking]),
      resources: ['*'],
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': `arn:aws:lambda:${region}:${account}:function:${functionName}` } },
      because: 'they are Lambda’s to use: AWS names the function in what its code asks for, and in nothing else',
    },
  };
}
