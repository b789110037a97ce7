import type { Workspace } from '@vera/slack-stand-in/workspace';

/** Ann, Vera, a channel both are in, one without Vera, and a direct conversation. */
export const workspace: Workspace = {
  teamId: 'T01',
  teamDomain: 'northwind',
  appId: 'A01',
  botUserId: 'UVERA',
  botId: 'B01',
  botName: 'Vera',
  botToken: 'xoxb-test',
  signingSecret: 'not-used',
  users: [{ id: 'UANN', name: 'ann', realName: 'Ann' }],
  channels: [
    { id: 'COPS', name: 'ops', kind: 'channel', members: ['UANN', 'UVERA'] },
    { id: 'CQUIET', name: 'quiet', kind: 'channel', members: ['UANN'] },
    { id: 'DANN', name: 'UANN', kind: 'im', members: ['UANN', 'UVERA'] },
  ],
};
