import { UsageError } from '@vera/operate/usage-error';

/** Why it could not start, in one sentence for the person who typed the command; where in the program comes only with `--verbose`. */
export function failureWords(error: unknown, isVerbose: boolean): string {
  const trace = isVerbose && error instanceof Error ? `\n${error.stack}` : '';
  return `${sentenceFor(error)}${trace}`;
}

function sentenceFor(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const { code, syscall, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken, perhaps by another Vera. Stop that one, or choose another port for the page: --port 0 takes any free one.`;
  }
  if (syscall === 'listen') return `The page may not have this port (${code}). Choose another: --port 0 takes any free one.`;
  if (code === 'tables-unusable') {
    return 'What was kept of earlier runs cannot be opened: another Vera may be at work on it, or it is broken. Stop that one, keep things elsewhere with --data FOLDER, or begin anew with --fresh.';
  }
  const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return `Vera could not start: ${reason.replace(/\.$/, '')}. With --verbose it says more.`;
}
