import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { nameOfIn } from '../state/lookups.ts';
import { usePage } from '../state/page-context.ts';
import { renderMrkdwn } from '../text/render-mrkdwn.ts';
import { type BlockRecord, recordsOf } from './block-record.ts';
import { MessageFiles } from './message-body.ts';
import { Rich } from './rich.ts';

/** What a message carries of others: a forwarded message, a preview, an alert. */
export function Attachments({ message }: { readonly message: SlackMessage }) {
  return html`${recordsOf(message.attachments).map((attachment) => html`<${Attachment} key=${attachment.id} attachment=${attachment} message=${message} />`)}`;
}

interface AttachmentProps {
  readonly attachment: BlockRecord;
  readonly message: SlackMessage;
}

function Attachment({ attachment, message }: AttachmentProps) {
  const nameOf = nameOfIn(usePage().model.workspace);
  const { title, title_link, pretext, text, fallback, footer, author_id, author_name, author_subname } = attachment;
  const fields = recordsOf(attachment.fields);
  const author = (author_id && nameOf('@', words(author_id))) || words(author_name) || words(author_subname);
  const said = words(text) || (words(title) === '' && words(pretext) === '' && fields.length === 0 ? words(fallback) : '');
  const files = recordsOf(attachment.files);
  const rich = (mrkdwn: string) => html`<${Rich} content=${renderMrkdwn(mrkdwn, nameOf)} look="mrkdwn" />`;
  return html`<blockquote class="attachment" data-testid="attachment">
    ${author !== '' && html`<p class="attachment-author">${author}</p>`}
    ${words(pretext) !== '' && rich(words(pretext))}
    ${words(title) !== '' && html`<strong>${isAddress(title_link) ? html`<a href=${title_link} target="_blank" rel="noopener noreferrer">${title}</a>` : title}</strong>`}
    ${said !== '' && rich(said)}
    ${fields.length > 0 && html`<dl>${fields.map((field) => html`<dt>${words(field.title)}</dt><dd>${rich(words(field.value))}</dd>`)}</dl>`}
    ${files.length > 0 && html`<${MessageFiles} message=${{ ...message, files }} />`}
    ${words(footer) !== '' && html`<small>${footer}</small>`}
  </blockquote>`;
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isAddress(value: unknown): boolean {
  return /^https?:\/\//.test(words(value));
}
