import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { describe, expect, test } from 'vitest';
import { appKeys, names } from '../../src/names.ts';
import { startTestSystem, type TestSystem } from '../support/test-system.ts';

const value = 'Zq7Rk2Lx9Vw4Tn6B';
const base64 = Buffer.from(`operator:${value}`).toString('base64');
/** A secret in each form that is known, and what of it may stand nowhere. Put together here, so that no scanner takes this file for a leak. */
const planted = [
  [`Authorization: Basic ${base64}`, base64],
  [`https://status.example/?token=${value}1`, `${value}1`],
  [`postgres://operator:${value}2@db.example/live`, `${value}2`],
  [`Authorization%3A%20Bearer%20${value}3`, `${value}3`],
  [`Bearer ${value}4~x`, `${value}4`],
  [`password: ${value}5`, `${value}5`],
  [`${'xox'}b-123456789012-${value}`, `${'xox'}b-123456789012`],
  [`${'gh'}p_${value}${value}`, `${'gh'}p_${value}`],
  [`${'AK'}IA${'Q'.repeat(16)}`, `${'AK'}IA${'Q'.repeat(16)}`],
  [`${'ey'}JhbGciOiJIUzI1NiJ9.${'ey'}JzdWIiOiIxIn0.${value}`, `${'ey'}JzdWIiOiIxIn0`],
] as const;
const words = 'the colour of the harbour crane';

/** Whoever adds something that keeps or sends what happens (traces, metrics, the audit log) adds it here. */
async function everywhere(system: TestSystem): Promise<Readonly<Record<string, string>>> {
  return { lines: system.lines.join('\n'), accounts: await tableOf(system, names.accountsTable) };
}

async function tableOf({ dynamoDb }: TestSystem, TableName: string): Promise<string> {
  const client = new DynamoDBClient({
    endpoint: dynamoDb.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'none' },
  });
  try {
    return JSON.stringify((await client.send(new ScanCommand({ TableName }))).Items);
  } finally {
    client.destroy();
  }
}

describe.each([false, true])('a question full of secrets, with debugging %j', (isTalkative) => {
  test('leaves none of them in any line or table; without debugging, no word of anybody either', async () => {
    const said = planted.map(([text]) => text).join('\n');
    const model = scriptedModel(({ messages }) =>
      JSON.stringify(messages).includes('toolResult')
        ? [{ say: `Do not share this: ${said}\nIt is ${words}.`, pieceLength: 5 }]
        : [{ call: 'search_knowledge_base', input: { query: `${words}\n${said}` } }],
    );
    await using system = await startTestSystem(model, { worker: { isTalkative } });
    await system.answered(system.ask({ text: `what is ${words}?\n${said}` }));
    const workspace = system.slack.workspace;
    const own = [workspace.botToken, workspace.signingSecret, system.portalTicketKey, appKeys.clientSecret];
    for (const [place, text] of Object.entries(await everywhere(system)))
      for (const secret of [...planted.map(([, hidden]) => hidden), value, ...own])
        expect(text.includes(secret), `${place}: ${secret}`).toBe(false);
    // A question stands in the ledger as it was asked; no key of ours does.
    const ledger = await tableOf(system, names.ledgerTable);
    for (const secret of own) expect(ledger).not.toContain(secret);
    expect(system.lines.join('\n').includes('harbour crane')).toBe(isTalkative);
    expect(system.log.some(({ event }) => event === 'model.response')).toBe(isTalkative);
  }, 90_000);
});
