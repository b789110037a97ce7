import type { PersonMessage, SlackEmulator } from '@vera/slack-stand-in/contract';
import { Hono } from 'hono';
import { BadRequest, type Fields, readFields, readTyped } from './read-fields.ts';

/** Slack's own limit for what a person may write in one message. */
const longestText = 12_000;

/** What the person in front of the page does in the workspace. */
export function personRoutes(slack: SlackEmulator): Hono {
  const routes = new Hono();
  addMessageRoutes(routes, slack);
  addAppRoutes(routes, slack);
  return routes;
}

function addMessageRoutes(routes: Hono, slack: SlackEmulator): void {
  routes.post('/messages', async ({ req, json }) => {
    const message = await messageOf(slack, await readFields(req.raw));
    return json({ message: tried(() => slack.post(message)) }, 201);
  });
  routes.post('/edit', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const change = { ...placeOf(slack, fields), ts: fields.required('ts'), text: textOf(fields) };
    if (change.text.trim() === '') throw new BadRequest('A message cannot be edited to nothing; delete it instead.');
    tried(() => slack.edit(change));
    return json({});
  });
  routes.post('/remove', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const { user, channel } = placeOf(slack, fields);
    const ts = fields.required('ts');
    const isOwn = slack.messages(channel).some((message) => message.ts === ts && message.user === user);
    if (!isOwn) throw new BadRequest('People delete only what they wrote.');
    tried(() => slack.remove({ user, channel, ts }));
    return json({});
  });
  routes.post('/react', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const [ts, name] = [fields.required('ts'), fields.required('name')];
    if (!/^[\w+-]{1,100}$/.test(name)) throw new BadRequest(`"${name}" is no name of an emoji.`);
    const reaction = { ...placeOf(slack, fields), ts, name };
    tried(() => slack.react(reaction));
    return json({});
  });
}

/** What they do with what Vera put there, or to have it do something. */
function addAppRoutes(routes: Hono, slack: SlackEmulator): void {
  routes.post('/click', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const [messageTs, actionId] = [fields.required('messageTs'), fields.required('actionId')];
    const values = readTyped(fields.optional('values') ?? '{}');
    const click = { ...placeOf(slack, fields), messageTs, actionId, value: fields.optional('value') ?? '', values };
    return json(await slack.click(click).catch(refused));
  });
  routes.post('/command', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const command = { ...placeOf(slack, fields), name: fields.required('name'), text: textOf(fields), ...threadOf(fields) };
    return json(await slack.command(command).catch(refused));
  });
  routes.post('/shortcut', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const shortcut = { ...placeOf(slack, fields), ts: fields.required('ts'), callbackId: fields.required('callbackId') };
    return json(await slack.shortcut(shortcut).catch(refused));
  });
  routes.post('/home', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const viewing = fields.optional('viewing');
    const tab = fields.required('tab') === 'home' ? 'home' : 'messages';
    tried(() => slack.openHome({ user: personIn(slack, fields), tab, ...(viewing ? { viewing } : {}) }));
    return json({});
  });
  routes.post('/press', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const press = { user: personIn(slack, fields), actionId: fields.required('actionId'), value: fields.optional('value') ?? '' };
    return json(await slack.pressHome(press).catch(refused));
  });
  routes.post('/stop', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    const stop = { ...placeOf(slack, fields), threadTs: fields.required('threadTs') };
    tried(() => slack.stop(stop));
    return json({});
  });
}

async function messageOf(slack: SlackEmulator, fields: Fields): Promise<PersonMessage> {
  const text = textOf(fields);
  const files = await fields.files('files');
  const [channel, ts] = [fields.optional('forwardChannel'), fields.optional('forwardTs')];
  const forward = channel && ts ? { forward: { channel, ts } } : undefined;
  if (text.trim() === '' && files.length === 0 && !forward) throw new BadRequest('A message needs text or a file.');
  const isBroadcast = fields.optional('broadcast') === 'true';
  return {
    ...placeOf(slack, fields),
    text,
    ...forward,
    ...threadOf(fields),
    ...(files.length > 0 ? { files } : {}),
    ...(isBroadcast ? { broadcast: true } : {}),
  };
}

function threadOf(fields: Fields): { readonly threadTs?: string } {
  const threadTs = fields.optional('threadTs');
  return threadTs ? { threadTs } : {};
}

/** Who acts; the page speaks for people only. */
function personIn({ workspace }: SlackEmulator, fields: Fields): string {
  const user = fields.required('user');
  const person = workspace.users.find(({ id }) => id === user);
  if (!person || person.botId !== undefined) throw new BadRequest(`"${user}" is no person of this workspace.`);
  return user;
}

/** Who acts where. */
function placeOf(slack: SlackEmulator, fields: Fields) {
  const { workspace } = slack;
  const [user, channel] = [personIn(slack, fields), fields.required('channel')];
  if (!workspace.channels.some(({ id }) => id === channel)) throw new BadRequest(`"${channel}" is no channel of this workspace.`);
  return { user, channel };
}

function textOf(fields: Fields): string {
  const text = fields.optional('text') ?? '';
  if (text.length > longestText) throw new BadRequest(`A message may have ${longestText} characters, this one has ${text.length}.`);
  return text;
}

/** The emulator throws in words for people: whoever is not in a channel, or what is not there. */
function tried<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): never {
  throw new BadRequest(`That is not possible: ${error instanceof Error ? error.message : error}.`, { cause: error });
}
