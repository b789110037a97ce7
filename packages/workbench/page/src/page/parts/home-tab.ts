import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api.ts';
import { usePage } from '../state/page-context.ts';
import { Blocks } from './blocks.ts';
import { homeTs } from './buttons.ts';

export type DirectTab = 'home' | 'messages';

interface DirectTabsProps {
  readonly tab: DirectTab;
  readonly open: (tab: DirectTab) => void;
}

/** The two sides of the direct messages with an app. Slack tells the app each time one is opened. */
export function DirectTabs({ tab, open }: DirectTabsProps) {
  const { model, refuse } = usePage();
  const { me, viewed } = model;
  useEffect(() => void api.openHome({ user: me, tab, ...(viewed === undefined ? {} : { viewing: viewed }) }).catch(refuse), [me, tab]);
  const choice = (name: DirectTab, label: string) =>
    html`<button type="button" class="quiet" aria-pressed=${tab === name} onClick=${() => open(name)}>${label}</button>`;
  return html`<div class="direct-tabs" role="group" aria-label=${`With ${model.workspace.botName}`}>
    ${choice('messages', 'Messages')}${choice('home', 'Home')}
  </div>`;
}

/** What the app published for this person. */
export function HomeTab() {
  const { homes, me, channel } = usePage().model;
  const blocks = homes[me]?.blocks;
  if (!Array.isArray(blocks)) return html`<p class="channel-start" role="status">Nothing is here yet …</p>`;
  const view: SlackMessage = { type: 'message', ts: homeTs, channel, text: '', blocks };
  return html`<section class="home-tab" data-testid="home-tab" aria-label="Home"><${Blocks} message=${view} /></section>`;
}
