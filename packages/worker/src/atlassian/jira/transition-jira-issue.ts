import * as z from 'zod';
import { plainName } from '../../plain-name.ts';
import type { Effect, PersonWrite } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import { type AtlassianClient, pathOf } from '../client/atlassian-client.ts';
import { type Place, personWrite } from '../person-tool-of.ts';
import { listed, pickNamed } from '../pick-named.ts';
import { type FieldMeta, fieldMeta, type Issue, issueId, issueKey, issueLink, readIssue } from './issue.ts';

const transitionSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  to: z.looseObject({ id: z.string(), name: z.string() }),
  isAvailable: z.boolean().optional(),
  fields: z.record(z.string(), fieldMeta).optional(),
});
type Transition = z.output<typeof transitionSchema>;

export const transitionJiraIssue = (client: AtlassianClient): PersonWrite =>
  personWrite(client, {
    name: 'transition_jira_issue',
    title: 'Preparing to move a Jira issue',
    details: argument('issue'),
    description: 'Moves a Jira issue to another status as the person who asks: starts it, closes it, sends it to review.',
    product: 'jira',
    system: 'Jira',
    input: {
      issue: issueKey.describe('The key, such as PAY-117'),
      to: z.string().min(1).max(100).describe('The status it shall have, or the name of the transition'),
      resolution: z.string().max(100).optional().describe('Only where the transition asks for one, such as Done'),
    },
    args: {
      issueId,
      issueKey: z.string(),
      transitionId: z.string(),
      to: z.string(),
      /** Left out in what an older version proposed. */
      toId: z.string().optional(),
      from: z.strictObject({ id: z.string(), name: z.string() }),
      fields: z.strictObject({ resolution: z.strictObject({ id: z.string() }) }).optional(),
    },
    async propose({ issue: key, to: wanted, resolution }, jira) {
      const [issue, transitions] = await Promise.all([readIssue(jira, key), transitionsOf(jira, key)]);
      const from = statusOf(issue);
      const transition = pickTransition(transitions, wanted, issue);
      const chosen = resolutionFor(transition, resolution);
      return {
        title: `Move ${issue.key} to ${transition.to.name}: ${issue.fields.summary}`,
        changes: [
          { field: 'Status', before: from.name, after: transition.to.name },
          ...(chosen ? [{ field: 'Resolution', after: chosen.name }] : []),
        ],
        args: {
          ...{ issueId: issue.id, issueKey: issue.key, transitionId: transition.id, to: transition.to.name },
          ...{ toId: transition.to.id, from },
          ...(chosen ? { fields: { resolution: { id: chosen.id } } } : {}),
        },
      };
    },
    async perform({ issueId: id, issueKey: key, transitionId, to, from, fields }, jira) {
      const now = statusOf(await readIssue(jira, id));
      if (now.id !== from.id)
        throw new ToolFailure(
          `${key} was moved meanwhile: it is ${plainName(now.name)}, not ${plainName(from.name)}. Nothing was changed now.`,
        );
      const body = { transition: { id: transitionId }, ...(fields ? { fields } : {}) };
      await jira.change({ method: 'POST', path: pathOf`/rest/api/3/issue/${id}/transitions`, body }, z.unknown());
      return moved(key, { from, to }, jira);
    },
    async look({ issueId: id, issueKey: key, to, toId, from }, jira) {
      const now = statusOf(await readIssue(jira, id));
      if (now.id === from.id) return toId === from.id ? 'not-known' : 'not-done';
      return now.id === toId ? moved(key, { from, to }, jira) : 'not-known';
    },
  });

function moved(key: string, { from, to }: { readonly from: { readonly name: string }; readonly to: string }, jira: Place): Effect {
  return { text: `Moved ${key} from ${from.name} to ${to}.`, link: issueLink(jira, key) };
}

async function transitionsOf(jira: Place, key: string): Promise<readonly Transition[]> {
  const schema = z.object({ transitions: z.array(transitionSchema) });
  const { transitions } = await jira.get(pathOf`/rest/api/3/issue/${key}/transitions`, schema, { expand: 'transitions.fields' });
  return transitions.filter(({ isAvailable }) => isAvailable !== false);
}

function statusOf({ key, fields: { status } }: Issue): { readonly id: string; readonly name: string } {
  if (!status) throw new ToolFailure(`Jira does not say which status ${key} has.`);
  return { id: status.id, name: status.name };
}

function pickTransition(transitions: readonly Transition[], wanted: string, issue: Issue): Transition {
  const same = (text: string) => text.trim().toLowerCase() === wanted.trim().toLowerCase();
  const [first, another] = transitions.filter(({ to }) => same(to.name));
  if (first && !another) return first;
  const byName = transitions.filter(({ name }) => same(name));
  if (byName.length === 1 && byName[0]) return byName[0];
  const names = listed(transitions.map(({ name, to }) => (name === to.name ? name : `${name} (to ${to.name})`)));
  if (first) throw new ToolFailure(`Several transitions lead to "${wanted}". Name one. ${names}`);
  if (same(statusOf(issue).name))
    throw new ToolFailure(`${issue.key} is ${plainName(statusOf(issue).name)} already: nothing would change.`);
  throw new ToolFailure(
    `${issue.key} is ${plainName(statusOf(issue).name)}; from there the person cannot move it to "${wanted}". ${names}`,
  );
}

/** The one field of a transition's screen that we fill in; a transition that needs others cannot be made here. */
function resolutionFor({ name, fields = {} }: Transition, wanted: string | undefined): { id: string; name: string } | undefined {
  const lacking = Object.entries(fields).filter(([id, field]) => isNeeded(field) && id !== 'resolution');
  if (lacking.length > 0) {
    const names = lacking.map(([, field]) => plainName(field.name)).join(', ');
    throw new ToolFailure(`"${plainName(name)}" asks for ${names}, which this tool cannot fill in: the person has to do it in Jira.`);
  }
  const known = fields.resolution?.allowedValues ?? [];
  if (wanted === undefined) {
    if (!fields.resolution || !isNeeded(fields.resolution)) return undefined;
    throw new ToolFailure(`"${plainName(name)}" needs a resolution. ${listed(known.map((one) => one.name ?? ''))}`);
  }
  if (!fields.resolution) throw new ToolFailure(`"${plainName(name)}" takes no resolution. Leave it out.`);
  const { id = '', name: chosen = '' } = pickNamed(known, { what: 'resolution', wanted, nameOf: (one) => one.name ?? '' });
  return { id, name: chosen };
}

function isNeeded({ required, hasDefaultValue }: FieldMeta): boolean {
  return required === true && hasDefaultValue !== true;
}
