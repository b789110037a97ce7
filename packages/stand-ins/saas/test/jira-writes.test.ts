import { describe, expect, it } from 'vitest';
import { createJira } from '../src/create-jira.ts';
import { ask } from './ask.ts';
import { basic, createSite, jiraSeed, tuesday } from './small-clinic.ts';

const doc = (text: string) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

async function start() {
  const site = createSite();
  let now = tuesday;
  const jira = await createJira({ seed: jiraSeed, site, now: () => now });
  site.tokens.grant('of-ana', { accountId: '1:ana' });
  site.tokens.grant('of-bo', { accountId: '1:bo' });
  const as = (who: 'ana' | 'bo') => (method: string, path: string, body?: unknown) =>
    ask(`${jira.url}/ex/jira/cloud-1${path}`, {
      method,
      headers: { authorization: `Bearer of-${who}` },
      ...(body === undefined ? {} : { body }),
    });
  const later = () => {
    now += 60_000;
  };
  return { jira, ana: as('ana'), bo: as('bo'), later, [Symbol.asyncDispose]: () => jira[Symbol.asyncDispose]() };
}

const bug = (fields: object = {}) => ({
  fields: { project: { key: 'TILL' }, issuetype: { name: 'Bug' }, summary: 'Door squeaks', ...fields },
});

