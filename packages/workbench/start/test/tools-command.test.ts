import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import type { ToldTool } from '@vera/operate/tools/tell-all-tools';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellRunning } from '../src/tell-running.ts';
import { startTestSystem, type TestSystem } from './support/test-system.ts';
import { testTools } from './support/test-tools.ts';

const vera = fileURLToPath(new URL('../../operate/src/vera.ts', import.meta.url));

describe('`vera tools` of a running system', () => {
  const requests: ConverseRequest[] = [];
  let folder = '';
  let system: TestSystem;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vera-'));
    const model = scriptedModel((request: ConverseRequest) => {
      requests.push(request);
      return 'Fine.';
    });
    system = await startTestSystem(model, { tools: testTools() });
    await tellRunning(system, 'http://127.0.0.1:1', folder);
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const tools = async (...options: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [vera, 'tools', '--data', folder, ...options]);
    return stdout;
  };

  test('lists what the model is offered, no more and no less, and marks all of it that needs a yes', async () => {
    await system.answered(system.ask({ text: 'how are you' }));
    const offered = requests[0]?.toolConfig?.tools?.flatMap((entry) => ('toolSpec' in entry ? [entry.toolSpec.name] : [])) ?? [];
    expect(offered.length).toBeGreaterThan(40);
    const told = JSON.parse(await tools('--json')) as { readonly tools: readonly ToldTool[]; readonly notes: readonly string[] };
    expect(told.notes).toEqual([]);
    expect(told.tools.flatMap(({ name, isOffered }) => (isOffered ? [name] : [])).sort()).toEqual([...offered].sort());
    const writing = JSON.parse(await tools('--json', '--writes')) as { readonly tools: readonly ToldTool[] };
    // As the tools of one provider declare it: what is written with it runs behind the gate.
    expect(writing.tools.map(({ name }) => name)).toEqual([
      'comment_on_jira_issue',
      'create_confluence_page',
      'create_jira_issue',
      'edit_jira_issue',
      'submit_service_desk_request',
      'transition_jira_issue',
      'update_confluence_page',
    ]);
    expect(new Set(writing.tools.map(({ account }) => account))).toEqual(new Set(['atlassian']));
  });

  test('says first which can change something, as whom and after whose yes; then each, with why', async () => {
    const text = await tools();
    expect(text).toMatch(
      /^\d+ tools\. 7 can change something in another system, each only with the account of the person who asked, and after their yes/,
    );
    expect(text).toMatch(/\nThe gateway to Jira, Confluence and PagerDuty \(gateway\): 33 tools\n {2}denied: on the list of denies \(1\):/);
    expect(await tools('--writes')).toMatch(/update_confluence_page\n$/);
  });
});
