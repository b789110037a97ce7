import { type BedrockAgentRuntimeClient, RetrieveCommand, type RetrieveCommandInput } from '@aws-sdk/client-bedrock-agent-runtime';
import { startOperation, within } from '../tracing/in-span.ts';
import { names } from '../tracing/names.ts';
import { type KnowledgeBase, KnowledgeBaseError } from './ask-bases.ts';
import type { KnowledgeBaseData } from './knowledge-base-data.ts';
import { type FoundResult, passagesIn } from './passages-in.ts';

const numberOfResults = 6;

interface BedrockKnowledgeParts {
  readonly client: BedrockAgentRuntimeClient;
  readonly now: () => number;
}

/**
 * No result is left out for its score: Bedrock documents none but "the level of relevance", and what the number means differs by store, by
 * search (vectors, words, both) and by reranking. A threshold would hide what fits in one base and let all pass in another.
 */
export function createBedrockKnowledge(base: KnowledgeBaseData, { client, now }: BedrockKnowledgeParts): KnowledgeBase {
  const { id: knowledgeBaseId, name, about, outdatedDays = 180 } = base;
  return {
    name,
    about,
    async search(text, abortSignal) {
      const command = new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text }, retrievalConfiguration: configurationFor(base) });
      try {
        const span = startOperation('retrieval', knowledgeBaseId, { [names.dataSource]: knowledgeBaseId, [names.provider]: 'aws.bedrock' });
        const { retrievalResults = [] } = await within(span, () => client.send(command, { abortSignal }));
        return passagesIn(retrievalResults as FoundResult[], { name, now: now(), outdatedDays });
      } catch (cause) {
        throw new KnowledgeBaseError('Retrieve failed', { cause });
      }
    },
  };
}

/**
 * Bedrock: "vectorSearchConfiguration is not supported for managed knowledge bases. Use managedSearchConfiguration instead"
 * (mezmo/aura#499). For what is asked by SQL neither is meant: the user guide has them "only applicable to unstructured data sources".
 */
function configurationFor({ kind = 'vector', filter }: KnowledgeBaseData): RetrieveCommandInput['retrievalConfiguration'] {
  const search = { numberOfResults, ...(filter ? { filter: filter as never } : {}) };
  switch (kind) {
    case 'vector':
      return { vectorSearchConfiguration: search };
    case 'managed':
      return { managedSearchConfiguration: search };
    case 'structured':
      return undefined;
  }
}
