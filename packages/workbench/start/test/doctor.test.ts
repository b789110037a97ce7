import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearsalModel } from '@vera/bedrock-stand-in/rehearsal-model';
import { checks } from '@vera/operate/doctor/checks';
import { examine, leftOut, verdictOf } from '@vera/operate/doctor/examine';
import { createPatient, sourcesOf } from '@vera/operate/doctor/patient';
import { tellFindings } from '@vera/operate/doctor/tell-findings';
import { placeOf } from '@vera/operate/place';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '../src/names.ts';
import { tellRunning } from '../src/tell-running.ts';
import { startTestSystem, type TestSystem } from './support/test-system.ts';

describe('pnpm vera doctor --local', () => {
  let system: TestSystem;
  let data: string;
  beforeAll(async () => {
    system = await startTestSystem(rehearsalModel({ tokensPerSecond: 0 }));
    data = await mkdtemp(join(tmpdir(), 'vera-doctor-'));
    await tellRunning(system, 'http://127.0.0.1:1/', data);
  }, 60_000);
  afterAll(() => system?.[Symbol.asyncDispose]());

  async function look() {
    const place = placeOf({ data });
    const parts = { place, deployment: undefined, secret: place.nameOf('secrets'), slackConfigToken: undefined };
    const patient = createPatient({ ...parts, now: Date.now, fetch, sources: sourcesOf({ settings: undefined }) });
    using _clients = patient.clients;
    const examined = await examine(checks, patient, 30_000);
    const told = tellFindings(examined, verdictOf(examined), leftOut(checks, patient));
    return { verdict: verdictOf(examined), told, examined, findings: examined.flatMap(({ findings }) => findings) };
  }

  it('finds all of it well, says nothing of what is only in AWS, and leaves no session behind', async () => {
    const { verdict, told, examined, findings } = await look();
    expect(findings.filter(({ kind }) => kind !== 'lives')).toEqual([]);
    expect(verdict).toBe('well');
    expect(examined.map(({ part }) => part)).toEqual([
      'clock',
      'secret',
      'scopes',
      'functions',
      'receiver',
      'portal',
      'session',
      'tables',
      'questions',
    ]);
    // Whoever reads that all is well learns of what that is not said.
    expect(told).toMatch(
      /\nNot looked at here, for only a deployment has it: (?=.*model)(?=.*guardrail)(?=.*knowledge)[^.]+\.\nAll that was looked at is well/,
    );
    await system.until(() => system.agentCore.sessions.every(({ state }) => state !== 'running'), 'the end of its session');
  }, 60_000);

  it('names what is broken there as it would in AWS', async () => {
    const { SLACK_SIGNING_SECRET: _, ...less } = JSON.parse(system.secretsManager.textOf(names.secret) ?? '{}') as Record<string, string>;
    system.secretsManager.set(names.secret, less);
    system.agentCore.inject({ kind: 'denied', operation: 'InvokeAgentRuntime' });
    const { verdict, findings } = await look();
    expect(verdict).toBe('ails');
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'ails', words: 'it lacks SLACK_SIGNING_SECRET' }));
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'unseen', words: 'you may not call it' }));
  }, 60_000);
});
