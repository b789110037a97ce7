import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { tellExplained } from '@vera/operate/explain/explain-command';
import { tellLogs } from '@vera/operate/logs/logs-command';
import { placeOf } from '@vera/operate/place';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, test } from 'vitest';
import { appKeys, names } from '../../src/names.ts';
import { tellRunning } from '../../src/tell-running.ts';
import { type Asked, startTestSystem, type TestSystem } from '../support/test-system.ts';

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

/** Whoever adds something that keeps, sends or tells what happens adds it here; with what shows that it was there to be looked at. */
async function everywhere(system: TestSystem, { id }: Asked): Promise<readonly Place[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vera-'));
  try {
    await tellRunning(system, 'http://127.0.0.1:1', folder);
    const place = placeOf({ data: folder });
    const logs: string[] = [];
    // Lines take a moment to be found.
    await expect
      .poll(
        async () => {
          logs.length = 0;
          await tellLogs(
            place,
            { question: id, json: true },
            { tell: (line) => void logs.push(line), signal: new AbortController().signal },
          );
          return logs.some((line) => line.includes('"question.answered"'));
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(true);
    const explained: string[] = [];
    for (const json of [false, true]) await tellExplained(place, id, { json, tell: (text) => void explained.push(text) });
    const tables = (await tableNames(system)).filter((name) => name !== names.ledgerTable);
    const kept = await Promise.all(tables.map(async (name) => ({ name, text: await tableOf(system, name) })));
    return [
      { name: 'lines', text: system.lines.join('\n'), holds: id },
      { name: 'metrics', text: system.lines.filter((line) => line.includes('"_aws"')).join('\n'), holds: 'tokens.input' },
      { name: 'spans', text: system.xRay.bodies.map((body) => Buffer.from(body).toString('latin1')).join('\n'), holds: id },
      ...kept.map((table) => ({ ...table, holds: table.name === names.auditTable ? id : '' })),
      { name: 'vera logs', text: logs.join('\n'), holds: id },
      { name: 'vera explain', text: explained.join('\n'), holds: id },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Place {
  readonly name: string;
  readonly text: string;
  readonly holds: string;
}

async function tableNames(system: TestSystem): Promise<readonly string[]> {
  using client = clientOf(system);
  return (await client.dynamoDb.send(new ListTablesCommand())).TableNames ?? [];
}

async function tableOf(system: TestSystem, TableName: string): Promise<string> {
  using client = clientOf(system);
  return JSON.stringify((await client.dynamoDb.send(new ScanCommand({ TableName }))).Items);
}

function clientOf({ dynamoDb: { url: endpoint } }: TestSystem) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'none' };
  const dynamoDb = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  return { dynamoDb, [Symbol.dispose]: () => dynamoDb.destroy() };
}

const serverKey = `${value}6`;
/** Two MCP servers with a key: one that is not there, and one that refuses and says back all that it was sent. */
const refusing = (request: Request) => new Response(JSON.stringify([...request.headers]), { status: 401 });
const serverOf = (name: string, url: string) => ({
  ...{ name, title: name, url, privateNetwork: true, reads: 'annotated' as const },
  headers: { 'x-key': '${PLANTED_KEY}' },
});

describe.each([false, true])('a question full of secrets, with debugging %j', (isTalkative) => {
  test('leaves none of them in any line, metric, span or table, nor in what commands tell; without debugging, no word of anybody either', async () => {
    const said = planted.map(([text]) => text).join('\n');
    const model = scriptedModel(({ messages }) =>
      JSON.stringify(messages).includes('toolResult')
        ? [{ say: `Do not share this: ${said}\nIt is ${words}.`, pieceLength: 5 }]
        : [{ call: 'search_knowledge_base', input: { query: `${words}\n${said}` } }],
    );
    await using unwilling = await listen(async (request) => refusing(request));
    const entries = [serverOf('gone', 'http://127.0.0.1:9/mcp'), serverOf('unwilling', `${unwilling.url}/mcp`)];
    const ownServers = { entries, keys: { PLANTED_KEY: serverKey }, path: '' };
    await using system = await startTestSystem(model, { isDebug: isTalkative, worker: { isTalkative, ownServers } });
    const asked = system.ask({ text: `what is ${words}?\n${said}` });
    await system.answered(asked);
    await system.until(() => system.xRay.spansOf(asked.id).some(({ name }) => name === 'attempt'), 'the spans of the attempt');
    expect(new Set(system.log.flatMap(({ event, server }) => (event === 'mcp.unavailable' ? [server] : [])))).toEqual(
      new Set(['gone', 'unwilling']),
    );
    const workspace = system.slack.workspace;
    const own = [workspace.botToken, workspace.signingSecret, system.portalTicketKey, appKeys.clientSecret, serverKey];
    for (const { name, text, holds } of await everywhere(system, asked)) {
      expect(text, name).toContain(holds);
      for (const secret of [...planted.map(([, hidden]) => hidden), value, ...own])
        expect(text.includes(secret), `${name}: ${secret}`).toBe(false);
      const tellsWords = isTalkative && ['lines', 'vera logs'].includes(name);
      expect(text.includes('harbour crane'), `${name}: words`).toBe(tellsWords);
    }
    // A question stands in the ledger as it was asked; no key of ours does.
    const ledger = await tableOf(system, names.ledgerTable);
    for (const secret of own) expect(ledger).not.toContain(secret);
    expect(system.log.some(({ event }) => event === 'model.response')).toBe(isTalkative);
  }, 90_000);
});
