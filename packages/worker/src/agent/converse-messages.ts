import type { ContentBlockData, MessageData } from '@strands-agents/sdk';
import type { Content, Turn } from './agent.ts';

/** Turns in the form the agent library sends to Bedrock. */
export function toMessages(turns: readonly Turn[]): MessageData[] {
  return turns.map(({ role, content }, turn) => ({
    role,
    content: content.map((part, index) => toBlock(part, `${turn + 1}-${index + 1}`)),
  }));
}

function toBlock(content: Content, place: string): ContentBlockData {
  switch (content.kind) {
    case 'text':
      return { text: content.text };
    case 'image':
      return { image: { format: content.format, source: { bytes: content.bytes } } };
    case 'document':
      return { document: { format: content.format, name: documentName(content.name, place), source: { bytes: content.bytes } } };
  }
}

/** Bedrock allows letters, digits, single spaces, hyphens and brackets in a name, and no name twice. */
function documentName(name: string, place: string): string {
  const legal = name
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9()[\] -]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 150);
  return `${legal || 'file'} ${place}`;
}
