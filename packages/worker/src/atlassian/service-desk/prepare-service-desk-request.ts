import { shorten, textLimits } from '@vera/protocol/shorten';
import { markAsData } from '../../mark-as-data.ts';
import type { PersonRead } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import type { AtlassianClient } from '../client/atlassian-client.ts';
import { personRead } from '../person-tool-of.ts';
import { findDesk, findRequestType, requestInputs } from './desk.ts';
import { type AnswerKind, type Choice, type Question, questionsOf } from './question.ts';

const mostChoices = 100;

export const prepareServiceDeskRequest = (client: AtlassianClient): PersonRead =>
  personRead(client, {
    name: 'prepare_service_desk_request',
    title: 'Looking up what the service desk asks',
    details: argument('request_type'),
    description:
      'Says what a service desk asks for a kind of request: the questions by label, which of them need an answer, and the choices. Call ' +
      'it before submit_service_desk_request, and ask the person what you do not know instead of guessing.',
    product: 'jira',
    input: requestInputs,
    async read({ desk: wantedDesk, request_type }, jira) {
      const desk = await findDesk(jira, wantedDesk);
      const type = await findRequestType(jira, desk, request_type);
      const questions = await questionsOf(jira, desk, type);
      const head = `${type.name}, at ${desk.projectName} (${desk.projectKey})`;
      const asked = [head, ...(type.description ? [type.description] : []), '', ...questions.map(questionWords)].join('\n');
      return `${markAsData(shorten(asked, textLimits.toolResult), 'Jira')}\n${advice}`;
    },
  });

const advice =
  'Give the answers to submit_service_desk_request under these labels. A question that only arises after a choice is answered together ' +
  'with it, as "Laptop > ThinkPad". A form with conditions of its own, if the desk has one here, is filled in on the portal.';

const kindWords: Readonly<Record<AnswerKind, string>> = {
  line: 'one line',
  text: 'a text, in Markdown',
  number: 'a number',
  date: 'a day, as 2026-01-31',
  datetime: 'a time, as 2026-01-31T14:30:00+01:00',
  labels: 'words without blanks',
  choice: 'one of',
  choices: 'any of',
  nested: 'one of, and then one below it',
  person: 'a person: a name, an e-mail address or "me"',
  unsupported: 'cannot be answered here, only on the portal',
};

function questionWords({ label, description, isRequired, kind, choices }: Question): string {
  const about = description === '' ? '' : ` (${shorten(description, textLimits.deskDescription)})`;
  return `- "${label}"${about}: ${isRequired ? 'required' : 'optional'}; ${kindWords[kind]}${choiceWords(choices)}`;
}

function choiceWords(choices: readonly Choice[]): string {
  if (choices.length === 0) return '';
  const lines = choices.slice(0, mostChoices).map(({ label, children }) => {
    const below = children.slice(0, mostChoices).map((child) => child.label);
    return `\n  - ${label}${below.length > 0 ? `, then one of: ${below.join(', ')}` : ''}`;
  });
  return `${lines.join('')}${choices.length > mostChoices ? `\n  - and ${choices.length - mostChoices} more` : ''}`;
}
