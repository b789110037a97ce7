import { html } from 'hono/html';
import type { Session } from '../session.ts';
import type { Html } from './frame.ts';

/** Somebody and their workspace, by names that anybody may have taken, and by the ids that nobody else has. */
export function whoIs(as: string, { person: { userId, teamId }, names }: Pick<Session, 'person' | 'names'>): Html {
  return html`<dl>
<div><dt>${as}</dt><dd>${named(names?.person, userId)}</dd></div>
<div><dt>Slack workspace</dt><dd>${named(names?.team, teamId)}</dd></div>
</dl>`;
}

/** Set apart, so that a name written from right to left does not turn what stands beside it. */
function named(name: string | undefined, id: string): Html {
  return name ? html`<bdi>${name}</bdi> (${id})` : html`${id}`;
}
