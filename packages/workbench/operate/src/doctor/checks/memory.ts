import { GetMemoryCommand } from '@aws-sdk/client-bedrock-agentcore-control';
import { ails, lives } from '../../check/finding.ts';
import { askIfThere } from '../ask.ts';
import type { Check } from '../check.ts';

const part = 'memory';
const right = 'bedrock-agentcore:GetMemory';

export const memoryCheck: Check = {
  part,
  asks: 'Does the memory of people work?',
  rights: [right],
  concerns: ({ settings }) => settings?.memory === 'on',
  async look({ clients, worker }) {
    const memoryId = (await worker()).variables.MEMORY_ID;
    if (!memoryId)
      return [ails(part, 'the worker was not told of any, and the settings say that it is on', 'pnpm cdktf deploy storage worker')];
    const found = await askIfThere(right, () => clients('control').send(new GetMemoryCommand({ memoryId })));
    const { status, failureReason, strategies = [] } = found?.memory ?? {};
    if (!found?.memory) return [ails(part, `${memoryId} is not there: somebody deleted it`, 'pnpm cdktf deploy storage worker')];
    if (status !== 'ACTIVE')
      return [
        ails(
          part,
          `${memoryId} is ${status}${failureReason ? `: ${failureReason}` : ''}`,
          'wait a few minutes, and ask again; else pnpm cdktf deploy storage',
        ),
      ];
    if (strategies.length === 0)
      return [ails(part, `${memoryId} has no strategy: nothing is learnt from what people say`, 'pnpm cdktf deploy storage')];
    const broken = strategies.find((strategy) => strategy.status !== undefined && strategy.status !== 'ACTIVE');
    if (broken) return [ails(part, `its strategy ${broken.name} is ${broken.status}: nothing new is learnt`, 'pnpm cdktf deploy storage')];
    return [lives(part, `${memoryId} is active, and learns`)];
  },
};
