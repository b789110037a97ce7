import { bareNode, toTable } from '../figures.ts';
import { soakFigures } from './soak-figures.ts';

const help = `pnpm soak [MINUTES]   asks one question after the other for so long, 60 minutes unless told, and tells what grows: memory, open files,
                     items of the ledger. What lasts less than 30 minutes tells nothing of memory.
`;

const [given] = process.argv.slice(2).filter((argument) => argument !== '--');
const minutes = Number(given ?? 60);
if (given === '--help' || given === '-h') {
  process.stdout.write(help);
  process.exit(0);
}
if (!(minutes > 0)) {
  process.stderr.write(`MINUTES is a number above 0.\n\nUsage: ${help}`);
  process.exit(1);
}
const { runSoak } = await import('./run-soak.ts');
const samples = await runSoak(minutes, (sample) => void process.stderr.write(`${JSON.stringify(sample)}\n`));
process.stdout.write(`${toTable(soakFigures(samples), bareNode())}\n`);
process.exit(0);
