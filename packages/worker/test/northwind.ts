import type { Workspace } from '@vera/slack-stand-in/workspace';

/** A small workspace for tests. */
export const northwind: Workspace = {
  teamId: 'T01',
  teamDomain: 'northwind',
  appId: 'A01',
  botUserId: 'UVERA',
  botId: 'B01',
  botName: 'Vera',
  botToken: 'xoxb-test',
  signingSecret: 'not-used-here',
  users: [
    { id: 'UANN', name: 'ann', realName: 'Ann Älvsjö' },
    { id: 'UBOB', name: 'bob', realName: 'Bob Brown' },
    { id: 'UDEPLOY', name: 'deploybot', realName: 'Deploy Bot', botId: 'B77' },
  ],
  channels: [
    { id: 'COPS', name: 'ops', kind: 'channel', members: ['UANN', 'UBOB', 'UDEPLOY', 'UVERA'] },
    { id: 'DANN', name: 'UANN', kind: 'im', members: ['UANN', 'UVERA'] },
  ],
};
