import { runEval } from './run-eval.ts';

process.exitCode = await runEval(process.argv.slice(2), process.env, {
  write: (text) => void process.stdout.write(text),
  fail: (text) => void process.stderr.write(text),
});
