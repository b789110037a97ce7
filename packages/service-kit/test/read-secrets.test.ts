import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createSecretsManager, type SecretsManagerEmulator } from '@vera/aws-stand-in/create-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { awsDefaults } from '../src/aws-defaults.ts';
import { readSecrets, SecretsError } from '../src/read-secrets.ts';
import { sdkSecrets } from '../src/sdk-clients.ts';
import { loggedLines } from './logged-lines.ts';

const schema = z.object({
  SLACK_SIGNING_SECRET: z.string().check(z.minLength(1)),
  SLACK_BOT_TOKEN: z.string().check(z.startsWith('xoxb-')),
});
const good = { SLACK_SIGNING_SECRET: 'hush-hush', SLACK_BOT_TOKEN: 'xoxb-1-2-3' };

describe('readSecrets', () => {
  const record = createCallRecord();
  let emulator: SecretsManagerEmulator;
  let client: SecretsManagerClient;

  beforeAll(async () => {
    emulator = await createSecretsManager({ record, secrets: { 'vera/slack': good } });
    const credentials = { accessKeyId: 'receiver', secretAccessKey: 'none' };
    client = new SecretsManagerClient({ ...awsDefaults(1_000, 2), endpoint: emulator.url, region: 'us-east-1', credentials });
  });
  afterEach(() => {
    emulator.set('vera/slack', good);
    record.reset();
  });
  afterAll(async () => {
    client.destroy();
    await emulator[Symbol.asyncDispose]();
  });

  /** The error, after looking that neither it nor its line in the log holds anything of the secret. */
  async function failure(id = 'vera/slack'): Promise<Error> {
    const error = await readSecrets(sdkSecrets(client), id, schema).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SecretsError);
    expect(error).toMatchObject({ code: 'secrets' });
    const { log, lines } = loggedLines();
    log.error('start.failed', { error });
    expect(lines[0]).not.toContain('hush');
    expect(lines[0]).not.toContain('xoxb');
    return error as Error;
  }

  it('gives the values of a secret, by name and by ARN, and only those it was asked for', async () => {
    emulator.set('vera/slack', { ...good, CLIENT_SECRET: 'for someone else' });
    expect(await readSecrets(sdkSecrets(client), 'vera/slack', schema)).toEqual(good);
    expect(await readSecrets(sdkSecrets(client), record.calls[0]?.resource ?? '', schema)).toEqual(good);
  });

  it('names all missing and wrong keys at once', async () => {
    emulator.set('vera/slack', { SLACK_BOT_TOKEN: 'hush-hush' });
    const { message } = await failure();
    expect(message).toMatch(/^Keys of secret vera\/slack are missing or wrong: SLACK_SIGNING_SECRET is missing; SLACK_BOT_TOKEN is wrong/);
  });

  it.each(['', 'hush-hush', '{"SLACK_BOT_TOKEN": "xoxb-1-2-3"', "{'SLACK_BOT_TOKEN': 'xoxb-1-2-3'}"])(
    'says that a secret is not JSON without quoting it: %s',
    async (text) => {
      emulator.set('vera/slack', text);
      const error = await failure();
      expect(error.message).toBe('Secret vera/slack is not a JSON object');
      expect(error.cause).toBeUndefined();
    },
  );

  it.each(['"hush-hush"', '["hush-hush"]', '7', 'null'])('says that %s is not an object', async (text) => {
    emulator.set('vera/slack', text);
    expect((await failure()).message).toContain('secret vera/slack are missing or wrong');
  });

  it('says which secret does not exist, or may not be read, and why', async () => {
    expect((await failure('vera/other')).message).toBe('Secret vera/other cannot be read (ResourceNotFoundException)');
    emulator.inject({ kind: 'denied' });
    expect((await failure()).message).toBe('Secret vera/slack cannot be read (AccessDeniedException)');
  });

  it('tries again when the service is away for a moment, and no longer than it was told to', async () => {
    emulator.inject({ kind: 'unavailable' });
    expect(await readSecrets(sdkSecrets(client), 'vera/slack', schema)).toEqual(good);
    expect(record.calls).toHaveLength(2);
    emulator.inject({ kind: 'unavailable', times: 2 });
    expect((await failure()).message).toContain('cannot be read');
    expect(record.calls).toHaveLength(4);
  });
});
