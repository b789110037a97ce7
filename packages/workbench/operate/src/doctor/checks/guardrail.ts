import { GetGuardrailCommand } from '@aws-sdk/client-bedrock';
import { ails, lives } from '../../check/finding.ts';
import { askIfThere } from '../ask.ts';
import type { Check } from '../check.ts';

const part = 'guardrail';
const right = 'bedrock:GetGuardrail';

export const guardrailCheck: Check = {
  part,
  asks: 'Is the version of the guardrail that the worker uses ready?',
  rights: [right],
  concerns: ({ isLocal }) => !isLocal,
  async look({ clients, worker }) {
    const { GUARDRAIL_ID: guardrailIdentifier, GUARDRAIL_VERSION: guardrailVersion } = (await worker()).variables;
    if (!guardrailIdentifier || !guardrailVersion) return [ails(part, 'the worker runs without one', 'pnpm cdktf deploy storage worker')];
    const named = `${guardrailIdentifier}, version ${guardrailVersion},`;
    const found = await askIfThere(right, () =>
      clients('bedrock').send(new GetGuardrailCommand({ guardrailIdentifier, guardrailVersion })),
    );
    if (found === undefined)
      return [
        ails(
          part,
          `${named} is not there: each question fails`,
          'pnpm cdktf deploy storage worker; with guardrail.existing: name a version that is there',
        ),
      ];
    if (found.status !== 'READY')
      return [
        ails(
          part,
          `${named} is ${found.status}${found.statusReasons?.length ? `: ${found.statusReasons.join('; ')}` : ''}`,
          'wait a minute, and ask again; else pnpm cdktf deploy storage worker',
        ),
      ];
    return [lives(part, `${named} is ready`)];
  },
};
