import type { StoredView } from '../state/view-store.ts';
import type { World } from '../state/world.ts';

export function toApiView({ directory }: World, { id, hash, content }: StoredView): Record<string, unknown> {
  const { teamId, appId, botId } = directory.workspace;
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...content,
    id,
    team_id: teamId,
    state: { values: {} },
    hash,
    previous_view_id: null,
    root_view_id: id,
    app_id: appId,
    app_installed_team_id: teamId,
    bot_id: botId,
  };
}
