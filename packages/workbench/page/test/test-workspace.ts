import { fileURLToPath } from 'node:url';
import type { Workspace } from '@vera/slack-stand-in/workspace';

/** A knowledge base of two documents. */
export const testDocuments = fileURLToPath(new URL('documents/', import.meta.url));

/** A workspace with two people of one name, a bot of another app and a channel shared with another company. */
export const testWorkspace: Workspace = {
  teamId: 'T0TEST',
  teamDomain: 'test',
  appId: 'A0VERA',
  botUserId: 'U0VERA',
  botId: 'B0VERA',
  botName: 'vera',
  botToken: 'xoxb-test-token',
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
  users: [
    { id: 'U0ANN', name: 'ann', realName: 'Ann Chen' },
    { id: 'U0BOB', name: 'bob', realName: 'Bob Okafor' },
    { id: 'U0ANN2', name: 'ann2', realName: 'Ann Chen' },
    { id: 'U0EXT', name: 'eve', realName: 'Eve Outside', teamId: 'T0OTHER' },
    { id: 'U0DEPLOY', name: 'deploybot', realName: 'Deploybot', botId: 'B0DEPLOY' },
  ],
  channels: [
    { id: 'C0OPS', name: 'ops', kind: 'channel', members: ['U0ANN', 'U0BOB', 'U0ANN2', 'U0DEPLOY', 'U0VERA'] },
    { id: 'C0SHARED', name: 'shared', kind: 'channel', members: ['U0ANN', 'U0EXT', 'U0VERA'], isExtShared: true },
    { id: 'D0ANN', name: 'ann', kind: 'im', members: ['U0ANN', 'U0VERA'] },
    { id: 'D0BOB', name: 'bob', kind: 'im', members: ['U0BOB', 'U0VERA'] },
  ],
};
