import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ails, lives } from '../../check/finding.ts';
import { ask } from '../ask.ts';
import type { Check } from '../check.ts';

const part = 'account';

export const accountCheck: Check = {
  part,
  asks: 'Is this the account that the settings name?',
  // Everybody may, whatever their policies say.
  rights: ['sts:GetCallerIdentity'],
  concerns: ({ isLocal }) => !isLocal,
  async look({ clients, settings }) {
    const { Account } = await ask('sts:GetCallerIdentity', () => clients('sts').send(new GetCallerIdentityCommand({})));
    if (Account !== settings?.account)
      return [
        ails(
          part,
          `you are signed in to ${Account}, and the settings name ${settings?.account}`,
          'sign in there, or choose VERA_ENVIRONMENT',
        ),
      ];
    return [lives(part, `it is ${Account}`)];
  },
};
