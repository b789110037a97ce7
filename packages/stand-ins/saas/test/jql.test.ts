import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJira } from '../src/create-jira.ts';
import { SaasRefusal } from '../src/http/saas-refusal.ts';
import { findIssues } from '../src/jira/jql/find-issues.ts';
import { loadJira } from '../src/jira/load-jira.ts';
import { ask } from './ask.ts';
import { basic, createSite, jiraSeed, people, tuesday } from './small-clinic.ts';

const state = loadJira(jiraSeed, { people, url: 'https://clinic.example', now: () => tuesday });
const [ana, , reader] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
const keysOf = (jql: string, person = reader) => findIssues(jql, person, state).map(({ key }) => key);

describe('JQL', () => {
  it.each([
    ['project = TILL', ['TILL-10', 'TILL-9', 'TILL-11']],
    ['project = "Project TILL" ORDER BY key', ['TILL-9', 'TILL-10', 'TILL-11']],
    ['project in (TILL, HELP) order by priority', ['TILL-9', 'TILL-11', 'TILL-10']],
    ['status = "in progress"', ['TILL-9']],
    ['statusCategory != Done', ['TILL-10', 'TILL-9']],
    ['status not in (Done, "To Do")', ['TILL-9']],
    ['assignee = "1:ana" or assignee = bo@clinic.example', undefined],
    ['assignee = "1:ana" or assignee = "bo@clinic.example"', ['TILL-9', 'TILL-11']],
    ['assignee is EMPTY', ['TILL-10']],
    ['assignee != "1:ana"', ['TILL-11']],
    ['assignee IS NOT NULL AND NOT status = Done', ['TILL-9']],
    ['reporter = "Bo Berg"', ['TILL-9', 'TILL-11']],
    ['assignee = currentUser()', []],
    ['labels in (money) && type = Bug', ['TILL-9']],
    ['component = till', ['TILL-9']],
    ['priority > Medium', ['TILL-9']],
    ['priority >= Medium', ['TILL-9', 'TILL-11']],
    ['priority < Medium', ['TILL-10']],
    ['text ~ "refunds"', ['TILL-9']],
    ['text ~ "retry fridays"', ['TILL-9']],
    ['text ~ "\\"paid twice\\""', ['TILL-9']],
    ['text ~ "\\"twice paid\\""', []],
    ['summary ~ "port*"', ['TILL-10']],
    ['summary !~ refund AND project = TILL', ['TILL-10', 'TILL-11']],
    ['comment ~ thanks', ['TILL-9']],
    ['created >= -7d', ['TILL-10', 'TILL-9']],
    ['created >= startOfDay()', ['TILL-10']],
    ['created < startOfWeek() AND created > "-1w"', ['TILL-9']],
    ['created >= 2026-11-20 AND created < "2026/11/21"', ['TILL-9']],
    ['created >= "2026-11-20 09:01"', ['TILL-10']],
    ['created >= "-4d 1h"', ['TILL-10', 'TILL-9']],
    ['resolved >= startOfMonth()', ['TILL-11']],
    ['resolution = Unresolved', ['TILL-10', 'TILL-9']],
    ['resolution is not empty', ['TILL-11']],
    ['due <= endOfWeek()', ['TILL-9']],
    ['key in (TILL-9, till-11)', ['TILL-9', 'TILL-11']],
    ['key >= TILL-10 ORDER BY key ASC', ['TILL-10', 'TILL-11']],
    ['parent = TILL-9', ['TILL-10']],
    ['sprint in openSprints() ORDER BY created ASC', ['TILL-9', 'TILL-10']],
    ['sprint = "Sprint 1"', ['TILL-11']],
    ['"Story point estimate" > 2', ['TILL-9']],
    ['cf[10016] = 3', ['TILL-9']],
    ['(project = TILL AND (type = Bug OR type = Task)) ORDER BY created DESC', ['TILL-9', 'TILL-11']],
    ['project = TILL ORDER BY assignee, key DESC', ['TILL-9', 'TILL-11', 'TILL-10']],
  ])('%s', (jql, keys) => {
    if (keys) expect(keysOf(jql)).toEqual(keys);
    else expect(() => keysOf(jql)).toThrow("The character '@' is a reserved JQL character");
  });

  it('shows nobody what they may not see', () => {
    expect(keysOf('text ~ refund')).toEqual(['TILL-9']);
    expect(keysOf('text ~ refund', ana)).toEqual(['TILL-9', 'HID-1']);
  });

  it('counts days where the person who asks is', () => {
    // Half past midnight in Dublin is the day before in New York.
    expect(keysOf('created >= startOfDay()', ana)).toEqual([]);
  });

  it.each([
    ['', 'Unbounded JQL queries are not allowed here'],
    ['ORDER BY created', 'Unbounded JQL queries are not allowed here'],
    [
      'invalid query',
      "Expecting operator but got 'query'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)",
    ],
    ['project', 'Expecting operator before the end of the query'],
    ['project =', 'Expecting either a value, list or function before the end of the query'],
    [
      'project = AND',
      "Expecting either a value, list or function but got 'AND'. You must surround 'AND' in quotation marks to use it as a value. (line 1, character 11)",
    ],
    ['project = TILL type = Bug', "Expecting either 'OR' or 'AND' but got 'type'"],
    ['project = TILL AND', 'Expecting a field name at the end of the query'],
    ['(project = TILL', "Expecting ')' before the end of the query"],
    ['summary ~ "abc', "The quoted string 'abc' has not been completed. (line 1, character 11)"],
    ['select = 1', "'select' is a reserved JQL word"],
    ['summary ~ a%b', "The character '%' is a reserved JQL character. You must enclose it in a string or use the escape '\\u0025' instead"],
    ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
    ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
    ['project = HID AND project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
    ['status = Flying', "The value 'Flying' does not exist for the field 'status'."],
    ['assignee = nobody', "The value 'nobody' does not exist for the field 'assignee'."],
    ['key = TILL-999', "An issue with key 'TILL-999' does not exist for field 'key'."],
    ['project ~ TILL', "The operator '~' is not supported by the 'project' field."],
    ['summary = x', "The operator '=' is not supported by the 'summary' field."],
    ['created > yesterday', "Date value 'yesterday' for field 'created' is invalid. Valid formats include"],
    ['created > -6M', "Date value '-6M' for field 'created' is invalid"],
    ['assignee = boss()', "Unable to find JQL function 'boss()'."],
    ['project in TILL', 'Expecting list or function'],
    ['assignee is bo', 'only supports the value EMPTY or NULL'],
    ['project = TILL ORDER BY colour', "Field 'colour' does not exist"],
    ['project = TILL ORDER BY', 'Expecting a field name at the end of the query'],
    [`${'('.repeat(5_000)}project = TILL`, 'nested too deeply'],
  ])('refuses %j', (jql, message) => {
    expect(() => keysOf(jql)).toThrow(SaasRefusal);
    const said = (() => {
      try {
        return keysOf(jql).join();
      } catch (error) {
        return (error as { body: { errorMessages: string[] } }).body.errorMessages.join();
      }
    })();
    expect(said).toContain(message);
  });

  it('is answered or refused, never anything else, whatever it says', () => {
    const word = fc.constantFrom(
      'project',
      'TILL',
      'and',
      'or',
      'not',
      'in',
      'is',
      'empty',
      '(',
      ')',
      ',',
      '=',
      '!=',
      '~',
      '<',
      '"',
      "'",
      '-7d',
      'order',
      'by',
      'created',
      'now()',
      'startOfDay',
      '\\',
      '[',
      'cf[1]',
      '\n',
    );
    const queries = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(word, fc.string()), { maxLength: 14 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(queries, (jql) => {
        try {
          return Array.isArray(keysOf(jql));
        } catch (error) {
          return error instanceof SaasRefusal && error.status === 400;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('searching page by page', () => {
  const many = {
    ...jiraSeed,
    issues: Array.from({ length: 37 }, (_, index) => ({ ...jiraSeed.issues[2]!, key: `TILL-${100 + index}` })),
  };

  it('covers everything exactly once, whatever the size of a page', async () => {
    await using jira = await createJira({ seed: many, site: createSite(), now: () => tuesday });
    for (const size of [1, 5, 36, 37, 38, 100]) {
      const keys: string[] = [];
      let token = '';
      do {
        const query = new URLSearchParams({
          jql: 'project = TILL',
          fields: 'key,summary',
          maxResults: String(size),
          ...(token ? { nextPageToken: token } : {}),
        });
        const { body } = await ask(`${jira.url}/rest/api/3/search/jql?${query}`, { headers: basic });
        expect(body.isLast).toBe(body.nextPageToken === undefined);
        expect(body.issues.length).toBeLessThanOrEqual(size);
        keys.push(...body.issues.map((issue: { key: string }) => issue.key));
        token = body.nextPageToken ?? '';
      } while (token);
      expect(new Set(keys).size).toBe(37);
      expect(keys).toHaveLength(37);
    }
  });

  it('counts the same, gives ids alone without fields, and knows a token of another query', async () => {
    await using jira = await createJira({ seed: many, site: createSite(), now: () => tuesday });
    const count = await ask(`${jira.url}/rest/api/3/search/approximate-count`, {
      method: 'POST',
      headers: basic,
      body: { jql: 'project = TILL' },
    });
    expect(count.body).toEqual({ count: 37 });
    const first = await ask(`${jira.url}/rest/api/3/search/jql`, {
      method: 'POST',
      headers: basic,
      body: { jql: 'project = TILL', maxResults: 2 },
    });
    expect(first.body.issues[0]).not.toHaveProperty('fields');
    const body = { jql: 'project = HELP', nextPageToken: first.body.nextPageToken };
    expect((await ask(`${jira.url}/rest/api/3/search/jql`, { method: 'POST', headers: basic, body })).status).toBe(400);
    const unbounded = await ask(`${jira.url}/rest/api/3/search/jql?jql=`, { headers: basic });
    expect(unbounded).toMatchObject({ status: 400, body: { errorMessages: [expect.stringContaining('Unbounded')], errors: {} } });
  });
});
