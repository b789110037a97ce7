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