describe('writing to Jira as a person', () => {
  it('a new issue is theirs, has the next key, and is found at once', async () => {
    await using system = await start();
    const made = await system.bo(
      'POST',
      '/rest/api/3/issue',
      bug({ description: doc('It does.'), labels: ['door'], assignee: { id: '1:ana' }, parent: { key: 'TILL-9' } }),
    );
    expect(made).toMatchObject({ status: 201, body: { key: 'TILL-50' } });
    const { fields } = (await system.ana('GET', '/rest/api/3/issue/TILL-50')).body;
    expect(fields).toMatchObject({
      creator: { accountId: '1:bo' },
      reporter: { accountId: '1:bo' },
      assignee: { accountId: '1:ana' },
      status: { name: 'To Do' },
      labels: ['door'],
    });
    expect((await system.ana('GET', '/rest/api/3/search/jql?jql=text~squeaks')).body.issues).toHaveLength(1);
    expect((await system.ana('POST', '/rest/api/3/issue', bug())).body.key).toBe('TILL-51');
    system.jira.reset();
    expect((await system.ana('GET', '/rest/api/3/issue/TILL-50')).status).toBe(404);
  });

  it('what is wrong is said field by field', async () => {
    await using system = await start();
    const errorsOf = async (body: unknown) => (await system.bo('POST', '/rest/api/3/issue', body)).body.errors;
    expect(await errorsOf({})).toEqual({ project: 'Specify a valid project ID or key' });
    expect(await errorsOf(bug({ project: { key: 'HID' } }))).toEqual({ project: 'Specify a valid project ID or key' });
    expect(await errorsOf(bug({ issuetype: { name: 'Incident' } }))).toEqual({ issuetype: 'Specify a valid issue type' });
    expect(
      await errorsOf(
        bug({
          summary: ' ',
          description: 'plain',
          priority: { name: 'Now' },
          labels: ['two words'],
          assignee: { id: 'x' },
          duedate: 'soon',
          colour: 1,
          customfield_10041: 'x',
          components: [{ name: 'roof' }],
          parent: { key: 'TILL-1' },
        }),
      ),
    ).toEqual({
      summary: 'You must specify a summary of the issue.',
      description: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
      priority: 'The priority selected is invalid.',
      labels: "The label 'two words' contains spaces which is invalid.",
      assignee: "User 'x' does not exist.",
      duedate: "Error parsing date string: must be of the format 'yyyy-MM-dd'",
      colour: "Field 'colour' cannot be set. It is not on the appropriate screen, or unknown.",
      customfield_10041: 'Operation value must be a number',
      components: "Component name 'roof' is not valid",
      parent: 'Could not find valid id or key.',
    });
    expect(await errorsOf({ fields: { project: { key: 'TILL' }, issuetype: { name: 'Bug' } } })).toEqual({
      summary: 'You must specify a summary of the issue.',
    });
    expect(system.jira.issues).toHaveLength(4);
  });

  it('edits, labels, comments and transitions are kept with who did them and when', async () => {
    await using system = await start();
    system.later();
    expect(
      (
        await system.bo('PUT', '/rest/api/3/issue/TILL-9', {
          fields: { summary: 'Refund is paid thrice' },
          update: { labels: [{ add: 'new' }, { remove: 'money' }] },
        })
      ).status,
    ).toBe(204);
    expect((await system.bo('POST', '/rest/api/3/issue/TILL-9/comment', { body: doc('Mine now') })).body).toMatchObject({
      author: { accountId: '1:bo' },
    });
    const { transitions } = (await system.ana('GET', '/rest/api/3/issue/TILL-9/transitions')).body;
    const done = transitions.find((one: { name: string }) => one.name === 'Done');
    expect((await system.ana('POST', '/rest/api/3/issue/TILL-9/transitions', { transition: { id: done.id } })).status).toBe(204);
    const { fields, changelog } = (await system.ana('GET', '/rest/api/3/issue/TILL-9?expand=changelog')).body;
    expect(fields).toMatchObject({
      summary: 'Refund is paid thrice',
      labels: ['urgent', 'new'],
      status: { name: 'Done' },
      resolution: { name: 'Done' },
      resolutiondate: '2026-11-24T05:01:00.000-0500',
    });
    expect(changelog.histories[0]).toMatchObject({ author: { accountId: '1:ana' } });
    expect(changelog.histories[0].items).toContainEqual({
      field: 'status',
      fieldtype: 'jira',
      fromString: 'In Progress',
      toString: 'Done',
    });
    expect(changelog.histories[1]).toMatchObject({ author: { accountId: '1:bo' } });
    await system.ana('POST', '/rest/api/3/issue/TILL-9/transitions', { transition: { id: '11' } });
    expect((await system.ana('GET', '/rest/api/3/issue/TILL-9?fields=resolution,resolutiondate')).body.fields).toEqual({
      resolution: null,
      resolutiondate: null,
    });
  });

  it('what cannot be is refused', async () => {
    await using system = await start();
    expect(await system.bo('POST', '/rest/api/3/issue/TILL-9/transitions', { transition: { id: '999' } })).toMatchObject({
      status: 400,
      body: { errorMessages: ["Transition id '999' is not valid for this issue."] },
    });
    expect((await system.bo('POST', '/rest/api/3/issue/TILL-9/transitions', {})).status).toBe(400);
    expect((await system.bo('POST', '/rest/api/3/issue/TILL-9/comment', { body: 'plain' })).body).toEqual({
      errorMessages: [],
      errors: { comment: 'Comment body is not valid!' },
    });
    expect((await system.bo('PUT', '/rest/api/3/issue/TILL-9', {})).status).toBe(400);
    expect((await system.bo('PUT', '/rest/api/3/issue/HID-1', { fields: { summary: 'x' } })).status).toBe(404);
    const bad = await fetch(`${system.jira.url}/ex/jira/cloud-1/rest/api/3/issue`, {
      method: 'POST',
      headers: { authorization: 'Bearer of-bo' },
      body: '{',
    });
    expect(bad.status).toBe(400);
  });

  it('an account that only reads writes nothing', async () => {
    await using system = await start();
    const attempts: [string, string, unknown][] = [
      ['POST', '/rest/api/3/issue', bug()],
      ['PUT', '/rest/api/3/issue/TILL-9', { fields: { summary: 'x' } }],
      ['POST', '/rest/api/3/issue/TILL-9/comment', { body: doc('x') }],
      ['POST', '/rest/api/3/issue/TILL-9/transitions', { transition: { id: '51' } }],
      ['POST', '/rest/servicedeskapi/request', { serviceDeskId: '5', requestTypeId: '51', requestFieldValues: {} }],
    ];
    for (const [method, path, body] of attempts)
      expect((await ask(system.jira.url + path, { method, headers: basic, body })).status, path).toBe(403);
    expect((await ask(`${system.jira.url}/rest/api/3/issue/TILL-9/transitions`, { headers: basic })).body.transitions).toEqual([]);
  });

  it('says what a new issue takes', async () => {
    await using system = await start();
    const { issueTypes } = (await system.bo('GET', '/rest/api/3/issue/createmeta/TILL/issuetypes')).body;
    expect(issueTypes).toContainEqual(expect.objectContaining({ name: 'Bug' }));
    const { fields } = (await system.bo('GET', `/rest/api/3/issue/createmeta/TILL/issuetypes/${issueTypes[0].id}`)).body;
    expect(fields).toContainEqual(expect.objectContaining({ fieldId: 'summary', required: true }));
    expect(fields).not.toContainEqual(expect.objectContaining({ fieldId: 'status' }));
  });
});

