import { affinityCommand } from './affinity/affinity-command.ts';
import { auditCommand } from './audit/audit-command.ts';
import { bootstrapCommand } from './bootstrap/bootstrap-command.ts';
import { checkCommand } from './check/check-command.ts';
import type { Command } from './command.ts';
import { costCommand } from './cost/cost-command.ts';
import { doctorCommand } from './doctor/doctor-command.ts';
import { explainCommand } from './explain/explain-command.ts';
import { kbCommand } from './kb/kb-command.ts';
import { logsCommand } from './logs/logs-command.ts';
import { questionsCommand } from './questions/questions-command.ts';
import { reportCommand } from './report/report-command.ts';
import { rollbackCommand } from './rollback/rollback-command.ts';
import { secretsCommand } from './secrets/secrets-command.ts';
import { sessionsCommand } from './sessions/sessions-command.ts';
import { toolsCommand } from './tools/tools-command.ts';

/** In the order in which somebody needs them. */
export const commands: Readonly<Record<string, Command>> = {
  bootstrap: bootstrapCommand,
  secrets: secretsCommand,
  check: checkCommand,
  doctor: doctorCommand,
  explain: explainCommand,
  logs: logsCommand,
  questions: questionsCommand,
  sessions: sessionsCommand,
  rollback: rollbackCommand,
  tools: toolsCommand,
  kb: kbCommand,
  cost: costCommand,
  report: reportCommand,
  audit: auditCommand,
  affinity: affinityCommand,
};
