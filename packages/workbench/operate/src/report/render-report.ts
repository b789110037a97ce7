import { told } from '../cost/told.ts';
import { bar, dayBars } from './bars.ts';
import type { Report, Share } from './report.ts';
import { reportStyle } from './report-style.ts';

export interface RenderOptions {
  /** Of whom it is. */
  readonly title: string;
  /** Where its style is, where none may stand within. */
  readonly styleUrl?: string;
}

/** One page that stands alone: no script, nothing to load, light and dark, and on paper. */
export function renderReport(report: Report, { title, styleUrl }: RenderOptions): string {
  const style = styleUrl === undefined ? `<style>${reportStyle}</style>` : `<link rel="stylesheet" href="${text(styleUrl)}">`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(title)}</title>
<link rel="icon" href="data:,">
${style}
</head>
<body>
<main>
<h1>${text(title)}</h1>
<p class="period">${report.from} to ${report.until}</p>
${tiles(report)}
<div class="cards">
${[days, outcomes, times, who, where, unknown, cost, budgets, tools, feedback].map((part) => part(report)).join('\n')}
</div>
${footer(report)}
</main>
</body>
</html>
`;
}

function tiles({ questions, people, places, outcomes, cost, feedback, times }: Report): string {
  const answered = outcomes.find(({ what }) => what === 'answered')?.count ?? 0;
  const ended = outcomes.reduce((sum, { what, count }) => sum + (what === 'open' ? 0 : count), 0);
  const money = cost.total.dollars + (cost.runtime?.dollars ?? 0);
  const word = times.find(({ what }) => what === 'first word');
  const all = [
    [whole(questions), `questions of ${count(people, 'person', 'people')} in ${count(places, 'place')}`],
    [ended === 0 ? '–' : `${Math.round((answered / ended) * 100)} %`, `of ${whole(ended)} that ended were answered`],
    [word ? seconds(word.middle) : '–', 'until the first word, for half of them'],
    [dollars(money), cost.runtime ? 'for models and AgentCore' : 'for models; AgentCore not seen'],
    [questions === 0 ? '–' : told(money / questions, 3), 'a question'],
    [`${whole(feedback.good)} : ${whole(feedback.bad)}`, 'thumbs up : down'],
  ];
  return `<ul class="tiles">${all.map(([big, small]) => `<li><b>${big}</b><span>${small}</span></li>`).join('')}</ul>`;
}

function days({ days: all }: Report): string {
  const key =
    '<span class="key good"></span>answered<span class="key bad"></span>failed, stopped or refused<span class="key open"></span>not over';
  return section(
    'Questions, day by day',
    `<p class="soft">${key}. Days are those of UTC.</p><div class="chart">${dayBars(all)}</div>`,
    true,
  );
}

const kinds: Readonly<Record<string, 'good' | 'plain'>> = { answered: 'good', open: 'plain' };

function outcomes({ outcomes: all, reasons, questions }: Report): string {
  const rows = all.map(({ what, count: of }) => [
    text(what === 'open' ? 'not over' : what),
    number(whole(of)),
    bar(of / questions, kinds[what] ?? 'bad'),
  ]);
  const why =
    reasons.length === 0
      ? ''
      : table(
          ['why not', number('')],
          reasons.map(({ what, count: of }) => [text(what), number(whole(of))]),
        );
  return section('What came of them', table(['outcome', number(''), ''], rows) + why);
}

function times({ times: all }: Report): string {
  const rows = all.map(({ what, middle, slow, of }) => [what, number(seconds(middle)), number(seconds(slow)), number(whole(of))]);
  const words = '<p class="soft">From the message in Slack on. What waited for a person’s yes is not counted.</p>';
  return section('How long people waited', words + table(['until', number('half of them'), number('19 of 20'), number('measured')], rows));
}

function who(report: Report): string {
  return section('Who asked', shareTable('person', report.who));
}

function where(report: Report): string {
  return section('Where', shareTable('channel', report.where));
}

const mostRows = 10;

function shareTable(what: string, shares: readonly Share[]): string {
  const largest = Math.max(1, ...shares.map(({ questions }) => questions));
  const rows = shares
    .slice(0, mostRows)
    .map(({ name, questions, dollars: money }) => [text(name), number(whole(questions)), number(dollars(money)), bar(questions / largest)]);
  const rest = shares.slice(mostRows);
  const others =
    rest.length === 0 ? [] : [[`${rest.length} more`, number(whole(sum(rest, 'questions'))), number(dollars(sum(rest, 'dollars'))), '']];
  return table([what, number('questions'), number('models'), ''], [...rows, ...others]);
}

function cost({ cost: { days: all, total, runtime } }: Report): string {
  const runtimeWords = (amount: number | undefined) => (amount === undefined ? '?' : told(amount, 4));
  const rows = all.map(({ day, tokens, dollars: models, runtimeDollars, isWhole }) => [
    `${day}${isWhole ? '' : ' <span class="soft">not complete</span>'}`,
    ...[number(whole(tokens)), number(told(models, 4)), number(runtimeWords(runtimeDollars))],
  ]);
  const last = ['<b>together</b>', number(whole(total.tokens)), number(told(total.dollars, 4)), number(runtimeWords(runtime?.dollars))];
  return section('What it cost', table(['day', number('tokens'), number('models'), number('AgentCore')], [...rows, last]));
}

const owners = { person: 'one person', channel: 'one channel', workspace: 'all together' };

function budgets({ budgets: all, outcomes: ends }: Report): string {
  const used = all.filter(({ most, limit, unit }) => limit !== undefined || (unit === 'dollars' && most > 0));
  const amount = (value: number, unit: 'tokens' | 'dollars') => (unit === 'dollars' ? dollars(value) : `${whole(value)} tokens`);
  const rows = used.map(({ of, most, unit, limit }) => [
    owners[of],
    number(amount(most, unit)),
    number(limit === undefined ? 'no limit' : amount(limit, unit)),
    limit === undefined ? '' : bar(most / limit, most >= limit * 0.8 ? 'bad' : 'plain'),
  ]);
  const refused = ends.find(({ what }) => what === 'refused')?.count ?? 0;
  const words =
    refused === 0
      ? 'Nobody was refused.'
      : `${count(refused, 'question')} ${refused === 1 ? 'was' : 'were'} refused, as a budget was used up.`;
  return section(
    'Budgets',
    `<p class="soft">${words} The most that was used in a day, by when it was asked:</p>${table(['of', number('used'), number('may'), ''], rows)}`,
  );
}

function tools({ tools: all, away }: Report): string {
  const rows = all
    .slice(0, 15)
    .map(({ tool, calls, failed, middle }) => [
      toolWords(tool),
      ...[
        number(whole(calls)),
        number(failed === 0 ? '–' : whole(failed)),
        number(seconds(middle)),
        failed === 0 ? '' : bar(failed / calls, 'bad'),
      ],
    ]);
  const gone = away.map(({ what, count: questions }) => `${text(what)} for ${count(questions, 'question')}`).join(', ');
  const note = gone === '' ? '' : `<p class="soft">Could not be used: ${gone}. <i>pnpm vera tools</i> shows whether it answers now.</p>`;
  return section('Tools', note + table(['tool', number('calls'), number('failed'), number('half within'), 'share that failed'], rows));
}

function feedback({ feedback: { good, bad, reasons } }: Report): string {
  const rows = [
    ['thumbs up', number(whole(good)), bar(good / Math.max(1, good + bad), 'good')],
    ['thumbs down', number(whole(bad)), bar(bad / Math.max(1, good + bad), 'bad')],
  ];
  return section(
    'What people said of the answers',
    table(['', number(''), ''], rows) + reasons.map((words) => `<blockquote>${text(words)}</blockquote>`).join(''),
  );
}

function unknown({ unknown: all }: Report): string {
  const rows = all
    .slice(0, 20)
    .map(({ channel, tools: asked, questions, bad, texts = [] }) => [
      text(channel) + texts.map((words) => `<blockquote>${text(words)}</blockquote>`).join(''),
      asked.length === 0 ? 'looked nowhere' : `found nothing: ${asked.map(toolWords).join(', ')}`,
      ...[number(whole(questions)), number(bad === 0 ? '–' : whole(bad))],
    ]);
  const words =
    'Answered with no document, page or system as a source, grouped by where they were asked and where Vera looked. Small talk is among them; many in one channel are a document that is missing.';
  return section(
    'What Vera did not know',
    `<p class="soft">${words}</p>${table(['where', 'what she did', number('questions'), number('thumbs down')], rows)}`,
    true,
  );
}

function footer({ notes }: Report): string {
  return notes.length === 0
    ? ''
    : `<footer><p>What to know of these numbers:</p><ul>${notes.map((note) => `<li>${text(note)}</li>`).join('')}</ul></footer>`;
}

function section(title: string, content: string, isWide = false): string {
  return `<section${isWide ? ' class="wide"' : ''}><h2>${title}</h2>${content}</section>`;
}

/** As HTML; numbers stand at the right. */
type Cell = string | { readonly number: string };

function number(words: string): Cell {
  return { number: words };
}

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '<p class="soft">None.</p>';
  const cell = (tag: 'td' | 'th', content: Cell) => {
    if (typeof content !== 'string') return `<${tag} class="number">${content.number}</${tag}>`;
    return content.startsWith('<svg') ? `<${tag} class="bar">${content}</${tag}>` : `<${tag}>${content}</${tag}>`;
  };
  const line = (tag: 'td' | 'th') => (cells: readonly Cell[]) => `<tr>${cells.map((content) => cell(tag, content)).join('')}</tr>`;
  return `<table><thead>${line('th')(head)}</thead><tbody>${rows.map(line('td')).join('')}</tbody></table>`;
}

/** `gateway_jira___searchIssues` as `jira: searchIssues`, `search_knowledge_base` as `search knowledge base`. */
function toolWords(tool: string): string {
  const [, server, name] = /^gateway_(.+?)___(.+)$/.exec(tool) ?? [];
  return text(server === undefined ? tool.replaceAll('_', ' ') : `${server}: ${name}`);
}

/** Names, tools and words are others': nothing of them is markup. */
function text(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function count(value: number, one: string, many = `${one}s`): string {
  return `${whole(value)} ${value === 1 ? one : many}`;
}

function seconds(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

function dollars(amount: number): string {
  return told(amount, 2);
}

function sum(shares: readonly Share[], what: 'questions' | 'dollars'): number {
  return shares.reduce((total, share) => total + share[what], 0);
}
