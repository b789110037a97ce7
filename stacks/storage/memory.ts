import { BedrockagentcoreMemory } from '@cdktf/provider-aws/lib/bedrockagentcore-memory/index.js';
import { BedrockagentcoreMemoryStrategy } from '@cdktf/provider-aws/lib/bedrockagentcore-memory-strategy/index.js';
import { Construct } from 'constructs';
import { underscoredNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * The slash at the end is what keeps people apart: AgentCore matches namespaces by prefix, so without it the memories of `sam` are
 * those of `sam_smith`, too.
 */
const strategies = [
  { id: 'preferences', type: 'USER_PREFERENCE', namespace: '/preferences/{actorId}/', description: 'how a person likes to work' },
  { id: 'facts', type: 'SEMANTIC', namespace: '/facts/{actorId}/', description: 'what a person said about their work' },
  { id: 'summaries', type: 'SUMMARIZATION', namespace: '/summaries/{actorId}/{sessionId}/', description: 'what a thread was about' },
] as const;

interface MemoryProps {
  readonly settings: Settings;
}

/** AgentCore's memory of people, filled from conversations by AWS. */
export class Memory extends Construct {
  readonly id: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { settings }: MemoryProps) {
    super(scope, id);
    const memory = new BedrockagentcoreMemory(this, 'memory', {
      name: underscoredNameOf(settings),
      description: 'What Vera remembers about people',
      // Days a raw conversation is kept; what was learnt from it stays.
      eventExpiryDuration: 30,
    });
    for (const { id: name, type, namespace, description } of strategies) {
      new BedrockagentcoreMemoryStrategy(this, name, { memoryId: memory.id, name, type, namespaces: [namespace], description });
    }
    this.id = memory.id;
    this.arn = memory.arn;
  }
}
