import { describe, expect, it } from 'vitest';
import { leastSettings, synthesise } from './synthesised.ts';

/** What the Lambda of a stack gets for its delivery of questions. */
function deliveryOf(questions: object | undefined) {
  const { stacks } = synthesise({ ...leastSettings, ...(questions ? { questions } : {}) });
  const variablesOf = (name: string) => {
    const [lambda] = Object.values(stacks.get(name)?.resource.aws_lambda_function ?? {});
    const environment = lambda?.environment as { readonly variables: Readonly<Record<string, string>> } | undefined;
    return { attempts: environment?.variables.MOST_ATTEMPTS, grace: environment?.variables.DELIVERY_GRACE_SECONDS };
  };
  return { receiver: variablesOf('receiver'), sweeper: variablesOf('sweeper') };
}

describe('how often a question is handed over, and how long that may take', () => {
  it('is told to receiver and sweeper alike when the settings say so', () => {
    expect(deliveryOf({ mostAttempts: 5, deliveryGraceSeconds: 90 })).toEqual({
      receiver: { attempts: undefined, grace: '90' },
      sweeper: { attempts: '5', grace: '90' },
    });
  });

  it('is left to them otherwise: no variable is set', () => {
    const nothing = { attempts: undefined, grace: undefined };
    for (const questions of [undefined, {}]) expect(deliveryOf(questions)).toEqual({ receiver: nothing, sweeper: nothing });
  });

  it('is refused when it makes no sense', () => {
    for (const questions of [{ mostAttempts: 0 }, { deliveryGraceSeconds: 5 }, { deliveryGrace: 90 }]) {
      expect(() => deliveryOf(questions)).toThrow(/questions/);
    }
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
    const runtime = /^arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime\/\$\{[^}*]+agent_runtime_id\}/.source;
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
