import * as z from 'zod';
import { ConnectLinkError, type ConnectLinkReason } from '../accounts/send-connect-link.ts';
import { ToolFailure, tool } from './tool.ts';

export interface ConnectAccountsParams {
  /** Sends the asker of this question their private link. Rejects with `ConnectLinkError`. */
  readonly sendLink: () => Promise<void>;
}

/** Made for each question, and good for one link: whatever a model reads on its way, it cannot fill a channel with them. */
export const connectAccounts = ({ sendLink }: ConnectAccountsParams) => {
  let sending: Promise<void> | undefined;
  return tool({
    name: 'connect_accounts',
    title: 'Sending you a private link',
    description:
      'Sends the person who asked a private link to the page where they connect their accounts, see which are connected, and disconnect ' +
      'them. Call it when they ask to connect, see or disconnect their own accounts, and say that the link was sent; you never see it.',
    inputSchema: z.object({}),
    recovery: 'repeatable',
    callback: async () => {
      sending ??= sendLink();
      await sending.catch((cause: unknown) => {
        sending = undefined;
        throw new ToolFailure(whatToSay(cause instanceof ConnectLinkError ? cause.reason : 'unavailable'), { cause });
      });
      return 'A private link was sent. Only the person who asked can see it; it works once, for ten minutes.';
    },
  });
};

function whatToSay(reason: ConnectLinkReason): string {
  switch (reason) {
    case 'external':
      return 'No link was sent: in a channel shared with another company there are none. A direct message to Vera is the place for it.';
    case 'bot':
      return 'No link was sent: only a person has accounts to connect.';
    case 'hidden':
      return 'No link was sent: Slack cannot show a private message here. A direct message to Vera is the place for it.';
    case 'unavailable':
      return 'No link was sent: it did not work out. It may in a minute.';
  }
}
