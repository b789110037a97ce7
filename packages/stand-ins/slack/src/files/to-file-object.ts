import type { World } from '../state/world.ts';
import type { StoredFile } from './file-store.ts';
import { fileTypeOf } from './file-type.ts';

/** A file as the Web API and events show it. Its URLs lead to the emulator and need the bearer token. */
export function toFileObject({ origin, directory }: Pick<World, 'origin' | 'directory'>, file: StoredFile): Record<string, unknown> {
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
  };
}
