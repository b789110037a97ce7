import { shorten, textLimits } from '@vera/protocol/shorten';
import { isObject } from '../is-object.ts';
import { markAsData } from '../mark-as-data.ts';
import { entriesIn, mainArgument, toldText } from '../tools/told-text.ts';
import type { Tool, ToolOutput } from '../tools/tool.ts';
import type { UsableSchema } from './input-schema.ts';
import { humanName, type ListedTool, toolAlias } from './listed-tool.ts';
import { isOfTheCall, type McpFailure, mcpFailureWords, toMcpFailure } from './mcp-failure.ts';
import type { McpServer } from './mcp-server.ts';
import type { ServerConnection } from './server-connection.ts';
import { errorText, type KeptOutputs, resultText } from './tool-results.ts';

export interface ToToolParams {
  readonly server: McpServer;
  readonly connection: ServerConnection;
  readonly kept: KeptOutputs;
  /** Told when the server, and not just this call, failed. */
  readonly onTrouble: (failure: McpFailure) => void;
}

/** A server's tool that changes nothing, as the model may call it. */
export function toTool(listed: ListedTool, { schema, toServer }: UsableSchema, params: ToToolParams): Tool {
  const { server, connection, kept, onTrouble } = params;
  const system = server.systemOf?.(listed.name) ?? server.title;
  return {
    name: toolAlias(server.name, listed.name),
    title: `${system}: ${humanName(listed)}`,
    description: shorten(`${system}: ${listed.description?.trim() || humanName(listed)}`, textLimits.toolDescription),
    inputSchema: schema,
    details: mainArgument,
    as: server.isPersonal ? 'asker' : 'company',
    async run(input, signal): Promise<ToolOutput> {
      if (!isObject(input)) return { text: 'The input does not fit. It must be an object.', isError: true };
      const problem = server.problemIn?.(input);
      if (problem) return { text: problem, isError: true };
      try {
        const result = await connection.call({ name: listed.name, input: toServer(input), signal, isRead: true });
        const text = resultText(result) || '(The tool returned nothing.)';
        if (result.isError)
          return {
            text: markAsData(errorText(text), system),
            isError: true,
            code: 'refused',
            told: `refused: ${toldText(errorText(text))}`,
          };
        const told = entriesIn(text);
        return { text: kept.show(text, system, server.limits.longestOutput), isError: false, ...(told ? { told } : {}) };
      } catch (error) {
        const failure = toMcpFailure(error);
        if (!isOfTheCall(failure)) onTrouble(failure);
        return failedOutput(failure, system);
      }
    },
  };
}

function failedOutput(failure: McpFailure, system: string): ToolOutput {
  const words = mcpFailureWords(system, failure.code);
  if (failure.code !== 'refused') return { text: `${words}. Say so in the answer.`, isError: true, code: failure.code, told: words };
  const why = errorText(failure.message);
  return { text: `${words}: ${markAsData(why, system)}`, isError: true, code: failure.code, told: `refused: ${toldText(why)}` };
}
