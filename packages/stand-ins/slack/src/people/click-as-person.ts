import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { PersonClick } from '../contract.ts';
import type { SlackMessage } from '../slack-message.ts';
import { toApiMessage } from '../state/message-store.ts';
import type { World } from '../state/world.ts';
import { interactionOf } from './interaction-of.ts';

/** A person clicks a button of a message; resolves with what the app answered. */
export async function clickAsPerson(world: World, click: PersonClick): Promise<{ readonly status: number }> {
  const user = world.directory.user(click.user);
  const channel = world.directory.channel(click.channel);
  const ephemeral = world.ephemerals.get(click.user, click.messageTs);
  const message = ephemeral ?? world.messages.get(click.channel, click.messageTs);
  if (!user || !channel || !message) throw new Error(`no message ${click.messageTs} in ${click.channel} for ${click.user}`);
  const { teamId, appId } = world.directory.workspace;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  const status = await world.feed.interact({
    type: 'block_actions',
    ...interactionOf(world, user),
    api_app_id: appId,
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral !== undefined, ...thread },
    enterprise: null,
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    // "If the source was an ephemeral message, this field will not be included": https://api.slack.com/reference/interaction-payloads/block-actions
    ...(ephemeral ? {} : { message: toApiMessage(message, true) }),
    state: { values: stateValuesOf(message, click.values) },
    response_url: `${world.origin()}${world.tickets.issueResponse('actions', teamId, { channel: channel.id, user: user.id, message })}`,
    actions: [actionOf(message, click, world.timestamps.next())],
  });
  return { status };
}

/** The pressed element as payloads have it. */
export function actionOf(
  message: Pick<SlackMessage, 'blocks' | 'ts'>,
  { actionId, value }: Pick<PersonClick, 'actionId' | 'value'>,
  actionTs: string,
): Record<string, unknown> {
  for (const block of message.blocks ?? []) {
    const field = fieldOf(block, actionId);
    const element = field ?? elementOf(block, actionId, value);
    if (!element) continue;
    const { type, text, style, url, confirm } = element;
    return {
      type,
      action_id: actionId,
      block_id: block.block_id,
      ...(isJsonObject(text) ? { text: { emoji: true, ...text } } : {}),
      value: field && value === '' ? null : value,
      ...(style === undefined ? {} : { style }),
      ...(url === undefined ? {} : { url }),
      ...(confirm === undefined ? {} : { confirm }),
      action_ts: actionTs,
    };
  }
  throw new Error(`no ${actionId} with the value ${JSON.stringify(value)} in ${message.ts}`);
}

/**
 * A text field that sends what is typed by itself, as `dispatch_action` says: https://docs.slack.dev/reference/block-kit/blocks/input-block
 */
function fieldOf({ type, dispatch_action, element }: Record<string, unknown>, actionId: string): Record<string, unknown> | undefined {
  const isField = type === 'input' && dispatch_action === true && isJsonObject(element) && element.action_id === actionId;
  return isField ? { type: element.type } : undefined;
}

function elementOf({ elements, accessory }: Record<string, unknown>, actionId: string, value: string): Record<string, unknown> | undefined {
  const all = [...(Array.isArray(elements) ? elements : []), accessory].filter(isJsonObject);
  return all.find((element) => element.action_id === actionId && valuesOf(element).includes(value));
}

/** Feedback buttons have two, other buttons one, which may be left out. */
function valuesOf({ value, positive_button: good, negative_button: bad }: Record<string, unknown>): unknown[] {
  return isJsonObject(good) && isJsonObject(bad) ? [good.value, bad.value] : [value ?? ''];
}

interface TextField {
  readonly block: string;
  readonly action: string;
  readonly type: string;
  readonly initial: string;
  readonly most: number;
}

const textTypes = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'];
const longest = 3_000;

/** `state.values` of a payload: every text field of the message, also those that nobody touched. */
function stateValuesOf({ ts, blocks = [] }: SlackMessage, typed: NonNullable<PersonClick['values']> = {}): Record<string, object> {
  const fields = blocks.flatMap(fieldsOf);
  for (const [block, actions] of Object.entries(typed)) {
    for (const [action, text] of Object.entries(actions)) {
      const field = fields.find((known) => known.block === block && known.action === action);
      if (!field) throw new Error(`no text field ${action} in the block ${block} of ${ts}`);
      if (text.length > field.most) throw new Error(`at most ${field.most} characters fit into ${action}`);
    }
  }
  const values = fields.map(({ block, action, type, initial }) => {
    const value = typed[block]?.[action] ?? initial;
    return [block, { [action]: { type, value: value === '' ? null : value } }] as const;
  });
  return Object.fromEntries(values);
}

function fieldsOf({ type, block_id, element }: Record<string, unknown>): TextField[] {
  if (type !== 'input' || !isJsonObject(element) || !textTypes.includes(String(element.type))) return [];
  const most = typeof element.max_length === 'number' ? element.max_length : longest;
  const field = { block: String(block_id), action: String(element.action_id), type: String(element.type) };
  return [{ ...field, initial: String(element.initial_value ?? ''), most }];
}
