import type { Change, FieldChange } from '@vera/protocol/change';
import { decisionActionIds, decisionValueOf, reasonInputId } from '@vera/protocol/decision';
import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { structuredPatch } from 'diff';
import type { SlackMessage } from './slack-message.ts';

type Block = Record<string, unknown>;

export interface ChangeCard {
  /** For notifications and for clients that show no blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata: ReturnType<typeof toChangeMetadata>;
}

/** Characters and fields a card can show; a change that takes more cannot be approved, for nobody approves what they cannot read. */
const mostShown = 9_000;
const mostFields = 30;

export function fitsOnCard({ title, fields }: Pick<Change, 'title' | 'fields'>): boolean {
  if (fields.length > mostFields || visible(title).length > textLimits.cardTitle) return false;
  let left = mostShown - visible(title).length;
  return fields.every((field) => {
    const name = visible(field.field).length;
    left -= name + changeDiff(field).length;
    return name <= textLimits.line && left >= 0;
  });
}

/** The card of a change as it stands now: what would be done, in whose name, and the buttons, or what became of it. */
export function changeCard(change: Change, messageTs: string): ChangeCard {
  const isOpen = change.state === 'proposed';
  const title = oneLine(change.title, textLimits.cardTitle);
  const about = unformatted(title);
  return {
    text: isOpen ? `May I? ${about}` : `${about}: ${plainState(change)}`,
    blocks: [
      { type: 'rich_text', elements: [boldLine(title)] },
      context(`in ${unformatted(change.system)}, as <@${change.asker}>${wantedBy(change)}`),
      ...(change.fields.length > 0 ? [{ type: 'rich_text', elements: change.fields.flatMap(fieldElements) }] : []),
      ...(isOpen ? questionBlocks(change, messageTs) : [context(stateWords(change))]),
    ],
    metadata: toChangeMetadata(change.id),
  };
}

function wantedBy({ helper }: Change): string {
  return helper ? `; my helper “${unformatted(oneLine(helper.name, textLimits.name))}” asks for it` : '';
}

/** Texts stand in elements that Slack shows as they are: nothing in them is a mention, a link or a mark. */
function fieldElements(field: FieldChange): Block[] {
  const text = changeDiff(field) || ' ';
  const type = isComparison(field) ? 'rich_text_preformatted' : 'rich_text_quote';
  return [boldLine(oneLine(field.field)), { type, elements: [{ type: 'text', text }] }];
}

function boldLine(text: string): Block {
  return { type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] };
}

function questionBlocks(change: Change, messageTs: string): Block[] {
  const value = decisionValueOf({ messageTs, change: change.id, hash: change.hash });
  const button = (text: string, verdict: 'approve' | 'deny', style: string) => ({
    type: 'button',
    text: { type: 'plain_text', text },
    action_id: decisionActionIds[verdict],
    value,
    style,
  });
  return [
    {
      type: 'input',
      block_id: reasonInputId,
      optional: true,
      label: { type: 'plain_text', text: 'If you deny: why?' },
      element: { type: 'plain_text_input', action_id: reasonInputId, max_length: textLimits.reason },
    },
    { type: 'actions', elements: [button('Approve', 'approve', 'primary'), button('Deny', 'deny', 'danger')] },
    context(`${people(change.approvers)} can approve this until ${clock(change.expiresAt)}. Nothing is changed before.`),
  ];
}

/** What became of it, for whoever reads the thread. */
function stateWords(change: Change): string {
  const by = change.decidedBy ? `<@${change.decidedBy}>` : 'Somebody';
  switch (change.state) {
    case 'proposed':
      return 'Waiting for a decision.';
    case 'approved':
    case 'started':
      return `⏳ ${by} approved this. I am on it.`;
    case 'done':
      return `✅ Done${linkOf(change)}. ${by} approved this.`;
    case 'failed':
      if (change.isUnaudited)
        return `⚠️ ${by} approved this, but it could not be written into the audit log, and without that I change nothing. Please ask again in a few minutes.`;
      return `⚠️ ${by} approved this, but it failed. Nothing was changed.`;
    case 'unknown':
      return `❓ ${by} approved this, and I began, but did not learn how it ended. Please look in ${unformatted(change.system)} before you ask again.`;
    case 'denied':
      return `🚫 ${by} denied this${change.reason ? `: “${unformatted(oneLine(change.reason))}”` : ''}. Nothing was changed.`;
    case 'expired':
      if (change.isWithdrawn) return '✏️ Withdrawn: the question was edited. Nothing was changed; what it says now is answered anew.';
      if (change.result) return `🛑 ${unformatted(oneLine(change.result.text))} Nothing was changed; ask again if it is still wanted.`;
      return '⌛ Nobody approved this in time. Nothing was changed; ask again if it is still wanted.';
  }
}

