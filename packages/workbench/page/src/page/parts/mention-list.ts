import { html } from 'htm/preact';
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../state/page-context.ts';
import { begunMentionOf, type Mentionable, meantBy, mentionablesOf } from '../text/mentions.ts';
import { Avatar } from './avatar.ts';

export interface Mentioning {
  readonly choices: readonly Mentionable[];
  readonly chosen: number;
  readonly listId: string;
  /** The caret moved or the text changed. */
  look(): void;
  /** One goes on elsewhere. */
  leave(): void;
  /** Takes the keys that choose; answers whether this was one. */
  press(key: string): boolean;
  take(choice: Mentionable): void;
}

interface Field {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly write: (text: string) => void;
  readonly id: string;
}

/** Completes a mention while it is typed. */
export function useMentioning({ field, text, write, id }: Field): Mentioning {
  const { workspace, channel } = usePage().model;
  const [caret, setCaret] = useState(0);
  const [wanted, setChosen] = useState(0);
  /** Where the mention stands that was not wanted. */
  const [dismissed, setDismissed] = useState<number>();
  const begun = begunMentionOf(text, caret);
  const members = workspace.channels.find((one) => one.id === channel)?.members ?? [];
  const isOpen = begun !== undefined && begun.from !== dismissed;
  const choices = isOpen ? meantBy(begun.word, mentionablesOf(workspace), members) : [];
  const chosen = Math.min(wanted, choices.length - 1);
  const take = ({ typedName }: Mentionable) => {
    if (!begun || !field.current) return;
    field.current.setRangeText(`@${typedName} `, begun.from, caret, 'end');
    field.current.focus();
    write(field.current.value);
    setCaret(field.current.selectionStart);
  };
  const step = (by: number) => setChosen((chosen + by + choices.length) % choices.length);
  return {
    ...{ choices, chosen, listId: `${id}-mentions`, take },
    look() {
      const { selectionStart = 0, value = '' } = field.current ?? {};
      setCaret(selectionStart);
      const seen = begunMentionOf(value, selectionStart);
      if (seen?.word !== begun?.word) setChosen(0);
      if (seen === undefined) setDismissed(undefined);
    },
    leave: () => setCaret(0),
    press(key) {
      const choice = choices[chosen];
      if (!choice) return false;
      if (key === 'ArrowDown') step(1);
      else if (key === 'ArrowUp') step(-1);
      else if (key === 'Enter' || key === 'Tab') take(choice);
      else if (key === 'Escape') setDismissed(begun?.from);
      else return false;
      return true;
    },
  };
}

export function MentionList({ mentioning: { choices, chosen, listId, take } }: { readonly mentioning: Mentioning }) {
  if (choices.length === 0) return null;
  return html`<ul class="mentions" role="listbox" id=${listId} aria-label="People to mention" data-testid="mentions">
    ${choices.map(
      (choice, index) => html`<li
        key=${choice.id}
        id=${`${listId}-${index}`}
        role="option"
        aria-selected=${index === chosen}
        onMouseDown=${(event: Event) => event.preventDefault()}
        onClick=${() => take(choice)}
      >
        <${Avatar} author=${{ id: choice.id, name: choice.realName, isApp: choice.isApp }} isSmall=${true} />
        <strong>${choice.realName}</strong>
        ${choice.typedName !== choice.realName && html`<span>@${choice.typedName}</span>`}
        <small class="mention-title">${choice.title ?? (choice.isApp ? 'App' : '')}</small>
      </li>`,
    )}
  </ul>`;
}
