import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import type { PersonWrite } from '../../tools/person-tool.ts';
import { argument } from '../../tools/told-text.ts';
import { ToolFailure } from '../../tools/tool.ts';
import type { AtlassianClient, SiteConnection } from '../client/atlassian-client.ts';
import { findUser } from '../jira/find-person.ts';
import { issueLink } from '../jira/issue.ts';
import { type Place, personWrite } from '../person-tool-of.ts';
import { listed } from '../pick-named.ts';
import { toAdf } from '../text/adf.ts';
import { readMarkdown } from '../text/read-markdown.ts';
import { signedText } from '../text/signed-text.ts';
import { findDesk, findRequestType, requestInputs } from './desk.ts';
import { plain, type Question, questionsOf } from './question.ts';
import { type Answer, answerInput, type ResolvedAnswer, resolveAnswer } from './resolve-answer.ts';

const createdSchema = z.object({ issueKey: z.string(), _links: z.looseObject({ web: z.string().optional() }).optional() });

export const submitServiceDeskRequest = (client: AtlassianClient): PersonWrite =>
  personWrite(client, {
    name: 'submit_service_desk_request',
    title: 'Preparing a request to the service desk',
    details: argument('request_type'),
    description: 'Sends a request to a service desk as the person who asks. Call prepare_service_desk_request first, for the questions.',
    product: 'jira',
    system: 'Jira Service Management',
    input: {
      ...requestInputs,
      answers: z.record(z.string().max(300), answerInput).describe('The answers by the labels of the questions; choices by their labels'),
    },
    args: { serviceDeskId: z.string(), requestTypeId: z.string(), title: z.string(), values: z.record(z.string(), z.unknown()) },
    async propose({ desk: wantedDesk, request_type, answers }, jira) {
      const desk = await findDesk(jira, wantedDesk);
      const type = await findRequestType(jira, desk, request_type);
      const questions = await questionsOf(jira, desk, type);
      const given = answersByQuestion(questions, answers);
      const resolved = await Promise.all(
        signable(questions, given).map(async ([question, answer, isSigned]) => ({
          question,
          ...(await resolvedWith(question, answer, jira, isSigned)),
        })),
      );
      return {
        title: `Ask ${desk.projectName}: ${type.name}`,
        changes: resolved.map(({ question, words }) => ({ field: question.label, after: words })),
        args: {
          serviceDeskId: desk.id,
          requestTypeId: type.id,
          title: `${type.name}, at ${desk.projectName}`,
          values: Object.fromEntries(resolved.map(({ question, value }) => [question.fieldId, value])),
        },
      };
    },
    async perform({ serviceDeskId, requestTypeId, title, values }, jira) {
      // Texts are documents, as everywhere else in version 3; plain ones would be read as wiki markup.
      const body = { serviceDeskId, requestTypeId, requestFieldValues: values, isAdfRequest: true };
      const created = await jira.change({ method: 'POST', path: '/rest/servicedeskapi/request', body }, createdSchema);
      return { text: `Sent the request ${created.issueKey} (${title}).`, link: requestLink(jira, created) };
    },
  });

/** Refuses labels nobody asked for, and lacks. */
function answersByQuestion(questions: readonly Question[], answers: Readonly<Record<string, Answer>>): Map<Question, Answer> {
  const given = new Map<Question, Answer>();
  for (const [label, answer] of Object.entries(answers)) {
    const question = questions.find((one) => plain(one.label) === plain(label));
    if (!question)
      throw new ToolFailure(`"${shorten(label, textLimits.quote)}" is not asked. ${listed(questions.map((one) => `"${one.label}"`))}`);
    if (given.has(question)) throw new ToolFailure(`"${question.label}" is answered twice.`);
    if (!isEmpty(answer)) given.set(question, answer);
  }
  const lacking = questions.filter((question) => question.isRequired && !given.has(question));
  if (lacking.length === 0) return given;
  const names = lacking.map(({ label, choices }) => {
    return choices.length === 0 ? `"${label}"` : `"${label}" (${listed(choices.map((choice) => choice.label))})`;
  });
  throw new ToolFailure(`These need an answer: ${names.join('; ')}. Ask the person for what you do not know.`);
}

function isEmpty(answer: Answer): boolean {
  return Array.isArray(answer) ? answer.length === 0 : String(answer).trim() === '';
}

/** The answers, with the text that bears the line about Vera: the description, or else another long one; asked for or not. */
function signable(questions: readonly Question[], given: ReadonlyMap<Question, Answer>): [Question, Answer, boolean][] {
  const texts = questions.filter(({ kind }) => kind === 'text');
  const signed = texts.find(({ fieldId }) => fieldId === 'description') ?? texts.find((question) => given.has(question)) ?? texts[0];
  return questions.flatMap((question): [Question, Answer, boolean][] => {
    const answer = given.get(question) ?? (question === signed ? '' : undefined);
    return answer === undefined ? [] : [[question, answer, question === signed]];
  });
}

async function resolvedWith(question: Question, answer: Answer, jira: Place, isSigned: boolean): Promise<ResolvedAnswer> {
  const text = Array.isArray(answer) ? answer.join('\n') : String(answer);
  switch (question.kind) {
    case 'text': {
      const { words, blocks } = isSigned
        ? await signedText(text, { name: await jira.personName() })
        : { words: text, blocks: await readMarkdown(text) };
      return { value: toAdf(blocks), words };
    }
    case 'person': {
      const { accountId, displayName } = await findUser(jira, text);
      return { value: { accountId }, words: displayName };
    }
    default:
      return resolveAnswer(question, answer);
  }
}

/** Where the person follows the request; only an address of their own site. */
function requestLink(jira: SiteConnection, { issueKey, _links }: z.output<typeof createdSchema>) {
  const web = _links?.web;
  const isOurs = web !== undefined && URL.canParse(web) && new URL(web).origin === new URL(jira.site.url).origin;
  return isOurs ? { title: issueKey, url: web } : issueLink(jira, issueKey);
}
