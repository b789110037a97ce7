import { type DeployedSettings, deployment } from '../deployment.ts';
import { AskError } from '../doctor/ask.ts';
import { GroundError } from '../doctor/check.ts';
import { createClients } from '../doctor/clients.ts';
import { findWorker } from '../doctor/find-worker.ts';
import type { Place } from '../place.ts';
import { isSignedOut, signedOutWords } from '../sign-in.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface FoundVariables {
  readonly variables: Variables;
  /** Why they are those that the settings come to, and not those of what runs. */
  readonly problem?: string;
}

/** What the worker runs with: as it is deployed, or, where that cannot be asked, as the settings say. */
export async function workerVariables(place: Place): Promise<FoundVariables> {
  if (place.workerVariables) return { variables: place.workerVariables };
  using clients = createClients(place);
  try {
    return { variables: (await findWorker({ clients, nameOf: place.nameOf })).variables };
  } catch (error) {
    return { variables: variablesOf(deployment().settings), problem: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  if (isSignedOut(error)) return signedOutWords(error);
  if (error instanceof GroundError) return `${error.message}. Remedy: ${error.remedy}`;
  if (error instanceof AskError) return `it needs ${error.right}, and AWS says ${error.reason}`;
  throw error;
}

/** As the stack of the worker makes them, as far as tools hang on them. A gateway's address is known only once it is deployed. */
export function variablesOf({ knowledgeBases, readsSlack, memory, model, mcpServers, approvers }: ToolSettings): Variables {
  return {
    KNOWLEDGE_BASES: JSON.stringify(knowledgeBases),
    READS_SLACK: String(readsSlack),
    MEMORY_ID: memory === 'on' ? 'on' : undefined,
    HELPER_MODELS: Object.entries(model.helpers)
      .map(([name, id]) => `${name}=${id}`)
      .join(','),
    PORTAL_URL: 'https://portal.invalid',
    CHANGE_APPROVERS: approvers.join(','),
    MCP_SERVERS: JSON.stringify(mcpServers),
  };
}

type ToolSettings = Pick<DeployedSettings, 'knowledgeBases' | 'readsSlack' | 'memory' | 'model' | 'mcpServers' | 'approvers'>;
