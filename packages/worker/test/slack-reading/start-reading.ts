import { classify } from '@vera/protocol/classify';
import type { Question } from '@vera/protocol/question';
import { createSlackCalls } from '@vera/slack/slack-calls';
import type { PersonMessage, SlackEmulatorOptions } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import type { Workspace, WorkspaceChannel } from '@vera/slack-stand-in/workspace';
import { listen } from '@vera/stand-in-kit/listen';
import { createReadSlack } from '../../src/slack-reading/read-slack.ts';
import { createPeople } from '../../src/thread/people.ts';
import { createSources } from '../../src/tools/search-knowledge-base.ts';
import { northwind } from '../northwind.ts';

type Mutable = { -readonly [Key in keyof WorkspaceChannel]: Key extends 'members' ? string[] : WorkspaceChannel[Key] };

/** Channels that a test may change: who is in them, and what they are. */
interface Channels {
  readonly [id: string]: Mutable;
}

/** Ann is at the board, Bob is not; Cat is a guest, Eve of another company. */
function boardroom(): { readonly workspace: Workspace; readonly channels: Channels } {
  const list: Mutable[] = [
    { id: 'COPS', name: 'ops', kind: 'channel', members: ['UANN', 'UBOB', 'UDEPLOY', 'UVERA'] },
    { id: 'CPAY', name: 'payments-oncall', kind: 'channel', members: ['UBOB', 'UDEPLOY', 'UVERA'] },
    { id: 'CGUEST', name: 'with-guests', kind: 'channel', members: ['UANN', 'UCAT', 'UVERA'] },
    { id: 'CQUIET', name: 'quiet', kind: 'channel', members: ['UBOB'] },
    { id: 'CSHARED', name: 'with-eve', kind: 'channel', members: ['UANN', 'UEVE', 'UVERA'], isExtShared: true },
    { id: 'GBOARD', name: 'board-private', kind: 'group', members: ['UANN', 'UVERA'] },
    { id: 'GPEERS', name: 'peers', kind: 'group', members: ['UANN', 'UBOB', 'UVERA'] },
    { id: 'GLONE', name: 'lone', kind: 'group', members: ['UANN'] },
    { id: 'MTEAM', name: 'mpdm-ann-bob', kind: 'mpim', members: ['UANN', 'UBOB', 'UVERA'] },
    { id: 'DANN', name: 'UANN', kind: 'im', members: ['UANN', 'UVERA'] },
    { id: 'DBOB', name: 'UBOB', kind: 'im', members: ['UBOB', 'UVERA'] },
    { id: 'DCAT', name: 'UCAT', kind: 'im', members: ['UCAT', 'UVERA'] },
  ];
  const users: Workspace['users'] = [
    ...northwind.users,
    { id: 'UCAT', name: 'cat', realName: 'Cat Guest', guest: 'multi' },
    { id: 'UEVE', name: 'eve', realName: 'Eve External', teamId: 'T99' },
  ];
  return { workspace: { ...northwind, users, channels: list }, channels: Object.fromEntries(list.map((channel) => [channel.id, channel])) };
}

/** The tool with Slack's own client against the emulator; questions come as Slack delivers them. */
export async function startReading(options: Partial<SlackEmulatorOptions> = {}) {
  const { workspace, channels } = boardroom();
  const slack = await createSlackEmulator({ workspace, ...options });
  const questions: Question[] = [];
  const app = await listen(async (request) => {
    const bytes = new Uint8Array(await request.arrayBuffer());
    const verdict = classify(bytes, 'application/json', { allowedBotIds: [] });
    if (verdict.kind === 'challenge') return Response.json({ challenge: verdict.challenge });
    if (verdict.kind === 'question' || verdict.kind === 'follow-up') questions.push(verdict.question);
    return new Response(null);
  });
  await slack.subscribe({ events: app.url, interactivity: app.url });
  const call = createSlackCalls({ token: workspace.botToken, apiUrl: `${slack.url}/api/` });
  const readSlack = createReadSlack({ call, people: createPeople(call, Date.now), now: Date.now });
  return {
    slack,
    channels,
    call,
    readSlack,
    async asked(message: Partial<PersonMessage> = {}): Promise<Question> {
      const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: '@Vera what did we decide about the merger?', ...message });
      await slack.idle();
      const question = questions.find(({ messageTs }) => messageTs === ts);
      if (!question) throw new Error('that was no question');
      return question;
    },
    /** What the tool gives the model. */
    async read(question: Question, input: Record<string, unknown>, sources = createSources()): Promise<string> {
      const { text } = await readSlack(sources, { question, actionToken: question.actionToken }).run(input, new AbortController().signal);
      return text;
    },
    searches: () => slack.calls.filter(({ method }) => method === 'assistant.search.context'),
    async [Symbol.asyncDispose]() {
      await Promise.all([slack[Symbol.asyncDispose](), app[Symbol.asyncDispose]()]);
    },
  };
}
