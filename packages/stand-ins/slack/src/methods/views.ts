import type { MethodCall, SlackMethod } from '../api/slack-method.ts';
import { refuse, refuseWith } from '../api/slack-refusal.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import { problem, text } from '../blocks/checks.ts';
import { plainText } from '../blocks/element-checks.ts';
import { withIds } from '../blocks/with-ids.ts';
import type { StoredView } from '../state/view-store.ts';
import type { World } from '../state/world.ts';

const largestView = 250_000;
const mostBlocks = 100;

export const viewsOpen: SlackMethod = (call) => {
  const { args, world } = call;
  const content = readView(call, ['modal']);
  const trigger = args.optional('trigger_id') ?? args.text('interactivity_pointer');
  if (trigger === '') refuse('invalid_arguments');
  refuseUsed(world.tickets.useTrigger(trigger));
  refuseDuplicate(call, content);
  return { view: toApiView(world, world.views.keep(content)) };
};

export const viewsUpdate: SlackMethod = (call) => {
  const { args, world } = call;
  const content = readView(call, ['modal', 'home']);
  const before = world.views.find(args.optional('view_id'), args.optional('external_id')) ?? refuse('not_found');
  refuseStale(call, before);
  refuseDuplicate(call, content, before);
  return { view: toApiView(world, world.views.keep(content, before)) };
};

export const viewsPublish: SlackMethod = (call) => {
  const { args, world } = call;
  // The app's settings have the home tab switched off: https://docs.slack.dev/reference/methods/views.publish
  if (!world.homeTab) refuse('not_enabled');
  const content = readView(call, ['home']);
  const user = args.text('user_id');
  if (!world.directory.user(user)) refuseWith('invalid_arguments', problem(`user not found: ${user}`, '/user_id'));
  const before = world.views.home(user);
  if (before) refuseStale(call, before);
  refuseDuplicate(call, content, before);
  const view = toApiView(world, world.views.keep(content, { ...before, homeOf: user }));
  world.changes.tell({ kind: 'home', user, view });
  return { view };
};

function readView({ args }: MethodCall, types: readonly string[]): Record<string, unknown> {
  const view = args.object('view') ?? {};
  if (JSON.stringify(view).length > largestView) refuse('view_too_large');
  const { type, title, blocks, private_metadata, callback_id } = view;
  const problems = [
    ...(types.includes(String(type)) ? [] : problem(`unsupported type: ${String(type)}`, '/view/type')),
    ...(type === 'modal' ? plainText(24)(title, '/view/title') : []),
    // https://docs.slack.dev/reference/views/home-tab-views
    ...text(3_000)(private_metadata ?? '', '/view/private_metadata'),
    ...text(255)(callback_id ?? '', '/view/callback_id'),
    ...(Array.isArray(blocks) ? checkBlocks(blocks, { most: mostBlocks }) : problem('missing required field: blocks', '/view')),
  ];
  if (problems.length > 0) refuseWith('invalid_arguments', problems);
  return { ...view, blocks: withIds(blocks as unknown[]) };
}

function refuseUsed(outcome: 'ok' | 'unknown' | 'expired' | 'exchanged'): void {
  if (outcome === 'ok') return;
  refuse(outcome === 'unknown' ? 'invalid_trigger_id' : `${outcome}_trigger_id`);
}

function refuseStale({ args }: MethodCall, { hash }: StoredView): void {
  if (args.text('hash') !== '' && args.text('hash') !== hash) refuse('hash_conflict');
}

function refuseDuplicate({ world }: MethodCall, { external_id }: Record<string, unknown>, own?: StoredView): void {
  if (!external_id) return;
  const other = world.views.find(undefined, String(external_id));
  if (other && other.id !== own?.id) refuse('duplicate_external_id');
}

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
