import { feedbackActionId, feedbackValueOf } from '@vera/protocol/action';
import { escapeText, unescapeText } from '@vera/protocol/escape-text';
import { nextActionId } from '@vera/protocol/next-question';
import { shorten, textLimits } from '@vera/protocol/shorten';

/** A document an answer rests on, numbered as the answer cites it. */
export interface Source {
  readonly number: number;
  readonly title: string;
  readonly url?: string;
  /** What whoever relies on it has to know: "outdated: 9 months old". */
  readonly warning?: string;
}

type Block = Record<string, unknown>;

/** What stands under an answer: its sources, what could not be used for it, a reminder, the feedback buttons. */
export function blocksUnder(
  sources: readonly Source[],
  messageTs: string,
  { troubles = [], masked = [], near = [], next = [], cost = '' }: Notes = {},
): Block[] {
  return [
    ...sourceBlocks(sources),
    ...maskedBlocks(masked),
    ...troubleBlocks(troubles),
    ...near.map(note),
    ...nextBlocks(next),
    context(['Written by AI: check before you act on it.', ...(cost === '' ? [] : [cost])].join(' · ')),
    feedback(messageTs),
  ];
}

/** Under the last words of a question that was not answered to its end. */
export function costBlocks(cost: string): Block[] {
  return cost === '' ? [] : [context(cost)];
}

interface Notes {
  /** What could not be used, such as `PagerDuty could not be reached`. */
  readonly troubles?: readonly string[];
  /** Kinds of values that were taken out, such as `e-mail address`. */
  readonly masked?: readonly string[];
  /** Sentences on budgets that are nearly used up. */
  readonly near?: readonly string[];
  /** What it came to, such as `12,345 tokens, $0.03`. */
  readonly cost?: string;
  /** What may be asked next. */
  readonly next?: readonly string[];
}

export function markdownBlock(text: string): Block {
  return { type: 'markdown', text };
}

/** One with an address too long to fit stands there without. */
export function sourceBlocks(sources: readonly Source[]): Block[] {
  if (sources.length === 0) return [];
  const text = sources.reduce((kept, { number, title, url, warning }) => {
    const name = escapeText(shorten(title, textLimits.line));
    const behind = warning === undefined ? '' : ` · ${escapeText(warning)}`;
    const places = [...(url ? [`<${url.replace(/[|<>]/g, encodeURIComponent)}|${name}>`] : []), name];
    const lines = places.map((place) => `[${number}] ${place}${behind}`);
    const line = lines.find(({ length }) => kept.length + length < textLimits.textObject);
    return line === undefined ? kept : `${kept}\n${line}`;
  }, sourcesHead);
  return [context(text)];
}

const sourcesHead = '*Sources*';

/** What `sourceBlocks` wrote, as Slack gives it back. */
export function sourcesIn(blocks: unknown): Source[] {
  const texts = (Array.isArray(blocks) ? blocks : []).flatMap((block) => block?.elements?.[0]?.text ?? []);
  const lines = texts.filter((text) => typeof text === 'string' && text.startsWith(`${sourcesHead}\n`)).flatMap((text) => text.split('\n'));
  return lines.flatMap((line) => {
    const [, number, place = '', warning] = /^\[(\d{1,3})\] (.*?)(?: · (undated|outdated: [^·]*))?$/.exec(line) ?? [];
    const [, url, title = place] = /^<([^|>]+)\|(.*)>$/.exec(place) ?? [];
    if (number === undefined) return [];
    const link = url === undefined ? {} : { url: unescapeText(url) };
    return [{ number: Number(number), title: unescapeText(title), ...link, ...(warning === undefined ? {} : { warning }) }];
  });
}

function maskedBlocks(masked: readonly string[]): Block[] {
  return masked.length === 0 ? [] : [note(`The content rules of this workspace masked values here: ${masked.join(', ')}.`)];
}

function troubleBlocks(troubles: readonly string[]): Block[] {
  return troubles.length === 0 ? [] : [note(`${troubles.join('. ')}, so this answer had to do without.`)];
}

/** Each asks as whoever clicks. */
function nextBlocks(questions: readonly string[]): Block[] {
  if (questions.length === 0) return [];
  const elements = questions.map((question, index) => ({
    type: 'button',
    action_id: `${nextActionId}.${index}`,
    text: { type: 'plain_text', text: question, emoji: false },
    value: question,
  }));
  return [{ type: 'actions', elements }];
}

function note(said: string): Block {
  return context(escapeText(shorten(said, textLimits.textObject, { sizeOf: (part) => escapeText(part).length })));
}

function context(text: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

function feedback(messageTs: string): Block {
  const button = (text: string, rating: 'good' | 'bad', label: string) => ({
    text: { type: 'plain_text', text },
    value: feedbackValueOf(rating, messageTs),
    accessibility_label: label,
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: feedbackActionId,
        positive_button: button('Good answer', 'good', 'This answer helped'),
        negative_button: button('Bad answer', 'bad', 'This answer did not help'),
      },
    ],
  };
}
