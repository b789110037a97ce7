import { authPortalEnv } from '@vera/auth-portal/env';
import { invokerEnv, invokerToLambdaEnv } from '@vera/invoker/env';
import { receiverEnv } from '@vera/receiver/env';
import { sweeperEnv } from '@vera/sweeper/env';
import { workerEnv } from '@vera/worker/env';
import { App, Lazy, TerraformStack, Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { environmentOf } from '../constructs/environment-of.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { createStacks } from '../create-stacks.ts';
import { deployedRolesOf } from '../permissions/deployment-of.ts';
import { parseSettings } from '../settings/settings.ts';
import type { SettingsInput } from '../settings/settings-schema.ts';
import { company, lambda, production, trial } from './example-settings.ts';
import { leastSettings, synthesise } from './synthesised.ts';

const schemas: Readonly<Record<string, z.core.$ZodObject>> = {
  'auth-portal': authPortalEnv,
  invoker: invokerEnv,
  receiver: receiverEnv,
  sweeper: sweeperEnv,
  worker: workerEnv,
};
const ofReceiver = {
  DEPLOYMENT: 'use1-dev-vera',
  SECRET_ID: 's',
  LEDGER_TABLE: 't',
  AUDIT_TABLE: 'a',
  AUDIT_DAYS: '400',
  INVOKER_FUNCTION: 'f',
};
const ownProfile = 'arn:aws:bedrock:us-east-1:444455556666:application-inference-profile/abc123';
const arn = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/worker';

describe('the environment a stack sets', () => {
  it('does not compile with a variable missing, misspelt or of another type, and does not synthesise either', () => {
    // @ts-expect-error AGENT_RUNTIME_ARN is missing
    expect(() => environmentOf(invokerEnv, { SESSION_SCOPE: 'thread' })).toThrow('AGENT_RUNTIME_ARN: missing');
    // @ts-expect-error AGENT_RUNTIME_ARN is misspelt
    expect(() => environmentOf(invokerEnv, { AGENT_RUNTIME_AN: arn })).toThrow('AGENT_RUNTIME_AN: the deployable does not know it');
    // @ts-expect-error a variable that has a default is misspelt
    expect(() => environmentOf(invokerEnv, { AGENT_RUNTIME_ARN: arn, SESION_SCOPE: 'thread' })).toThrow('SESION_SCOPE');
    // @ts-expect-error a required variable is undefined
    expect(() => environmentOf(invokerEnv, { AGENT_RUNTIME_ARN: undefined })).toThrow('AGENT_RUNTIME_ARN: missing');
    // @ts-expect-error variables are text
    expect(environmentOf(receiverEnv, { ...ofReceiver, DELIVERY_GRACE_SECONDS: 60 })).toHaveProperty('DELIVERY_GRACE_SECONDS');
    expect(environmentOf(invokerEnv, { AGENT_RUNTIME_ARN: arn })).toEqual({ AGENT_RUNTIME_ARN: arn });
  });

  it('fails synth on a literal that the deployable would refuse, with all problems and the variables’ names', () => {
    expect(() => environmentOf(invokerEnv, { AGENT_RUNTIME_ARN: 'worker', SESSION_SCOPE: 'threads' })).toThrow(
      /The environment does not fit the deployable:\n {2}AGENT_RUNTIME_ARN: .*arn:.*\n {2}SESSION_SCOPE: .*thread/,
    );
    const parsed = parseSettings('trial', leastSettings);
    const settings = { ...parsed, limits: { ...parsed.limits, turns: 0 } };
    expect(() => createStacks(new App({ outdir: 'never-written' }), settings)).toThrow(/TURN_LIMIT: .*1/);
  });

  it('is taken on trust where only a deployment will tell', () => {
    const reference = Lazy.stringValue({ produce: () => arn });
    expect(environmentOf(invokerEnv, { AGENT_RUNTIME_ARN: reference })).toEqual({ AGENT_RUNTIME_ARN: reference });
  });

  it.each<[string, SettingsInput]>([
    ['trial', trial],
    ['production', production],
    ['a worker on Lambda', lambda],
    ['the least', leastSettings],
  ])('parses with the deployable’s own schema: %s', (_, input) => {
    const known = input === lambda ? { ...schemas, invoker: invokerToLambdaEnv } : schemas;
    const components = deployedRolesOf(synthesise(input).stacks).filter(({ environment }) => environment);
    expect(components.map(({ stack }) => stack).sort()).toEqual(Object.keys(schemas).sort());
    for (const { stack, environment } of components) {
      const parsed = z.safeParse(known[stack as keyof typeof known]!, environment);
      expect(parsed.success ? [] : parsed.error.issues, stack).toEqual([]);
    }
  });
});

/** Each optional setting, with another value than its default. */
const different: SettingsInput = {
  ...production,
  mcpServers: ['aws', 'azure'],
  model: { ...production.model, helpers: { fast: ownProfile }, profiles: { [ownProfile]: production.model.id } },
  questions: { mostAttempts: 2, deliveryGraceSeconds: 60, unheldSeconds: 600, lookSeconds: 10 },
  overlap: 'queue',
  readsSlack: false,
  audit: { content: 'full', days: 90 } as const,
  allowedBotIds: ['B1'],
  stoppers: ['U1'],
  approvers: ['U2'],
  portalUrl: 'https://vera.northwind.example/',
  debug: true,
};

const standInsOnly = 'another origin is where stand-ins are; GovSlack has one too, beside regions that the settings do not know';
const ofAgentCore = 'AgentCore decides it for every container';
const agreed = 'workers of one ledger agree on it';
/** Which variables no environment sets, and why it would be the same in each. */
const sameEverywhere: Readonly<Record<string, string>> = {
  PORT: ofAgentCore,
  HOST: ofAgentCore,
  PATH: 'the image sets it',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 'Lambda sets it, where the worker runs there',
  LEASE_SECONDS: agreed,
  HEARTBEAT_SECONDS: agreed,
  ...Object.fromEntries(
    [
      'SLACK_URL',
      'SLACK_API_URL',
      'SLACK_HOOKS_URL',
      'ATLASSIAN_AUTH_URL',
      'ATLASSIAN_API_URL',
      'GITHUB_URL',
      'GITHUB_API_URL',
      'AWS_ENDPOINT_URL_XRAY',
    ].map((name) => [name, standInsOnly]),
  ),
};

describe('what differs by environment', () => {
  const namesIn = (input: SettingsInput) =>
    new Map(deployedRolesOf(synthesise(input).stacks).flatMap(({ stack, environment }) => (environment ? [[stack, environment]] : [])));
  const set = namesIn(different);
  // Its address takes the place of the portal's.
  const { portalUrl: _, ...addressless } = different;
  const behindFront = namesIn({ ...addressless, front: company.front });

  it.each(Object.keys(schemas))(
    'is a setting: each variable of %s is set by its stack, or is the same everywhere for a reason',
    (stack) => {
      const known = Object.keys(schemas[stack]!._zod.def.shape);
      const varied = { ...set.get(stack), ...behindFront.get(stack) };
      expect(known.filter((name) => !(name in varied || name in sameEverywhere))).toEqual([]);
      expect(Object.keys(set.get(stack) ?? {}).filter((name) => name in sameEverywhere)).toEqual([]);
    },
  );

  it('has a reason for no variable that is not there', () => {
    const known = Object.values(schemas).flatMap((schema) => Object.keys(schema._zod.def.shape));
    expect(Object.keys(sameEverywhere).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('is no talk in the log: DEBUG is off unless the settings say so', () => {
    expect(namesIn(leastSettings).get('worker')).not.toHaveProperty('DEBUG_ENABLED');
    expect(namesIn(production).get('worker')).not.toHaveProperty('DEBUG_ENABLED');
    expect(set.get('worker')).toMatchObject({ DEBUG_ENABLED: 'true' });
  });

  it('is one address of the portal, wherever it is named', () => {
    expect(set.get('auth-portal')).toMatchObject({ PUBLIC_URL: different.portalUrl });
    expect(set.get('worker')).toMatchObject({ PORTAL_URL: different.portalUrl });
    expect(synthesise(different).stacks.get('auth-portal')?.output).toMatchObject({ portal_url: { value: different.portalUrl } });
  });
});

describe('what is left out', () => {
  it('R29 is no key at all: variables that are undefined, an environment without variables, optional blocks', () => {
    const environment = environmentOf(receiverEnv, { ...ofReceiver, ALLOWED_BOT_IDS: undefined });
    expect(Object.keys(environment)).toEqual(['DEPLOYMENT', 'SECRET_ID', 'LEDGER_TABLE', 'AUDIT_TABLE', 'AUDIT_DAYS', 'INVOKER_FUNCTION']);

    const stack = new TerraformStack(Testing.app(), 'small');
    const settings = parseSettings('trial', leastSettings);
    new NodeLambda(stack, 'portal', { settings, deployable: 'auth-portal', environment: {}, grants: {}, logKey: undefined });
    const { resource } = JSON.parse(Testing.synth(stack)) as { resource: Record<string, Record<string, object>> };
    const [lambda] = Object.values(resource.aws_lambda_function ?? {});
    expect(lambda).toHaveProperty('function_name');
    expect(lambda).not.toHaveProperty('environment');
    expect(lambda).not.toHaveProperty('reserved_concurrent_executions');
  });

  it.each<[string, SettingsInput]>([
    ['trial', trial],
    ['production', production],
    ['the least', leastSettings],
  ])('R29 is no empty key anywhere in the stacks: %s', (_, input) => {
    const empty = [...synthesise(input).stacks].flatMap(([name, { resource }]) => emptyIn(resource, name));
    // A client that signs nobody in says so.
    expect(empty.filter((path) => !/aws_cognito_user_pool_client.*explicit_auth_flows$/.test(path))).toEqual([]);
  });
});

/** Where a value is null, or a list or map with nothing in it. */
function emptyIn(value: unknown, path: string): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value as object);
  return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => emptyIn(inner, `${path}.${key}`));
}
