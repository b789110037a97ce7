import type { AccessRequest } from '@vera/aws-stand-in/iam/statement';

export interface ModelCall {
  readonly action: string;
  /** An inference profile or a foundation model, by id or ARN. */
  readonly modelId: string;
  readonly region: string;
  readonly accountId: string;
}

/** Where a profile may send a request, beside the region that was asked; the real lists differ by model and grow. */
const destinations: Readonly<Record<string, readonly string[]>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-2'],
  // The model of a global profile has no region in its ARN.
  global: [''],
};

/** A profile needs permission on itself and on its model wherever it may route to, there with the profile named in the request's context. */
export function needsOfModel({ action, modelId, region, accountId }: ModelCall): readonly AccessRequest[] {
  const id = modelId.replace(/^arn:.*\//, '');
  const [, geography, model = id] = /^(global|us|eu|au|jp|apac|us-gov)\.(.+)$/.exec(id) ?? [];
  const modelIn = (where: string) => `arn:aws:bedrock:${where}::foundation-model/${model}`;
  if (!geography) return [{ action, resource: modelIn(region) }];
  const profile = `arn:aws:bedrock:${region}:${accountId}:inference-profile/${id}`;
  const regions = new Set([region, ...(destinations[geography] ?? [])]);
  const context = { 'bedrock:InferenceProfileArn': profile };
  return [{ action, resource: profile }, ...[...regions].map((where) => ({ action, resource: modelIn(where), context }))];
}
