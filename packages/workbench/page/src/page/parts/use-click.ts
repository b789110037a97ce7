import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { api } from '../api.ts';
import { usePage } from '../state/page-context.ts';
import type { TypedValues } from './use-typed.ts';

type Click = (actionId: string, value: string, values?: TypedValues) => Promise<boolean>;

/** Clicks something in a message; resolves with whether the app took it. */
export function useClick({ channel, ts: messageTs }: SlackMessage): Click {
  const { model, dispatch } = usePage();
  const refuse = (problem: string) => {
    dispatch({ kind: 'refused', problem });
    return false;
  };
  return async (actionId, value, values = {}) => {
    try {
      const { status } = await api.click({ user: model.me, channel, messageTs, actionId, value, values });
      if (status === 200) return true;
      return refuse(status === 0 ? 'The app did not answer the click within three seconds.' : `The app answered the click with ${status}.`);
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error));
    }
  };
}
