import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { numberOf } from '../../http/route.ts';
import { requireIssue } from '../jira-refusal.ts';
import type { SeedRequestField, SeedRequestType, SeedServiceDesk } from '../jira-seed.ts';
import { type JiraRoutes, type JiraState, maySee, projectOf } from '../jira-state.ts';
import { createRequest, deskRefusal, toRequestView } from './desk-request.ts';

const reads = ['read:servicedesk-request'];

/** Jira Service Management: desks, what can be asked of them, the questions they ask back, and the requests. */
export const serviceDeskRoutes: JiraRoutes = (state) => [
  {
    at: 'GET /rest/servicedeskapi/servicedesk',
    scopes: reads,
    answer: ({ query, caller, target }) =>
      deskPage(
        desksFor(caller.person, state()).map((desk) => toDeskView(desk, state())),
        query,
        { target, url: state().url },
      ),
  },
  {
    at: 'GET /rest/servicedeskapi/servicedesk/{desk}/requesttype',
    scopes: reads,
    answer: ({ params, query, caller, target }) => {
      const desk = requireDesk(params.desk, caller.person, state());
      const wanted = query.get('searchQuery')?.toLowerCase() ?? '';
      const found = desk.requestTypes.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(wanted));
      return deskPage(
        found.map((type) => toTypeView(type, desk)),
        query,
        { target, url: state().url },
      );
    },
  },
  {
    at: 'GET /rest/servicedeskapi/servicedesk/{desk}/requesttype/{type}/field',
    scopes: reads,
    answer: ({ params, caller }) => ({
      requestTypeFields: requireType(requireDesk(params.desk, caller.person, state()), params.type).fields.map(toFieldView),
      canRaiseOnBehalfOf: !caller.person.readsOnly,
      canAddRequestParticipants: !caller.person.readsOnly,
    }),
  },
  {
    at: 'POST /rest/servicedeskapi/request',
    scopes: ['write:servicedesk-request'],
    status: 201,
    answer: ({ body, caller }) => {
      const desk = requireDesk(String(body.serviceDeskId ?? ''), caller.person, state());
      const type = requireType(desk, String(body.requestTypeId ?? ''));
      const values = isJsonObject(body.requestFieldValues) ? body.requestFieldValues : {};
      const issue = createRequest({ desk, type, values, isAdf: body.isAdfRequest === true }, caller.person, state());
      return toRequestView(issue, { state: state(), reader: caller.person });
    },
  },
  {
    at: 'GET /rest/servicedeskapi/request/{issue}',
    scopes: reads,
    answer: ({ params, caller }) =>
      toRequestView(requireIssue(params.issue, caller.person, state()), { state: state(), reader: caller.person }),
  },
];

function desksFor(person: AtlassianPerson, state: JiraState): SeedServiceDesk[] {
  return state.serviceDesks.filter(({ project }) => maySee(projectOf(state, project), person));
}

function requireDesk(id: string | undefined, person: AtlassianPerson, state: JiraState): SeedServiceDesk {
  const desk = desksFor(person, state).find((one) => one.id === id || one.project === id);
  if (!desk) throw deskRefusal(404, 'The Service Desk you are trying to view does not exist.');
  return desk;
}

function requireType({ requestTypes }: SeedServiceDesk, id: string | undefined): SeedRequestType {
  const type = requestTypes.find((one) => one.id === id);
  if (!type) throw deskRefusal(404, 'The request type you are trying to view does not exist.');
  return type;
}

function toDeskView({ id, project }: SeedServiceDesk, state: JiraState): object {
  const { id: projectId, key, name } = projectOf(state, project);
  return { id, projectId, projectName: name, projectKey: key, _links: { self: `${state.url}/rest/servicedeskapi/servicedesk/${id}` } };
}

function toTypeView({ id, name, description, issueType }: SeedRequestType, desk: SeedServiceDesk): object {
  return { id, name, description, helpText: '', issueTypeId: issueType, serviceDeskId: desk.id, groupIds: ['1'] };
}

function toFieldView({ fieldId, name, description = '', required, schema, values = [] }: SeedRequestField): object {
  return {
    fieldId,
    name,
    description,
    required,
    defaultValues: [],
    validValues: values.map(withChildren),
    presetValues: [],
    jiraSchema: schema,
    visible: true,
  };
}

type Choice = NonNullable<SeedRequestField['values']>[number];

function withChildren({ value, label, children = [] }: Choice): object {
  return { value, label, children: children.map(withChildren) };
}

/** A page by `start` and `limit`, with links to its neighbours. */
function deskPage(
  items: readonly object[],
  query: URLSearchParams,
  { target, url }: { readonly target: string; readonly url: string },
): object {
  const start = numberOf(query.get('start'), { otherwise: 0 });
  const limit = numberOf(query.get('limit'), { otherwise: 50, least: 1, most: 100 });
  const values = items.slice(start, start + limit);
  const isLastPage = start + values.length >= items.length;
  const path = target.split('?')[0];
  const next = new URLSearchParams(query);
  next.set('start', String(start + limit));
  next.set('limit', String(limit));
  return {
    size: values.length,
    start,
    limit,
    isLastPage,
    _links: { self: `${url}${target}`, base: url, context: '', ...(isLastPage ? {} : { next: `${url}${path}?${next}` }) },
    values,
  };
}
