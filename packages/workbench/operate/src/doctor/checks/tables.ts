import { DescribeContinuousBackupsCommand, DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { ask, askIfThere } from '../ask.ts';
import type { Check, Patient } from '../check.ts';

const part = 'tables';
const rights = { table: 'dynamodb:DescribeTable', ttl: 'dynamodb:DescribeTimeToLive', backups: 'dynamodb:DescribeContinuousBackups' };
const deployIt = 'pnpm cdktf deploy storage';

export const tablesCheck: Check = {
  part,
  asks: 'Are ledger and accounts there, do they forget, and can they be put back?',
  rights: Object.values(rights),
  concerns: () => true,
  async look(patient) {
    const found = await Promise.all(['ledger', 'accounts'].map((role) => lookAt(patient.nameOf(role), patient)));
    const faults = found.flat();
    return faults.length > 0 ? faults : [lives(part, 'ledger and accounts are there, forget in time, and can be put back')];
  },
};

async function lookAt(TableName: string, { clients, settings, isLocal }: Patient): Promise<Finding[]> {
  const client = clients('dynamoDb');
  const described = await askIfThere(rights.table, () => client.send(new DescribeTableCommand({ TableName })));
  const { TableStatus, GlobalSecondaryIndexes = [], DeletionProtectionEnabled, SSEDescription } = described?.Table ?? {};
  if (!described?.Table) return [ails(part, `${TableName} is not there`, deployIt)];
  if (TableStatus === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' || SSEDescription?.InaccessibleEncryptionDateTime)
    return [
      ails(
        part,
        `${TableName} cannot be read: its key is switched off, deleted, or forbids it`,
        'aws kms enable-key of its key, within seven days: the table is archived then',
      ),
    ];
  if (TableStatus !== 'ACTIVE' && TableStatus !== 'UPDATING')
    return [ails(part, `${TableName} is ${TableStatus}`, 'wait, and ask again; else put it back from its backup (docs/deploy.md)')];
  const index = GlobalSecondaryIndexes.find(({ IndexStatus }) => IndexStatus !== 'ACTIVE');
  if (index)
    return [
      ails(
        part,
        `the index ${index.IndexName} of ${TableName} is ${index.IndexStatus}: the sweeper finds no lost question`,
        'wait, and ask again',
      ),
    ];
  // The stand-in knows neither.
  if (isLocal) return [];
  const [{ TimeToLiveDescription: ttl }, { ContinuousBackupsDescription: backups }] = await Promise.all([
    ask(rights.ttl, () => client.send(new DescribeTimeToLiveCommand({ TableName }))),
    ask(rights.backups, () => client.send(new DescribeContinuousBackupsCommand({ TableName }))),
  ]);
  const faults: Finding[] = [];
  if (!['ENABLED', 'ENABLING'].includes(ttl?.TimeToLiveStatus ?? ''))
    faults.push(ails(part, `${TableName} never forgets: its time to live is ${ttl?.TimeToLiveStatus ?? 'not set'}`, deployIt));
  if (backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus !== 'ENABLED')
    faults.push(ails(part, `${TableName} cannot be put back: point-in-time recovery is off`, deployIt));
  if (settings && DeletionProtectionEnabled !== settings.deletionProtection)
    faults.push(
      ails(
        part,
        `${TableName} ${DeletionProtectionEnabled ? 'refuses' : 'allows'} to be deleted, and the settings say otherwise`,
        deployIt,
      ),
    );
  return faults;
}
