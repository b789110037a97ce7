import { isObject } from '../blocks/checks.ts';
import type { PersonClick, SlackMessage } from '../contract.ts';

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
export function stateValuesOf({ ts, blocks = [] }: SlackMessage, typed: NonNullable<PersonClick['values']> = {}): Record<string, object> {
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
  if (type !== 'input' || !isObject(element) || !textTypes.includes(String(element.type))) return [];
  const most = typeof element.max_length === 'number' ? element.max_length : longest;
  const field = { block: String(block_id), action: String(element.action_id), type: String(element.type) };
  return [{ ...field, initial: String(element.initial_value ?? ''), most }];
}