function plainState({ state, isWithdrawn, result }: Change): string {
  switch (state) {
    case 'proposed':
      return 'waiting for a decision';
    case 'approved':
    case 'started':
      return 'under way';
    case 'unknown':
      return 'it is not known how it ended';
    case 'done':
    case 'failed':
    case 'denied':
      return state;
    case 'expired':
      if (isWithdrawn) return 'withdrawn';
      return result ? 'stopped' : state;
  }
}

function linkOf({ result }: Change): string {
  if (!result?.link || !/^https?:\/\//.test(result.link.url)) return '';
  return `: <${result.link.url.replace(/[|<>\s]/g, encodeURIComponent)}|${unformatted(oneLine(result.link.title))}>`;
}

function people(ids: readonly string[]): string {
  const some = ids.slice(0, 10).map((id) => `<@${id}>`);
  return some.length > 1 ? `One of ${some.join(', ')}` : `Only ${some[0] ?? 'nobody'}`;
}

/** Slack shows it in the reader's own time zone. */
function clock(at: number): string {
  const fallback = new Date(at).toISOString().slice(11, 16);
  return `<!date^${Math.floor(at / 1000)}^{time}|${fallback} UTC>`;
}

function context(text: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

function oneLine(text: string, limit: number = textLimits.line): string {
  const shown = (part: string) => visible(part).replace(/\s+/g, ' ').trim();
  return shown(shorten(text, limit, { sizeOf: (part) => shown(part).length }));
}

/** A name given by others, in a line where Slack reads mark-up. */
export function nameInMarkup(text: string, limit: number = textLimits.line): string {
  return unformatted(oneLine(text, limit));
}

const lookAlikes: Readonly<Record<string, string>> = { '*': '∗', _: '＿', '~': '∼', '`': 'ˋ' };

/** Where Slack reads mark-up and there is no element for plain text: no mention, link, style or emoji. */
function unformatted(text: string): string {
  const plain = text.replace(/[*_~`]/g, (mark) => lookAlikes[mark] ?? mark).replace(/:(?=[^\s:]{1,100}:)/g, ':\u200b');
  return escapeText(plain);
}

const eventType = 'vera_change';

/** What a card says about itself in its metadata, so that it can be found again. */
export function changeMarkOf({ metadata }: Pick<SlackMessage, 'metadata'>): { readonly change: string } | undefined {
  const change = metadata?.event_payload?.change;
  return metadata?.event_type === eventType && typeof change === 'string' ? { change } : undefined;
}

function toChangeMetadata(change: string): { event_type: string; event_payload: Record<string, unknown> } {
  return { event_type: eventType, event_payload: { change } };
}

/** The `ts` of the card of a change, among what we posted ourselves. */
export function cardIn(messages: readonly SlackMessage[], botUserId: string, change: string): string | undefined {
  return messages.find((message) => message.user === botUserId && changeMarkOf(message)?.change === change)?.ts;
}

/** What of a field's change a person has to read: the new text, or the lines that change with two around them, marked `+` and `-`. */
export function changeDiff({ before, after }: FieldChange): string {
  if (before === undefined || before === '') return visible(after);
  const [old, next] = [endingInLine(visible(before)), endingInLine(visible(after))];
  const patch = structuredPatch('', '', old, next, '', '', { context: 2, maxEditLength: mostEdits });
  if (!patch) return [...marked('-', old), ...marked('+', next)].join('\n');
  return patch.hunks.map(({ lines }) => lines.join('\n')).join('\n…\n');
}

/** The time it takes to find what changed grows with the square of the lines that do; of so many, no card shows all. */
const mostEdits = 4_500;

function marked(mark: '-' | '+', text: string): string[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => mark + line);
}

/** Whether the field shows lines that go and lines that come. */
function isComparison({ before }: FieldChange): boolean {
  return before !== undefined && before !== '';
}

/**
 * As it is, with what no eye sees made visible: marks that turn the direction of writing or have no width could make a text look like
 * another one.
 */
function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(longBlank, blankWords)
    .replace(/[^\P{C}\n\t]|(?!\u{fe0f})\p{Default_Ignorable_Code_Point}/gu, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Behind a screenful of them what follows is not seen. The pattern of Braille without a dot is no blank to Unicode, but to the eye. */
const longBlank = /[\p{White_Space}\u2800\u{1d159}]{21,}/gu;
const blankNames: Readonly<Record<string, string>> = { ' ': 'spaces', '\n': 'line breaks', '\t': 'tabs' };

function blankWords(run: string): string {
  const kinds = new Set(run);
  const [only = ''] = kinds;
  const count = [...run].length.toLocaleString('en-US');
  return `… ${count} ${(kinds.size === 1 && blankNames[only]) || 'blanks'} …`;
}

function endingInLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
