import { sweeperEnv } from '@vera/sweeper/env';
import { workerEnv } from '@vera/worker/env';
import { describe, expect, it } from 'vitest';
import { leastSettings, synthesise } from './synthesised.ts';

/** What the Lambda of a stack gets for its delivery of questions. */
function deliveryOf(questions: object | undefined) {
  const { stacks } = synthesise({ ...leastSettings, ...(questions ? { questions } : {}) });
  const variablesOf = (name: string) => {
    const [lambda] = Object.values(stacks.get(name)?.resource.aws_lambda_function ?? {});
    const environment = lambda?.environment as { readonly variables: Readonly<Record<string, string>> } | undefined;
    const {
      MOST_ATTEMPTS: attempts,
      DELIVERY_GRACE_SECONDS: grace,
      UNHELD_SECONDS: unheld,
      LOOK_SECONDS: look,
    } = environment?.variables ?? {};
    return { attempts, grace, unheld, look };
  };
  return { receiver: variablesOf('receiver'), sweeper: variablesOf('sweeper') };
}

describe('how often a question is handed over, and how long that may take', () => {
  it('is told to receiver and sweeper alike when the settings say so', () => {
    expect(deliveryOf({ mostAttempts: 5, deliveryGraceSeconds: 90, unheldSeconds: 600, lookSeconds: 10 })).toEqual({
      receiver: { attempts: undefined, grace: '90', unheld: undefined, look: undefined },
      sweeper: { attempts: '5', grace: '90', unheld: '600', look: '10' },
    });
  });

  it('is left to them otherwise: no variable is set', () => {
    const nothing = { attempts: undefined, grace: undefined, unheld: undefined, look: undefined };
    for (const questions of [undefined, {}]) expect(deliveryOf(questions)).toEqual({ receiver: nothing, sweeper: nothing });
  });

  it('is refused when it makes no sense', () => {
    for (const questions of [
      { mostAttempts: 0 },
      { deliveryGraceSeconds: 5 },
      { deliveryGrace: 90 },
      { lookSeconds: 61 },
      { unheldSeconds: 1 },
    ]) {
      expect(() => deliveryOf(questions)).toThrow(/questions/);
    }
  });
});

describe('a question whose worker died', () => {
  const names = {
    SECRET_ID: 'x',
    LEDGER_TABLE: 'x',
    AUDIT_TABLE: 'a',
    AUDIT_DAYS: '400',
    AUDIT_HEADS_TABLE: 'h',
    INVOKER_FUNCTION: 'x',
    COMPANY_NAME: 'x',
    MODEL_ID: 'x',
    PLATFORM: 'v2',
    AGENT_RUNTIME_ARN: 'arn:x',
  };
  const { LEASE_SECONDS: lease, HEARTBEAT_SECONDS: heartbeat } = workerEnv.parse(names);
  const { LOOK_SECONDS: look } = sweeperEnv.parse(names);

  it('is on its way to the next within thirty seconds: its lease runs out, the sweeper looks, a session starts', () => {
    expect({ lease, heartbeat, look }).toEqual({ lease: 20, heartbeat: 5, look: 5 });
    expect(lease + look).toBeLessThan(30);
    // A renewal may fail, and its repetitions, before a worker stops by itself after half of it.
    expect(heartbeat * 2).toBeLessThanOrEqual(lease / 2);
  });

  it('is looked for all the time: each minute a run begins, and none is cut off in its minute, or tried again', () => {
    const { resource } = synthesise(leastSettings).stacks.get('sweeper') ?? {};
    const first = (type: string) => Object.values(resource?.[type] ?? {})[0] as Record<string, unknown> | undefined;
    expect(first('aws_cloudwatch_event_rule')).toMatchObject({ schedule_expression: 'rate(1 minute)' });
    expect(first('aws_lambda_function')?.timeout).toBeGreaterThan(60 + look);
    expect(first('aws_lambda_function_event_invoke_config')).toMatchObject({ maximum_retry_attempts: 0 });
  });
});

describe('a session in which nothing is left to do', () => {
  const sweeperOf = (session: object) => {
    const { resource = {} } = synthesise({ ...leastSettings, session }).stacks.get('sweeper') ?? {};
    const [lambda] = Object.values(resource.aws_lambda_function ?? {});
    const [policy] = Object.values(resource.aws_iam_role_policy ?? {});
    return { variables: (lambda as { environment: { variables: object } }).environment.variables, policy: String(policy?.policy) };
  };

  it('is stopped by the sweeper after five minutes, or as many as the settings say: it may stop sessions of this runtime alone', () => {
    expect(sweeperOf({}).variables).toMatchObject({ STOP_AFTER_SECONDS: '300', SESSION_SCOPE: 'thread', AGENT_RUNTIME_QUALIFIER: 'trial' });
    const { variables, policy } = sweeperOf({ stopAfterMinutes: 2, scope: 'user' });
    expect(variables).toMatchObject({ STOP_AFTER_SECONDS: '120', SESSION_SCOPE: 'user' });
    const { Statement } = JSON.parse(policy) as { Statement: readonly { Action: readonly string[]; Resource: readonly string[] }[] };
    const runtime = /^arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime\/\$\{[^}*]+outputs\.runtime_id\}/.source;
    expect(Statement.filter(({ Action }) => String(Action).includes('bedrock-agentcore'))).toMatchObject([
      {
        Action: ['bedrock-agentcore:StopRuntimeSession'],
        Resource: ['', '/runtime-endpoint/trial'].map((end) => expect.stringMatching(new RegExp(`${runtime}${end}$`))),
      },
    ]);
  });

  it('ends by its idle time alone where the settings say never: the sweeper has no right to stop one', () => {
    const { variables, policy } = sweeperOf({ stopAfterMinutes: 'never' });
    expect(variables).not.toHaveProperty('STOP_AFTER_SECONDS');
    expect(policy).not.toContain('StopRuntimeSession');
  });
});
