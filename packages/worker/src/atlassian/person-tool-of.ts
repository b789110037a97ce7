import * as z from 'zod';
import type { ChangeArguments, Effect, FieldChange, Found, PersonAccount, PersonRead, PersonWrite } from '../tools/person-tool.ts';
import { type Told, ToolFailure } from '../tools/tool.ts';
import type { AtlassianClient, SiteConnection } from './client/atlassian-client.ts';

type Shape = Readonly<Record<string, z.ZodType>>;
type Product = 'jira' | 'confluence';

interface ToolText {
  readonly name: string;
  readonly description: string;
  readonly title: string;
  /** What a call is about, on its card. */
  readonly details: (input: unknown) => string | undefined;
}

/** Where a tool works, and for whom. */
export interface Place extends SiteConnection {
  /** The name of the person, as Atlassian shows it; undefined where it does not say. */
  personName(): Promise<string | undefined>;
}

interface ReadDefinition<Input extends Shape> extends ToolText {
  readonly product: Product;
  readonly input: Input;
  readonly withoutAccount?: string;
  readonly read: (input: z.output<z.ZodObject<Input>>, place: Place) => Promise<string | Told>;
}

interface WriteDefinition<Input extends Shape, Args extends Shape> extends ToolText {
  readonly product: Product;
  /** As people call it: "Jira". */
  readonly system: string;
  readonly input: Input;
  /** What `perform` takes: all of it resolved. */
  readonly args: Args;
  readonly propose: (input: z.output<z.ZodObject<Input>>, place: Place) => Promise<Proposed<z.input<z.ZodObject<Args>>>>;
  readonly perform: (args: z.output<z.ZodObject<Args>>, place: Place, key: string) => Promise<Effect>;
  /** Where the product can be asked whether it was done. */
  readonly look?: (args: z.output<z.ZodObject<Args>>, place: Place, key: string) => Promise<Found>;
}

interface Proposed<Args> {
  readonly title: string;
  readonly changes: readonly FieldChange[];
  readonly args: Args;
}

const siteInput = {
  site: z.string().max(200).optional().describe('The Atlassian site, by name or URL. Only needed if the person has several.'),
};
const whereArgs = { siteId: z.string(), accountId: z.string() };

export function personRead<Input extends Shape>(client: AtlassianClient, definition: ReadDefinition<Input>): PersonRead {
  const { name, description, title, details, product, withoutAccount, input: shape, read } = definition;
  const schema = z.object({ ...shape, ...siteInput });
  return {
    ...{ kind: 'read', name, description, title, details, provider: 'atlassian', inputSchema: jsonSchemaOf(schema) },
    ...(withoutAccount === undefined ? {} : { withoutAccount }),
    async read(input, account, signal) {
      const given = parsed(schema, input);
      return read(given as z.output<z.ZodObject<Input>>, placeAt(client, product, { account, signal, site: siteIn(given) }));
    },
  };
}

export function personWrite<Input extends Shape, Args extends Shape>(
  client: AtlassianClient,
  definition: WriteDefinition<Input, Args>,
): PersonWrite {
  const { name, description, title, details, product, system, input: shape, args: argsShape, propose, perform, look } = definition;
  const schema = z.object({ ...shape, ...siteInput });
  const argsSchema = z.object({ ...argsShape, ...whereArgs });
  const approved = (args: ChangeArguments, account: PersonAccount, signal: AbortSignal): [z.output<z.ZodObject<Args>>, Place] => {
    const given = argsSchema.safeParse(args);
    if (!given.success) throw new ToolFailure('What was approved does not fit this tool any more. Propose it anew.');
    const { siteId, accountId } = given.data as z.output<z.ZodObject<typeof whereArgs>>;
    if (accountId !== account.accountId) {
      throw new ToolFailure('Whoever asked has connected another Atlassian account since. Nothing was changed; propose it anew.');
    }
    return [given.data as z.output<z.ZodObject<Args>>, placeAt(client, product, { account, signal, site: siteId })];
  };
  return {
    ...{ kind: 'write', name, title, details, provider: 'atlassian', inputSchema: jsonSchemaOf(schema) },
    description: `${description} Nothing is changed before the person has seen and approved it.`,
    async propose(input, account, signal) {
      const given = parsed(schema, input);
      const place = placeAt(client, product, { account, signal, site: siteIn(given) });
      const proposed = await propose(given as z.output<z.ZodObject<Input>>, place);
      const { site, accountId } = place;
      const where = account.sites.length > 1 ? [{ field: 'Site', after: `${site.name} (${site.url})` }] : [];
      const args: ChangeArguments = { ...proposed.args, siteId: site.id, accountId };
      return { title: proposed.title, system, changes: [...where, ...proposed.changes], args };
    },
    perform: async (args, account, signal, key) => perform(...approved(args, account, signal), key),
    recovery: look
      ? { kind: 'checkable', look: async (args, account, signal, key) => look(...approved(args, account, signal), key) }
      : { kind: 'unknown' },
  };
}

type Asked = Parameters<AtlassianClient['at']>[1];

function placeAt(client: AtlassianClient, product: Product, asked: Asked): Place {
  const connection = client.at(product, asked);
  const nameSchema = z.object({ displayName: z.string() });
  return {
    ...connection,
    personName: () =>
      client
        .at('jira', { ...asked, site: connection.site.id })
        .get('/rest/api/3/myself', nameSchema)
        // A site without Jira: the author's name stands beside the text anyway.
        .then(
          ({ displayName }) => displayName,
          () => undefined,
        ),
  };
}

function siteIn(given: object): string | undefined {
  return 'site' in given && typeof given.site === 'string' ? given.site : undefined;
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const given = schema.safeParse(input);
  if (!given.success) throw new ToolFailure(`The input does not fit. ${z.prettifyError(given.error)}`);
  return given.data;
}

function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema, { io: 'input' });
  return jsonSchema;
}
