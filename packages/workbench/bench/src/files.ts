import type { PersonFile } from '@vera/slack-stand-in/contract';
import { docxSample, rowsOf, xlsxSample } from '@vera/stand-in-kit/office-samples';
import { pdfSample, pngSample } from '@vera/stand-in-kit/sample-files';
import { startBenchSystem } from './bench-system.ts';
import { type Figure, pingFigure } from './figures.ts';
import { startPings } from './pings.ts';
import { quickModel } from './quick-model.ts';

/** Ten files in one question: how long `/ping` waits while they are read, and whether the same process goes on. */
export async function measureFiles(): Promise<Figure[]> {
  await using system = await startBenchSystem(quickModel, { worker: { sessionScope: 'workspace' } });
  for (let warmUp = 0; warmUp < 3; warmUp += 1) await system.answer('warming up');
  const { pid, port } = system.worker();
  const pings = await startPings(port);
  const { milliseconds } = await system.answer('what is in these?', undefined, files());
  const waits = await pings.end();
  const isSame = system.worker().pid === pid;
  return [
    { what: 'question with ten files', milliseconds },
    pingFigure('while ten files are read', waits),
    { what: 'worker processes that ended by a file', value: isSame ? '0' : '1', goal: '0' },
  ];
}

/** Large ones of each kind, and two that are made to break who reads them. */
function files(): PersonFile[] {
  const table = Array.from({ length: 5_000 }, (_, index) => [`region ${index % 40}`, index, index * 1.5]);
  const sheet = { name: 'One', rows: rowsOf([['Region', 'Count', 'Amount'], ...table]) };
  const csv = ['Region,Count,Amount', ...table.map((row) => row.join(','))].join('\n');
  const paragraphs = '<w:p><w:r><w:t>A sentence of a contract.</w:t></w:r></w:p>'.repeat(2_000);
  const far = { name: 'One', rows: '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>' };
  const named = (name: string, bytes: Uint8Array): PersonFile => ({
    name,
    mimetype: 'application/octet-stream',
    bytes: Uint8Array.from(bytes),
  });
  return [
    named('one.xlsx', xlsxSample({ sheets: [sheet] })),
    named('two.xlsx', xlsxSample({ sheets: [sheet, { ...sheet, name: 'Two' }] })),
    named('one.csv', Buffer.from(csv)),
    named('two.csv', Buffer.from(csv)),
    named('one.docx', docxSample(paragraphs)),
    named('one.pdf', pdfSample({ texts: Array.from({ length: 80 }, (_, page) => `page ${page}`) })),
    named('two.pdf', pdfSample({ pages: 5_000 })),
    named('wide.png', pngSample(8_500, 2_500)),
    named('far.xlsx', xlsxSample({ sheets: [far] })),
    named('unpacked.xlsx', xlsxSample({ sheets: [far], more: { 'xl/styles.xml': Buffer.alloc(200_000_000) } })),
  ];
}
