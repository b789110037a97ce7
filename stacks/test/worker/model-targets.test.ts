import { expect, it } from 'vitest';
import { parseSettings } from '../../settings/settings.ts';
import { modelTargetsOf } from '../../worker/worker-grants.ts';
import { leastSettings } from '../synthesised.ts';

// Case from outside: B41-model-ids.
const targetsOf = (id: string, region = 'us-east-1') => modelTargetsOf(parseSettings('trial', { ...leastSettings, region, model: { id } }));
const own = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456';

it('B41 the ARN of an application inference profile is taken: permission on it, and on models through it only', () => {
  expect(targetsOf(own)).toMatchObject([
    { resources: [own] },
    {
      resources: ['arn:aws:bedrock:*::foundation-model/*'],
      conditions: { StringLike: { 'bedrock:InferenceProfileArn': own } },
      because: expect.any(String),
    },
  ]);
});

it.each([
  ['ca.amazon.nova-lite-v1:0', 'ca-central-1'],
  ['us.amazon.nova-pro-v1:0', 'us-east-1'],
  ['apac.amazon.nova-micro-v1:0', 'ap-south-1'],
])('B41 %s is taken, with its one model', (id, region) => {
  const [profile, model] = targetsOf(id, region);
  expect(profile?.resources).toEqual([expect.stringContaining(`${region}:111122223333:inference-profile/${id}`)]);
  expect(model?.resources).toEqual([`arn:aws:bedrock:*::foundation-model/${id.slice(id.indexOf('.') + 1)}`]);
});

it.each([
  'anthropic.claude-sonnet-5-5',
  'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-5-5',
  'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/*',
  'arn:aws:s3:us-east-1:111122223333:application-inference-profile/abc',
])('%s is none', (id) => {
  expect(() => targetsOf(id)).toThrow('model.id: an inference profile');
});

it('models that helpers may use are allowed as well, each through its own profile only', () => {
  const model = {
    id: 'us.anthropic.claude-sonnet-5-5',
    helpers: { fast: 'us.amazon.nova-lite-v1:0', same: 'us.anthropic.claude-sonnet-5-5' },
  };
  const targets = modelTargetsOf(parseSettings('trial', { ...leastSettings, model }));
  expect(targets.flatMap(({ resources }) => resources)).toEqual([
    expect.stringContaining(':inference-profile/us.anthropic.claude-sonnet-5-5'),
    'arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-5-5',
    expect.stringContaining(':inference-profile/us.amazon.nova-lite-v1:0'),
    'arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0',
  ]);
});

it.each([{ main: 'us.amazon.nova-lite-v1:0' }, { fast: 'amazon.nova-lite-v1:0' }, { 'fast=x': 'us.amazon.nova-lite-v1:0' }])(
  '%j are no models of helpers',
  (helpers) => {
    expect(() => parseSettings('trial', { ...leastSettings, model: { id: 'us.anthropic.claude-sonnet-5-5', helpers } })).toThrow(
      /model\.helpers/,
    );
  },
);
