import type { Log } from '@vera/service-kit/log';
import { CircuitBreaker } from './circuit-breaker.ts';
import { type ListedTool, listTools } from './listed-tool.ts';
import type { CallResult, McpClient, OpenMcpClient } from './mcp-client.ts';
import { McpFailure, toMcpFailure } from './mcp-failure.ts';
import type { McpServer } from './mcp-server.ts';

export interface ServerConnectionParams {
  readonly server: McpServer;
  readonly open: OpenMcpClient;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface ToolCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** A read may be made again when the session was lost; a write never. */
  readonly isRead: boolean;
}

/** One server, opened when it is first needed, kept open, and opened again when it was lost. */
export class ServerConnection {
  private opening: Promise<McpClient> | undefined;
  private listing: Promise<readonly ListedTool[]> | undefined;
  private list: { readonly tools: readonly ListedTool[]; readonly until: number; readonly changes: number } | undefined;
  /** Counts what may have changed the list. */
  private changes = 0;
  private isClosed = false;
  private readonly breaker: CircuitBreaker;
  private readonly params: ServerConnectionParams;

  constructor(params: ServerConnectionParams) {
    this.params = params;
    this.breaker = new CircuitBreaker({ failures: 3, rest: 30_000, now: params.now });
  }

  /** The tools as they are now; one look at a time, however many questions ask. Rejects with `McpFailure`. */
  async tools(): Promise<readonly ListedTool[]> {
    const { list } = this;
    if (list && list.changes === this.changes && this.params.now() < list.until) return list.tools;
    this.listing ??= this.run(() => this.fetchList()).finally(() => {
      this.listing = undefined;
    });
    return this.listing;
  }

  /** Rejects with `McpFailure`. */
  async call({ name, input, signal, isRead }: ToolCall): Promise<CallResult> {
    const limits = { milliseconds: this.params.server.limits.callMilliseconds, signal };
    return this.run(() => this.withClient((client) => client.callTool(name, input, limits), isRead));
  }

  private async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const { isPersonal } = this.params.server;
    return this.breaker.run(work).catch((error: unknown) => {
      const { code, message, cause } = toMcpFailure(error);
      throw new McpFailure(isPersonal && code === 'unauthorized' ? 'account-refused' : code, message, { cause });
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.opening?.then((client) => client.close()).catch(() => undefined);
  }

  private async fetchList(): Promise<readonly ListedTool[]> {
    const { server, now } = this.params;
    // Noted before the answer: a change that is announced meanwhile makes it old.
    const seen = { until: now() + server.limits.listMilliseconds, changes: this.changes };
    const tools = await this.withClient((client) => listTools(client, server.limits), true);
    this.list = { tools, ...seen };
    return tools;
  }

  private async withClient<Result>(work: (client: McpClient) => Promise<Result>, isRepeatable: boolean): Promise<Result> {
    const { transport } = this.params.server;
    const opening = this.client();
    try {
      return await work(await opening);
    } catch (error) {
      const { code } = toMcpFailure(error);
      if (code !== 'session-lost' && code !== 'unauthorized') throw error;
      this.drop(opening);
      const renew = transport.kind === 'http' ? transport.authorization.renew : undefined;
      if (code === 'unauthorized') renew?.();
      if (!isRepeatable || (code === 'unauthorized' && !renew)) throw error;
      return work(await this.client());
    }
  }

  private client(): Promise<McpClient> {
    if (this.isClosed) return Promise.reject(new McpFailure('cancelled', 'the worker is shutting down'));
    if (this.opening !== undefined) return this.opening;
    const { server, open, log, now } = this.params;
    const started = now();
    const onToolsChanged = () => {
      this.changes += 1;
    };
    const opening = open(server, { onToolsChanged, onClosed: () => this.drop(opening), log });
    this.opening = opening;
    opening.then(
      () => log.info('mcp.opened', { server: server.name, milliseconds: now() - started }),
      (error) => {
        log.warn('mcp.not-opened', { server: server.name, code: toMcpFailure(error).code, milliseconds: now() - started });
        this.drop(opening);
      },
    );
    return opening;
  }

  /** Forgets a connection that is of no more use; another one that was opened meanwhile stays. Other calls on it end by themselves. */
  private drop(lost: Promise<McpClient>): void {
    if (this.opening !== lost) return;
    this.opening = undefined;
    this.changes += 1;
  }
}
