import { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import type { Log } from '@vera/service-kit/log';
import type * as z from 'zod/mini';
import { attachFile } from '../attachments/attach-file.ts';
import { drawChart } from '../charts/draw-chart.ts';
import { createDrawPicture } from '../charts/draw-picture.ts';
import { createShowChart } from '../charts/show-chart.ts';
import type { workerEnv } from '../env.ts';
import type { KnowledgeBase } from '../knowledge/ask-bases.ts';
import { createBedrockKnowledge } from '../knowledge/bedrock-knowledge.ts';
import type { KnowledgeBaseData } from '../knowledge/knowledge-base-data.ts';
import type { AnswerParams } from '../questions/story.ts';
import type { createReadSlack } from '../slack-reading/read-slack.ts';
import { queryTable } from '../tables/query-table.ts';
import { searchKnowledgeBase } from './search-knowledge-base.ts';
import { calculate, currentTime } from './sums-and-dates.ts';

type ToolsEnv = Pick<z.output<typeof workerEnv>, 'KNOWLEDGE_BASES' | 'READS_SLACK'>;

/** The tools of our own. */
export function createTools(env: ToolsEnv, readSlack: ReturnType<typeof createReadSlack>, log: Log): AnswerParams['toolsFor'] {
  const show = createShowChart({ draw: createDrawPicture(), log });
  const bases = createBases(env.KNOWLEDGE_BASES);
  return (sources, story) => [
    ...(bases.length > 0 ? [searchKnowledgeBase(bases, { sources, log })] : []),
    ...(env.READS_SLACK === 'true' ? [readSlack(sources, story)] : []),
    currentTime(Date.now),
    calculate(),
    queryTable(story.tables),
    drawChart({ show, ...story }),
    attachFile(story),
  ];
}

/** A client a region; without one it is the worker's own. */
function createBases(data: readonly KnowledgeBaseData[]): readonly KnowledgeBase[] {
  const regions = [...new Set(data.map(({ region }) => region))];
  const clients = new Map(
    regions.map((region) => [region, new BedrockAgentRuntimeClient({ ...awsDefaults(15_000), ...(region ? { region } : {}) })]),
  );
  return data.flatMap((base) => {
    const client = clients.get(base.region);
    return client ? [createBedrockKnowledge(base, { client, now: Date.now })] : [];
  });
}
