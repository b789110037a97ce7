import { describe, expect, it } from 'vitest';
import { resolveAnswer } from '../../src/atlassian/service-desk/resolve-answer.ts';
import { adfWords } from '../../src/atlassian/text/adf.ts';
import { startAtlassian } from './start-atlassian.ts';

const asked = { desk: 'IT help', request_type: 'something is broken' };
const bosLine = "Written with Vera's help, at Bo Berg's request in Slack.";

describe('a request to a service desk', () => {
  it('begins with the desks and their requests', async () => {
    await using atlassian = await startAtlassian();
    const words = await atlassian.read('list_service_desks', {}, atlassian.account('bo'));
    expect(words).toBe('<data from="Jira">\nIT help (HELP)\n- Something is broken: It does not work\n</data>');
  });

  it('goes on with the questions by their labels', async () => {
    await using atlassian = await startAtlassian();
    const words = await atlassian.read('prepare_service_desk_request', asked, atlassian.account('bo'));
    expect(words).toContain('- "What?": required; one line');
    expect(words).toContain('- "Since when?": optional; a text, in Markdown');
    expect(words).toContain('- "Device": required; one of, and then one below it\n  - Laptop, then one of: ThinkPad\n  - Meeting room');
    expect(words).not.toContain('customfield');
  });

  it('ends as an issue of the person, answers by label resolved to ids', async () => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const answers = {
      'what?': 'Laptop is slow',
      'Since when?': 'Since **Monday**',
      Device: 'laptop > thinkpad',
      Office: 'dublin',
      'Needed by': '2026-12-01',
    };
    const proposal = await atlassian.propose('submit_service_desk_request', { ...asked, answers }, bo);
    expect(proposal).toMatchObject({
      title: 'Ask IT help: Something is broken',
      system: 'Jira Service Management',
      changes: [
        { field: 'What?', after: 'Laptop is slow' },
        { field: 'Since when?', after: `Since **Monday**\n\n${bosLine}` },
        { field: 'Device', after: 'Laptop > ThinkPad' },
        { field: 'Office', after: 'Dublin' },
        { field: 'Needed by', after: '2026-12-01' },
      ],
    });
    atlassian.asked.length = 0;
    const { link } = await atlassian.perform('submit_service_desk_request', proposal, bo);
    expect(atlassian.asked).toEqual(['POST /rest/servicedeskapi/request']);
    expect(link).toEqual({ title: 'HELP-50', url: 'https://clinic.example/servicedesk/customer/portal/5/HELP-50' });
    const issue = atlassian.jira.issues.at(-1);
    expect(issue).toMatchObject({
      ...{ key: 'HELP-50', reporter: '1:bo', summary: 'Laptop is slow', duedate: '2026-12-01' },
      custom: { customfield_10052: { id: '1', child: { id: '2' } }, customfield_10051: { id: '7' } },
    });
    expect(adfWords(issue?.description)).toBe(`Since Monday\n\n${bosLine}`);
  });

  it('a text nobody answered still says that Vera helped', async () => {
    await using atlassian = await startAtlassian();
    const bo = atlassian.account('bo');
    const answers = { 'What?': 'Room is cold', Device: 'Meeting room' };
    await atlassian.perform(
      'submit_service_desk_request',
      await atlassian.propose('submit_service_desk_request', { ...asked, answers }, bo),
      bo,
    );
    expect(adfWords(atlassian.jira.issues.at(-1)?.description)).toBe(bosLine);
  });

  it.each([
    [{ 'What?': 'x' }, '"Device" (There are: <data from="Atlassian">\nLaptop, Meeting room.\n</data>)'],
    [{ 'What?': 'x', Device: '  ' }, 'These need an answer: "Device"'],
    [{ 'What?': 'x', Device: 'Laptop' }, 'answer as "Laptop > …". There are: <data from="Atlassian">\nThinkPad.'],
    [{ 'What?': 'x', Device: 'Laptop > MacBook' }, 'There are: <data from="Atlassian">\nThinkPad.'],
    [{ 'What?': 'x', Device: 'Phone' }, 'There are: <data from="Atlassian">\nLaptop, Meeting room.'],
    [{ 'What?': 'x', Device: 'Meeting room', Office: 'Mars' }, 'There are: <data from="Atlassian">\nDublin.'],
    [
      { 'What?': 'x', Device: 'Meeting room', Colour: 'red' },
      '"Colour" is not asked. There are: <data from="Atlassian">\nWhat?, Since when?',
    ],
    [{ 'What?': 'x', 'what? ': 'y', Device: 'Meeting room' }, 'answered twice'],
    [{ 'What?': 'two\nlines', Device: 'Meeting room' }, 'one line'],
    [{ 'What?': 'x', Device: 'Meeting room', 'Needed by': 'soon' }, '2026-01-31'],
  ])('refuses %j, and says what is allowed', async (answers, words) => {
    await using atlassian = await startAtlassian();
    const refusal = atlassian.propose('submit_service_desk_request', { ...asked, answers }, atlassian.account('bo'));
    await expect(refusal).rejects.toMatchObject({ code: 'tool', message: expect.stringContaining(words) });
  });

  it('names the desks and the requests there are', async () => {
    await using atlassian = await startAtlassian();
    const prepare = (input: object) => atlassian.read('prepare_service_desk_request', { ...asked, ...input }, atlassian.account('bo'));
    await expect(prepare({ desk: 'Kitchen' })).rejects.toThrow('There are: <data from="Atlassian">\nIT help.');
    await expect(prepare({ request_type: 'Wish' })).rejects.toThrow('There are: <data from="Atlassian">\nSomething is broken.');
  });
});

describe('an answer by label', () => {
  const question = { fieldId: 'f', label: 'Q', description: '', isRequired: false, choices: [] } as const;
  const choices = ['Red', 'Blue'].map((label, index) => ({ id: String(index), label, children: [] }));

  it.each([
    [{ kind: 'number' }, '3.5', 3.5],
    [{ kind: 'labels' }, 'a, b', ['a', 'b']],
    [{ kind: 'choices', choices }, ['blue', 'Red'], [{ id: '1' }, { id: '0' }]],
    [{ kind: 'choices', choices }, 'blue, red', [{ id: '1' }, { id: '0' }]],
    [{ kind: 'datetime' }, '2026-12-01T14:30:00+01:00', '2026-12-01T13:30:00.000+0000'],
  ] as const)('%j: %j', (more, answer, value) => {
    expect(resolveAnswer({ ...question, ...more }, typeof answer === 'string' ? answer : [...answer]).value).toEqual(value);
  });

  it.each([
    [{ kind: 'number' }, 'many'],
    [{ kind: 'labels' }, ['two words']],
    [{ kind: 'datetime' }, '2026-12-01'],
    [{ kind: 'choice', choices }, 'Red, Blue'],
    [{ kind: 'unsupported' }, 'x'],
  ] as const)('%j refuses %j', (more, answer) => {
    expect(() => resolveAnswer({ ...question, ...more }, typeof answer === 'string' ? answer : [...answer])).toThrow('Q');
  });
});
