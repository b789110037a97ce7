import { type BedrockAgentRuntimeClient, type KnowledgeBaseRetrievalResult, RetrieveCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import { KnowledgeBaseError, type Passage, type SearchKnowledge } from './search-knowledge-base.ts';

const numberOfResults = 6;

export function createBedrockKnowledge(client: BedrockAgentRuntimeClient, knowledgeBaseId: string): SearchKnowledge {
  return async (text, abortSignal) => {
    const command = new RetrieveCommand({
      knowledgeBaseId,
      retrievalQuery: { text },
      retrievalConfiguration: { vectorSearchConfiguration: { numberOfResults } },
    });
    try {
      const { retrievalResults = [] } = await client.send(command, { abortSignal });
      return retrievalResults.flatMap(toPassage);
    } catch (cause) {
      throw new KnowledgeBaseError('Retrieve failed', { cause });
    }
  };
}

function toPassage({ content, location, metadata = {} }: KnowledgeBaseRetrievalResult): Passage[] {
  const text = content?.text?.trim();
  if (!text) return [];
  const uri = location?.s3Location?.uri ?? String(metadata['x-amz-bedrock-kb-source-uri'] ?? '');
  const url = firstLink(
    metadata.url,
    location?.webLocation?.url,
    location?.confluenceLocation?.url,
    location?.sharePointLocation?.url,
    uri,
  );
  const document = textOf(metadata.title) ?? nameIn(uri);
  const heading = textOf(metadata.heading);
  return [{ title: document, ...(heading && heading !== document ? { heading } : {}), text, ...(url ? { url } : {}) }];
}

/** The file's name; a key may hold a bare `%`, which is no escape. */
function nameIn(uri: string): string {
  const name = uri.split('/').at(-1) || 'Document';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Only what a browser opens is a link; an S3 URI is not. */
function firstLink(...candidates: unknown[]): string | undefined {
  return candidates.map(textOf).find((candidate) => candidate !== undefined && /^https?:\/\//.test(candidate));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