describe('a service desk', () => {
  it('lists itself, what can be asked, and the questions it asks back', async () => {
    await using system = await start();
    expect((await system.bo('GET', '/rest/servicedeskapi/servicedesk')).body).toMatchObject({
      size: 1,
      isLastPage: true,
      values: [{ id: '5', projectKey: 'HELP' }],
    });
    expect((await system.bo('GET', '/rest/servicedeskapi/servicedesk/5/requesttype')).body.values).toMatchObject([
      { id: '51', name: 'Broken' },
    ]);
    const { requestTypeFields } = (await system.bo('GET', '/rest/servicedeskapi/servicedesk/5/requesttype/51/field')).body;
    expect(requestTypeFields[2]).toMatchObject({
      name: 'Device',
      required: true,
      validValues: [{ value: '1', children: [{ label: 'ThinkPad' }] }],
    });
    expect((await system.bo('GET', '/rest/servicedeskapi/servicedesk/9/requesttype')).status).toBe(404);
  });

  it('takes a request in the name of the person, and refuses answers that are none', async () => {
    await using system = await start();
    const request = (requestFieldValues: object) =>
      system.bo('POST', '/rest/servicedeskapi/request', { serviceDeskId: '5', requestTypeId: '51', requestFieldValues });
    const answers = { summary: 'No picture', description: 'Since Monday', customfield_10052: { id: '1', child: { id: '2' } } };
    const made = await request(answers);
    expect(made).toMatchObject({
      status: 201,
      body: { issueKey: 'HELP-50', currentStatus: { status: 'Waiting for support' }, reporter: { accountId: '1:bo' } },
    });
    expect((await system.bo('GET', '/rest/servicedeskapi/request/HELP-50')).body).toMatchObject({ requestTypeId: '51' });
    expect((await system.bo('GET', '/rest/api/3/issue/HELP-50?fields=description,customfield_10052')).body.fields).toMatchObject({
      description: { type: 'doc' },
      customfield_10052: { id: '1' },
    });
    for (const wrong of [
      { summary: undefined },
      { customfield_10052: { id: '7' } },
      { customfield_10052: { id: '1', child: { id: '9' } } },
      { colour: 'red' },
    ]) {
      expect(await request({ ...answers, ...wrong }), JSON.stringify(wrong)).toMatchObject({
        status: 400,
        body: { errorMessage: expect.any(String) },
      });
    }
    expect(
      (await system.bo('GET', '/rest/api/3/issue/HELP-50/transitions')).body.transitions.map((one: { name: string }) => one.name),
    ).toEqual(['Respond to customer', 'Resolve this issue']);
    expect((await system.bo('GET', '/rest/servicedeskapi/request/TILL-9')).status).toBe(404);
  });
});
