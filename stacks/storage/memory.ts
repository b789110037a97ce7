import { BedrockagentcoreMemory } from '@cdktf/provider-aws/lib/bedrockagentcore-memory/index.js';
import { BedrockagentcoreMemoryStrategy } from '@cdktf/provider-aws/lib/bedrockagentcore-memory-strategy/index.js';
import { Construct } from 'constructs';
import { shared } from '../constructs/shared.ts';
import { underscoredNameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * The only strategy: preferences are kept after a yes to their words, and nobody asks for what a thread was about. The slash at the end keeps
 * people apart, for AgentCore matches namespaces by prefix. The session is the place where something was said (`worker/src/memory`): a
 * variable of one's own needs `namespaceKeys` of the memory, which this provider does not know.
 */
const facts = {
  name: 'facts',
  type: 'SEMANTIC',
  namespaces: ['/facts/{actorId}/{sessionId}/'],
  description: 'what a person said about their work',
};

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
    new BedrockagentcoreMemoryStrategy(this, facts.name, { memoryId: memory.id, ...facts });
    this.id = shared(this, 'memory_id', memory.id);
    this.arn = shared(this, 'memory_arn', memory.arn);
  }
}
