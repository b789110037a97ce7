import type { World } from '../state/world.ts';
import type { StoredFile } from './file-store.ts';

/** A file as the Web API and events show it. Its URLs lead to the emulator and need the bearer token. */
export function toFileObject(world: Pick<World, 'origin' | 'directory'>, file: StoredFile): Record<string, unknown> {
  // Of what a plan hides nothing else is told, whoever asks: https://api.slack.com/changelog/2019-03-wild-west-for-files-no-more
  if (file.as === 'hidden-by-limit') return { id: file.id, mode: 'hidden_by_limit' };
  return {
    ...hostedFile(world, file),
    ...(file.as === 'snippet' ? snippetFields(file) : {}),
    ...(file.as === 'canvas' ? canvasFields : {}),
  };
}

/**
 * What stands in a message of it: of one that only `files.info` tells of, and of one that is gone, not even its name
 * (twentyhq/twenty#26106, pR0Ps/slack-to-discord#4).
 */
export function inMessage(object: Record<string, unknown>, { id, as, created, user }: StoredFile): Record<string, unknown> {
  if (as === 'check-file-info') return { id, created, timestamp: created, user, mode: 'hosted', file_access: 'check_file_info' };
  return as === 'tombstone' ? { id, mode: 'tombstone' } : object;
}

/** A canvas has no bytes of its own: its page is what is downloaded (stablyai/agent-slack#19, rusq/slackdump#401). */
const canvasFields = { mode: 'quip', filetype: 'quip', pretty_type: 'Canvas', mimetype: 'application/vnd.slack-docs', editable: true };

const previewed = { lines: 5, characters: 500 };

/** https://api.slack.com/types/file: the first lines stand in the message, and say whether they are all. */
function snippetFields({ bytes }: StoredFile): Record<string, unknown> {
  const lines = new TextDecoder().decode(bytes).split('\n');
  const preview = lines.slice(0, previewed.lines).join('\n').slice(0, previewed.characters);
  return {
    mode: 'snippet',
    editable: true,
    preview,
    preview_highlight: `<div class="CodeMirror">${preview.length}</div>`,
    lines: lines.length,
    lines_more: Math.max(0, lines.length - previewed.lines),
    preview_is_truncated: lines.length > previewed.lines,
  };
}

function hostedFile({ origin, directory }: Pick<World, 'origin' | 'directory'>, file: StoredFile): Record<string, unknown> {
  const { teamId } = directory.workspace;
  const name = encodeURIComponent(file.name);
  const { filetype, prettyType } = fileTypeOf(file.name, file.mimetype);
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype,
    pretty_type: prettyType,
    user: file.user,
    user_team: teamId,
    editable: false,
    size: file.bytes.byteLength,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: file.shares.some(({ isPrivate }) => !isPrivate),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${origin()}/files-pri/${teamId}-${file.id}/${name}`,
    url_private_download: `${origin()}/files-pri/${teamId}-${file.id}/download/${name}`,
    permalink: `https://${directory.workspace.teamDomain}.slack.com/files/${file.user}/${file.id}/${name}`,
    file_access: 'visible',
    has_rich_preview: false,
    ...(file.altText ? { alt_txt: file.altText } : {}),
  };
}

const types: Readonly<Record<string, readonly [mimetype: string, prettyType: string]>> = {
  png: ['image/png', 'PNG'],
  jpg: ['image/jpeg', 'JPEG'],
  gif: ['image/gif', 'GIF'],
  webp: ['image/webp', 'WebP'],
  pdf: ['application/pdf', 'PDF'],
  csv: ['text/csv', 'CSV'],
  json: ['application/json', 'JSON'],
  md: ['text/markdown', 'Markdown (raw)'],
  html: ['text/html', 'HTML'],
  log: ['text/plain', 'Plain Text'],
  txt: ['text/plain', 'Plain Text'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word Document'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel Spreadsheet'],
  pptx: ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'PowerPoint Presentation'],
  zip: ['application/zip', 'Zip'],
};

/** Slack's own names for a file's type, by its name's ending or else by its media type. */
function fileTypeOf(name: string, mimetype: string): { readonly filetype: string; readonly prettyType: string } {
  const ending = endingOf(name);
  const filetype = ending in types ? ending : (Object.keys(types).find((type) => types[type]?.[0] === mimetype) ?? 'binary');
  return { filetype: filetype === 'txt' || filetype === 'log' ? 'text' : filetype, prettyType: types[filetype]?.[1] ?? 'Binary' };
}

/** What Slack takes a file for when nobody said. */
export function mimetypeOf(name: string): string {
  return types[endingOf(name)]?.[0] ?? 'application/octet-stream';
}

function endingOf(name: string): string {
  const ending = name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : '';
  return ending === 'jpeg' ? 'jpg' : ending;
}

/** The bot sees what it uploaded and what was shared where it is a member. */
export function isVisibleToBot({ directory }: World, { isComplete, user, shares }: StoredFile): boolean {
  const bot = directory.workspace.botUserId;
  return isComplete && (user === bot || shares.some(({ channel }) => directory.channel(channel)?.members.includes(bot)));
}
