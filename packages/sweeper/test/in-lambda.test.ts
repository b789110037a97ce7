import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { auditHeadsTable, auditTable } from '@vera/audit/table';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { createDynamoDb } from '@vera/aws-stand-in/create-dynamo-db';
import { createLambda, type LambdaEmulator } from '@vera/aws-stand-in/create-lambda';
import { createSecretsManager, type SecretsManagerEmulator } from '@vera/aws-stand-in/create-secrets-manager';
import { createTable } from '@vera/aws-stand-in/create-table';
import { createXRay, type XRayEmulator } from '@vera/aws-stand-in/create-x-ray';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { ledgerTable } from '@vera/ledger/table';
import type { Question } from '@vera/protocol/question';
import { beginTrace } from '@vera/protocol/trace';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import type { SlackEmulator } from '@vera/slack-stand-in/contract';
import { createSlackEmulator } from '@vera/slack-stand-in/create-slack-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweeperPermissions } from '../src/permissions.ts';
import { questionAsked } from './question-asked.ts';
import { workspace } from './workspace.ts';

const entry = fileURLToPath(new URL('../../../dist/sweeper/handler.mjs', import.meta.url));
const tableName = 'vera-ledger';

describe('the sweeper as it is deployed', () => {
  const record = createCallRecord();
  const lines: string[] = [];
  const started = new AsyncDisposableStack();
  let secrets: SecretsManagerEmulator;
  let xRay: XRayEmulator;
  let slack: SlackEmulator;
  let lambda: LambdaEmulator;
  let question: Question;

  beforeAll(async () => {
    const dynamoDb = started.use(await createDynamoDb({ record }));
    secrets = started.use(await createSecretsManager({ record, secrets: { vera: { SLACK_BOT_TOKEN: workspace.botToken } } }));
    xRay = started.use(await createXRay({ record }));
    slack = started.use(await createSlackEmulator({ workspace }));
    const environment: Record<string, string> = {
      DEPLOYMENT: 'use1-dev-vera',
      SECRET_ID: 'vera',
      AGENT_RUNTIME_ARN: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/vera_runtime-0123456789',
      LEDGER_TABLE: tableName,
      AUDIT_TABLE: 'audit',
      AUDIT_DAYS: '400',
      AUDIT_HEADS_TABLE: 'audit-heads',
      INVOKER_FUNCTION: 'invoker',
      LOOK_SECONDS: '60',
      SLACK_API_URL: `${slack.url}/api/`,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ENDPOINT_URL_XRAY: xRay.url,
    };
    const invoker = fileURLToPath(new URL('fixtures/invoker.mjs', import.meta.url));
    lambda = started.use(
      await createLambda({
        record,
        functions: [
          { name: 'sweeper', entry, environment, timeoutSeconds: 60 },
          {
            name: 'misconfigured',
            entry,
            environment: { AGENT_RUNTIME_ARN: 'hush', MOST_ATTEMPTS: 'hush', LOOK_SECONDS: 'hush', SLACK_API_URL: 'hush' },
            timeoutSeconds: 60,
          },
          { name: 'invoker', entry: invoker, environment: {}, timeoutSeconds: 60 },
        ],
        onLog: ({ line }) => void lines.push(line),
      }),
    );
    environment.AWS_ENDPOINT_URL_LAMBDA = lambda.url;
    const client = started.adopt(clientOf(dynamoDb.url), (made) => made.destroy());
    await createTable(client, tableName, ledgerTable);
    await createTable(client, 'audit', auditTable);
    await createTable(client, 'audit-heads', auditHeadsTable);
    const trace = beginTrace('0123456789abcdef0123456789abcdef', true, { name: 'receive', id: '0123456789abcdef', at: Date.now() });
    question = { ...questionAsked(slack), trace };
    // Asked a minute ago, so that the sweeper, whose clock is the real one, finds it overdue.
    await createDynamoInbox({ dynamoDb: sdkDynamoDb(client), tableName, now: () => Date.now() - 61_000, deliveryGrace: 60_000 }).record(
      question,
    );
    // What was sent again is on its way for two minutes; here it is overdue at once.
    environment.DELIVERY_GRACE_SECONDS = '1';
    // It reaches nobody, and is given up in a moment.
    environment.UNHELD_SECONDS = '66';
  });
  afterAll(() => started.disposeAsync());

  it('R10 sends a question again, then tells the person, with no right but those it declares', async () => {
    expect(await lambda.invoke('sweeper', {})).toEqual({ payload: null });
    await expect.poll(() => lines).toContain(`invoked with ${question.id}`);
    expect(slack.messages('COPS', question.threadTs)).toHaveLength(1);
    await expect
      .poll(
        async () => {
          await lambda.invoke('sweeper', {});
          return slack.messages('COPS', question.threadTs).length;
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(2);
    expect(slack.messages('COPS', question.threadTs)[1]?.text).toContain(question.id);
    await expect.poll(() => xRay.spansOf(question.id).map(({ name }) => name)).toEqual(['receive', 'lost']);
    const used = record.calls.filter(({ component }) => component === 'sweeper').map(({ action }) => action);
    // Sessions are left to their idle time here.
    const { agentRuntime: _, ...declared } = sweeperPermissions;
    expect([...new Set(used)].sort()).toEqual([...new Set(Object.values(declared).flat())].sort());
    expect(lines.join()).not.toContain(workspace.botToken);
  });

  it('refuses to start with a wrong environment, and names everything that is wrong without repeating it', async () => {
    const { payload, functionError } = await lambda.invoke('misconfigured', {});
    expect(functionError).toBe('Unhandled');
    const names = ['SECRET_ID', 'LEDGER_TABLE', 'INVOKER_FUNCTION', 'MOST_ATTEMPTS', 'LOOK_SECONDS', 'AGENT_RUNTIME_ARN', 'SLACK_API_URL'];
    expect(payload).toMatchObject({ errorMessage: expect.stringMatching(new RegExp(names.join('.*'))) });
    expect(JSON.stringify(payload)).not.toContain('hush');
  });
});

function clientOf(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'receiver', secretAccessKey: 'none' } });
}
