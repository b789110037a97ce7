import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { typedNameOfIn } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { toTyped, withMentions } from '../text/typed-text.ts';
import { growWithText } from './composer.ts';

export function MessageEditor({ message, end }: { readonly message: SlackMessage; readonly end: () => void }) {
  const { model, refuse } = usePage();
  const { workspace, me: user } = model;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => toTyped(message.text, typedNameOfIn(workspace)));
  useEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => growWithText(field.current), [text]);
  const save = async () => {
    try {
      await api.edit({ user, channel: message.channel, ts: message.ts, text: withMentions(text, workspace) });
      end();
    } catch (error) {
      refuse(error);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void save();
  };
  return html`<div class="editor">
    <textarea
      ref=${field}
      aria-label="Edit message"
      rows="1"
      value=${text}
      onInput=${({ currentTarget }: InputEvent) => setText((currentTarget as HTMLTextAreaElement).value)}
      onKeyDown=${press}
    ></textarea>
    <button type="button" class="quiet" onClick=${end}>Cancel</button>
    <button type="button" class="strong" onClick=${save}>Save</button>
  </div>`;
}
