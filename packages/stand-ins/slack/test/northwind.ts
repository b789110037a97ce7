import type { Workspace } from '../src/workspace.ts';

/** A small workspace for tests: two people, a guest from another company, another app's bot. */
export const northwind: Workspace = {
  teamId: 'T01',
  teamDomain: 'northwind',
  appId: 'A01',
  botUserId: 'UVERA',
  botId: 'B01',
  botName: 'Vera',
  botToken: 'xoxb-test',
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
  // More than Vera asks for: the emulator's other methods are tested too.
  botScopes: [
    'app_mentions:read',
    'assistant:write',
    'chat:write',
    'files:read',
    'files:write',
    'im:write',
    'reactions:read',
    'reactions:write',
    'users:read',
    ...['channels', 'groups', 'im', 'mpim'].flatMap((kind) => [`${kind}:history`, `${kind}:read`]),
  ],
  users: [
    { id: 'UANN', name: 'ann', realName: 'Ann Älvsjö', title: 'Nurse', timezone: 'Europe/Stockholm' },
    { id: 'UBOB', name: 'bob', realName: 'Bob Brown' },
    { id: 'UEVE', name: 'eve', realName: 'Eve External', teamId: 'T99' },
    { id: 'UDEPLOY', name: 'deploybot', realName: 'Deploy Bot', botId: 'B77' },
  ],
  channels: [
    { id: 'COPS', name: 'ops', kind: 'channel', members: ['UANN', 'UBOB', 'UDEPLOY', 'UVERA'], topic: 'Operations' },
    { id: 'CQUIET', name: 'quiet', kind: 'channel', members: ['UANN'] },
    { id: 'COLD', name: 'old', kind: 'channel', members: ['UANN', 'UVERA'], isArchived: true },
    { id: 'CSHARED', name: 'with-eve', kind: 'channel', members: ['UANN', 'UEVE', 'UVERA'], isExtShared: true },
    { id: 'GSECRET', name: 'secret', kind: 'group', members: ['UBOB'] },
    { id: 'DANN', name: 'UANN', kind: 'im', members: ['UANN', 'UVERA'] },
  ],
};
