import { describe, expect, it } from 'vitest';
import { production } from './example-settings.ts';
import { leastSettings, resourcesOf, runtimeIn, synthesise } from './synthesised.ts';

describe('what outlives a deployment', () => {
  const { stacks } = synthesise(production, 'production');

  it('tables can be put back, forget what is old, are encrypted with our key and refuse to be deleted', () => {
    const tables = resourcesOf(stacks, 'aws_dynamodb_table');
    expect(tables).toHaveLength(4);
    for (const table of tables) {
      expect(table).toMatchObject({
        billing_mode: 'PAY_PER_REQUEST',
        point_in_time_recovery: { enabled: true },
        server_side_encryption: { enabled: true, kms_key_arn: expect.stringMatching(/aws_kms_key/) },
        deletion_protection_enabled: true,
      });
    }
  });

  it('the audit log lets go of old lines, its heads of nothing; whoever writes lines may add some, and only the sweeper copies heads', () => {
    const named = (end: string) => resourcesOf(stacks, 'aws_dynamodb_table').find(({ name }) => String(name).endsWith(end));
    expect(named('-audit')).toMatchObject({ hash_key: 'chain', range_key: 'line', ttl: { attribute_name: 'expiresAt', enabled: true } });
    expect(named('-audit-heads')).toMatchObject({ hash_key: 'chain', range_key: 'day' });
    expect(named('-audit-heads')).not.toHaveProperty('ttl');
    const statements = [...stacks].flatMap(([stack, { resource }]) =>
      Object.values(resource?.aws_iam_role_policy ?? {}).flatMap((policy) =>
        (JSON.parse(String((policy as { policy: unknown }).policy)).Statement as { Sid: string; Action: string[] }[])
          .filter(({ Sid }) => Sid.startsWith('Audit'))
          .map(({ Sid, Action }) => `${stack} ${Sid} ${Action.join(' ')}`),
      ),
    );
    expect(statements.sort()).toEqual([
      'auth-portal AuditTable dynamodb:PutItem dynamodb:Query',
      'receiver AuditTable dynamodb:PutItem dynamodb:Query',
      'sweeper AuditHeads dynamodb:PutItem dynamodb:Query',
      'sweeper AuditTable dynamodb:PutItem dynamodb:Query',
      'worker AuditTable dynamodb:PutItem dynamodb:Query',
    ]);
  });

  it('memory namespaces end in a slash, so that no person is the beginning of another', () => {
    const namespaces = resourcesOf(stacks, 'aws_bedrockagentcore_memory_strategy').map(({ type, namespaces }) => [type, namespaces]);
    expect(namespaces).toEqual([['SEMANTIC', ['/facts/{actorId}/{sessionId}/']]]);
  });

  it('without memory there is none, the worker is told of none and may use none, also where AgentCore has none', () => {
    const model = { id: 'eu.anthropic.claude-sonnet-5-5' };
    const { stacks: without } = synthesise({ ...leastSettings, region: 'eu-south-1', model, memory: 'off' });
    expect(resourcesOf(without, 'aws_bedrockagentcore_memory')).toEqual([]);
    expect(runtimeIn(without).EnvironmentVariables).not.toHaveProperty('MEMORY_ID');
    expect(JSON.stringify([...without])).not.toMatch(/MemoryRecord|:memory\//);
  });

  it('the guardrail looks for attacks on the way in, and has a published version that moves with it', () => {
    const [guardrail] = resourcesOf(stacks, 'aws_bedrock_guardrail');
    expect(JSON.stringify(guardrail?.content_policy_config)).toContain(
      '"input_strength":"HIGH","output_strength":"NONE","type":"PROMPT_ATTACK"',
    );
    const [version] = resourcesOf(stacks, 'aws_bedrock_guardrail_version');
    expect(version?.lifecycle).toEqual({ replace_triggered_by: [expect.stringMatching(/^aws_bedrock_guardrail\.\w+$/)] });
  });

  it('the guardrail masks and denies what the settings say, and by themselves neither', () => {
    const [bare] = resourcesOf(stacks, 'aws_bedrock_guardrail');
    expect(bare).not.toHaveProperty('sensitive_information_policy_config');
    expect(bare).not.toHaveProperty('topic_policy_config');
    const topic = {
      name: 'Salaries of colleagues',
      definition: 'What somebody earns, or a table of it.',
      examples: ['What does Bob earn?'],
    };
    const guardrail = { mask: ['EMAIL', 'CREDIT_DEBIT_CARD_NUMBER'], topics: [topic, { name: 'Wagers', definition: 'Bets.' }] };
    const [told] = resourcesOf(synthesise({ ...leastSettings, guardrail }).stacks, 'aws_bedrock_guardrail');
    expect(told?.sensitive_information_policy_config).toEqual([
      { pii_entities_config: guardrail.mask.map((type) => ({ action: 'ANONYMIZE', type })) },
    ]);
    expect(told?.topic_policy_config).toEqual([
      {
        topics_config: [
          { ...topic, type: 'DENY' },
          { ...guardrail.topics[1], examples: [], type: 'DENY' },
        ],
      },
    ]);
  });

  it('the secret names the keys its readers want, and holds no value', () => {
    const secrets = resourcesOf(stacks, 'aws_secretsmanager_secret');
    expect(secrets.map(({ description }) => description)).toContainEqual(
      expect.stringMatching(/ATLASSIAN_CLIENT_ID.*SLACK_BOT_TOKEN, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET/),
    );
    for (const version of resourcesOf(stacks, 'aws_secretsmanager_secret_version')) expect(version).not.toHaveProperty('secret_string');
  });

  it('a trial goes away without a trace', () => {
    const trial = synthesise({ ...leastSettings, deletionProtection: false }).stacks;
    for (const table of resourcesOf(trial, 'aws_dynamodb_table')) expect(table.deletion_protection_enabled).toBe(false);
    expect(resourcesOf(trial, 'aws_secretsmanager_secret')).toMatchObject([{ recovery_window_in_days: 0 }]);
  });
});
