import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../../mark-as-data.ts';
import type { PersonRead } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import type { AtlassianClient } from '../client/atlassian-client.ts';
import { personRead } from '../person-tool-of.ts';
import { allDesks, findDesk, requestTypesOf } from './desk.ts';

/** More desks than these are listed without what can be asked of them. */
const mostDesks = 8;

export const listServiceDesks = (client: AtlassianClient): PersonRead =>
  personRead(client, {
    name: 'list_service_desks',
    title: 'Looking at the service desks',
    details: argument('desk'),
    description:
      'Lists the service desks that the person who asks can turn to, and the requests each takes: for help, hardware, access, a broken ' +
      'device. The first step; then call prepare_service_desk_request.',
    product: 'jira',
    input: { desk: z.string().max(200).optional().describe('Only this desk, by its name or project key') },
    async read({ desk: wanted }, jira) {
      const desks = wanted === undefined ? await allDesks(jira) : [await findDesk(jira, wanted)];
      if (desks.length === 0) return 'The person can turn to no service desk.';
      if (desks.length > mostDesks) {
        const names = desks.map(({ projectName, projectKey }) => `- ${projectName} (${projectKey})`).join('\n');
        return `There are many desks. Call this again with one of them as \`desk\`.\n${markAsData(shorten(names, textLimits.toolResult), 'Jira')}`;
      }
      const parts = await Promise.all(
        desks.map(async (desk) => {
          const types = await requestTypesOf(jira, desk);
          const lines = types.map(
            ({ name, description }) => `- ${name}${description ? `: ${shorten(description, textLimits.deskDescription)}` : ''}`,
          );
          return [`${desk.projectName} (${desk.projectKey})`, ...lines].join('\n');
        }),
      );
      return markAsData(shorten(parts.join('\n\n'), textLimits.toolResult), 'Jira');
    },
  });
