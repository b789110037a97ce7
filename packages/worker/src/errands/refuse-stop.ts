import type { Errand } from '@vera/protocol/errand';
import type { SlackCall } from '@vera/slack/slack-calls';

/** One sentence that nobody else sees, to who wanted to stop what somebody else asked. */
export async function refuseStop(call: SlackCall, { channelId: channel, threadTs, userId: user, about: asker }: Errand): Promise<void> {
  const text = `Only <@${asker}> can stop this, or whoever the team that runs me has named for it. I go on.`;
  await call(
    'chat.postEphemeral',
    { channel, user, ...(threadTs === undefined ? {} : { thread_ts: threadTs }), text },
    { patience: 5_000 },
  );
}
