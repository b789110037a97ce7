import { any, byType, type Check, list, number, object, oneOf, problem, text } from './checks.ts';

const flag = oneOf(true, false);

export function plainText(most: number): Check {
  return object({ type: oneOf('plain_text'), text: text(most, 1) }, { emoji: flag });
}

export function anyText(most: number): Check {
  const mrkdwn = object({ type: oneOf('mrkdwn'), text: text(most, 1) }, { verbatim: flag });
  return byType(() => ({ plain_text: plainText(most), mrkdwn }));
}

const confirm = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
);
const actionId = text(255);

const button = object(
  { type: any, text: plainText(75) },
  { action_id: actionId, url: text(3_000), value: text(2_000), style: oneOf('primary', 'danger'), confirm, accessibility_label: text(75) },
);

const feedbackButton = object({ text: plainText(75), value: text(2_000) }, { accessibility_label: text(75) });
const feedbackButtons = object({ type: any, positive_button: feedbackButton, negative_button: feedbackButton }, { action_id: actionId });
const iconButton = object(
  { type: any, icon: oneOf('trash'), text: plainText(75) },
  { action_id: actionId, value: text(2_000), confirm, accessibility_label: text(75), visible_to_user_ids: list(text(30), 100) },
);

const option = object({ text: anyText(75), value: text(150) }, { description: anyText(75), url: text(3_000) });
const select = (type: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}) =>
  object({ type: any, ...type }, { action_id: actionId, placeholder: plainText(150), confirm, focus_on_load: flag, ...optional });

export const image: Check = (value, pointer) => {
  const where = { image_url: text(3_000), slack_file: any };
  const problems = object({ type: any, alt_text: text(2_000) }, { ...where, block_id: text(255), title: plainText(2_000) })(value, pointer);
  const { image_url, slack_file } = value as Record<string, unknown>;
  return image_url || slack_file ? problems : [...problems, ...problem('missing required field: image_url', pointer)];
};

/** Elements of which the emulator knows the name and little more. */
const loose: Check = (value, pointer) => (typeof value === 'object' ? [] : problem('must provide an object', pointer));

const looseNames = [
  'users_select conversations_select channels_select multi_users_select multi_conversations_select multi_channels_select',
  'multi_static_select external_select multi_external_select datepicker datetimepicker timepicker workflow_button',
]
  .join(' ')
  .split(' ');

export const interactive: Readonly<Record<string, Check>> = {
  button,
  static_select: select({}, { options: list(option, 100, 1), option_groups: list(loose, 100), initial_option: option }),
  overflow: select({ options: list(option, 5, 1) }),
  checkboxes: select({ options: list(option, 10, 1) }, { initial_options: list(option, 10) }),
  radio_buttons: select({ options: list(option, 10, 1) }, { initial_option: option }),
  ...Object.fromEntries(looseNames.map((name) => [name, loose])),
};

export const contextActions: Readonly<Record<string, Check>> = { feedback_buttons: feedbackButtons, icon_button: iconButton };

const textInput = (optional: Readonly<Record<string, Check>>) =>
  object(
    { type: any },
    { ...optional, action_id: actionId, placeholder: plainText(150), focus_on_load: flag, dispatch_action_config: loose },
  );
const written = { initial_value: text(3_000), min_length: number(0, 3_000), max_length: number(1, 3_000) };
const { button: _button, overflow: _overflow, workflow_button: _workflow, ...chosen } = interactive;

/** What an input block may hold: buttons and overflow menus have their place in other blocks. */
export const inputs: Readonly<Record<string, Check>> = {
  ...chosen,
  plain_text_input: textInput({ ...written, multiline: flag }),
  email_text_input: textInput({ initial_value: any }),
  url_text_input: textInput({ initial_value: any }),
  ...Object.fromEntries(['number_input', 'rich_text_input', 'file_input'].map((name) => [name, loose])),
};
