import { appendFileSync } from 'node:fs';

/** What nobody looked at may not pass for well. In CI, where people read no log of what is green, it also stands beside the run and in its summary. */
export function tellNotChecked(words: string, { CI, GITHUB_STEP_SUMMARY }: NodeJS.ProcessEnv): void {
  console.log(`!! NOT CHECKED: ${words}`);
  if (!CI) return;
  console.log(`::warning title=Not checked with Terraform::${words}`);
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, `> [!WARNING]\n> **Not checked with Terraform:** ${words}\n`);
}
