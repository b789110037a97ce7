import { check, gets, reads, says, works } from '../checks.ts';
import { evaluate } from '../evaluate.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const table = [
  {
    name: 'costs.csv',
    mimetype: 'text/csv',
    bytes: bytesOf(
      ['team,cost', ...Array.from({ length: 60 }, (_, index) => `${index % 2 ? 'Platform' : 'Payments'},${index + 1}`)].join('\n'),
    ),
  },
];
const note = [{ name: 'plan.md', mimetype: 'text/markdown', bytes: bytesOf('# Plan\n\nWe freeze on 18 December.') }];
const program = [{ name: 'tool.exe', mimetype: 'application/octet-stream', bytes: Uint8Array.from([77, 90, 0, 1, 2, 3]) }];

evaluate('files', [
  {
    name: 'a text is read as data of who sent it',
    steps: [{ says: 'when do we freeze?', files: note }],
    checks: [reads(/<data from=[^>]*>[^<]*18 December/, 0), says('18 December')],
  },
  {
    name: 'a file that cannot be read is named, and the rest is answered',
    steps: [{ says: 'what is this?', files: program }],
    checks: [reads(/tool\.exe[^<]*is not shown/, 0), says('tool.exe')],
  },
  {
    name: 'a table is asked for its numbers',
    steps: [{ says: 'what does each team cost?', files: table }],
    checks: [gets('query_table', /Payments[^\n]*900[\s\S]*|Platform[^\n]*930/), works('query_table'), says('900')],
  },
  {
    name: 'a chart has the numbers of the table',
    steps: [{ says: 'draw what each team costs', files: table }],
    checks: [
      works('draw_chart'),
      check('900 and 930 are shown', ({ world, answers }) => {
        const shown =
          JSON.stringify(world.slack.messages(answers[0]?.messages[0]?.channel ?? '')) +
          JSON.stringify(world.slack.calls.map(({ args }) => args));
        return shown.includes('900') && shown.includes('930') ? undefined : 'they are not';
      }),
    ],
  },
  {
    name: 'a chart of a table that there is not tells the model which there are',
    steps: [{ says: 'draw it', files: table }],
    checks: [gets('draw_chart', /table-1/), says('no such table')],
  },
  {
    name: 'all rows of a table are attached as they are',
    steps: [{ says: 'give me the sums as a file', files: table }],
    checks: [works('attach_file'), attaches('sums.csv', /Payments,900[\s\S]*Platform,930/)],
  },
  {
    name: 'a formula in a file that is attached is none',
    steps: [{ says: 'make a file of it' }],
    checks: [works('attach_file'), attaches('x.csv', /^(?![\s\S]*,"?=HYPERLINK)[\s\S]*HYPERLINK/)],
  },
]);

/** What people load when they open the file below the answer. */
function attaches(name: string, pattern: RegExp) {
  return check(`attaches ${name} with ${pattern}`, ({ world, answers: [answer] }) => {
    const files = world.slack.messages(answer?.messages[0]?.channel ?? '').flatMap((message) => message.files ?? []);
    const bytes = files.flatMap((file) => (file.name === name ? (world.slack.file(String(file.id))?.bytes ?? []) : [])).at(-1);
    const text = bytes && new TextDecoder().decode(bytes);
    return text !== undefined && pattern.test(text)
      ? undefined
      : (text ?? `there are ${files.map((file) => file.name).join(', ') || 'none'}`);
  });
}
