import { api } from '../api.ts';
import { usePage } from '../state/page-context.ts';
import { withMentions } from '../text/typed-text.ts';

export interface Said {
  readonly text: string;
  readonly threadTs?: string;
  readonly files?: readonly File[];
  readonly isBroadcast?: boolean;
}

/** Sends a message as the chosen person; resolves with whether it was sent. A question to Vera opens its thread. */
export function useSay(): (said: Said) => Promise<boolean> {
  const { model, dispatch, refuse } = usePage();
  const { workspace, me: user, channel } = model;
  return async ({ text, threadTs, files = [], isBroadcast = false }) => {
    const typed = withMentions(text, workspace);
    try {
      const [, name, rest = ''] = (files.length === 0 && /^(\/[\p{L}\d_-]+)(?:\s+(.*))?$/su.exec(text.trim())) || [];
      const command = `/${workspace.botName.toLowerCase()}`;
      if (name === command) {
        await api.command({ user, channel, name, text: rest, ...(threadTs === undefined ? {} : { threadTs }) });
        return true;
      }
      // As Slack's client does, which sends no such thing.
      if (name !== undefined) throw new Error(`${name} is not a valid command. There is ${command}.`);
      const reply = threadTs === undefined ? {} : { threadTs, broadcast: String(isBroadcast) };
      const { ts } = await api.post({ user, channel, text: typed, files, ...reply });
      const isDirect = workspace.channels.some(({ id, kind }) => id === channel && kind === 'im');
      const isQuestion = isDirect || typed.includes(`<@${workspace.botUserId}>`);
      if (threadTs === undefined && isQuestion) dispatch({ kind: 'opened-thread', thread: ts });
      return true;
    } catch (error) {
      refuse(error);
      return false;
    }
  };
}
