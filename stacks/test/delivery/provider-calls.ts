import { createReferences } from '../../permissions/references.ts';
import { resourcesOfType, type StacksJson } from '../../permissions/stacks-json.ts';
import { production } from '../example-settings.ts';
import { synthesise } from '../synthesised.ts';
import { callsForAgents } from './calls-for-agents.ts';
import { callsForData } from './calls-for-data.ts';
import { callsForFront } from './calls-for-front.ts';
import { callsForMachinery } from './calls-for-machinery.ts';
import { callsForWatching } from './calls-for-watching.ts';
import type { ProviderCall } from './provider-call.ts';

/** What Terraform's AWS provider 6.25 calls for each kind of resource, from its documentation and its source, and from AWS's own. */
export const providerCalls = { ...callsForData, ...callsForAgents, ...callsForMachinery, ...callsForWatching, ...callsForFront };

export const { stacks } = synthesise(production, 'production');

/** With the worker on Lambda: one role deploys either, and what was before. */
export const { stacks: stacksOnLambda } = synthesise({ ...production, worker: { on: 'lambda' } }, 'production');

/** With the image built in the account. */
export const { stacks: stacksWithBuilder } = synthesise({ ...production, image: { build: 'codebuild' } }, 'production');

const all = [stacks, stacksOnLambda, stacksWithBuilder].flatMap(callsIn);
const distinct = [...new Map(all.map((call) => [JSON.stringify(call), call])).values()];

/** The calls that everything in the stacks of production takes, wherever its worker runs and its image is built. */
export function callsOf(): readonly ProviderCall[] {
  return distinct;
}

export function callsIn(stacks: StacksJson): readonly ProviderCall[] {
  const references = createReferences(stacks);
  const place = { account: production.account, region: production.region };
  const keyArn = references.textOf('storage', String(stacks.get('storage')?.output?.key_arn?.value));
  const isTheCompanys = resourcesOfType(stacks, 'aws_kms_key').length === 0;
  const all = Object.entries(providerCalls).flatMap(([type, calls]) =>
    resourcesOfType(stacks, type).flatMap(({ stack, id, resource }) =>
      calls({
        has: (argument) => argument in resource,
        of: (attribute) => references.attributeOf(stack, type, id, attribute),
        arn: (service, resource) => `arn:aws:${service}:${place.region}:${place.account}:${resource}`,
        keyArn,
        ...place,
      }),
    ),
  );
  // What a company made has tags of its own.
  return all.map((call) =>
    isTheCompanys && call.resource === keyArn ? { ...call, context: { ...call.context, ...ofSomebodyElse } } : call,
  );
}

const ofSomebodyElse = { 'aws:ResourceTag/vera:bot': undefined, 'aws:ResourceTag/vera:environment': undefined };
