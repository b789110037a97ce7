import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import { accountsTable } from '@vera/accounts/table';
import { ledgerTable } from '@vera/ledger/table';
import { Construct } from 'constructs';
import { shared } from '../constructs/shared.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface TablesProps {
  readonly settings: Settings;
  readonly keyArn: string;
}

/** The ledger of questions and the connected accounts; both can be put back to any second of the last 35 days. */
export class Tables extends Construct {
  readonly ledger: { readonly name: string; readonly arn: string; readonly indexArn: string };
  readonly accounts: { readonly name: string; readonly arn: string };

  constructor(scope: Construct, id: string, { settings, keyArn }: TablesProps) {
    super(scope, id);
    const kept = {
      billingMode: 'PAY_PER_REQUEST',
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
      deletionProtectionEnabled: settings.deletionProtection,
    };
    const { partitionKey, sortKey, ttlAttribute, index } = ledgerTable;
    const ledger = new DynamodbTable(this, 'ledger', {
      ...kept,
      name: nameOf(settings, 'ledger'),
      hashKey: partitionKey,
      rangeKey: sortKey,
      attribute: [text(partitionKey), text(sortKey), text(index.partitionKey), { name: index.sortKey, type: 'N' }],
      globalSecondaryIndex: [{ name: index.name, hashKey: index.partitionKey, rangeKey: index.sortKey, projectionType: 'ALL' }],
      ttl: { attributeName: ttlAttribute, enabled: true },
    });
    const accounts = new DynamodbTable(this, 'accounts', {
      ...kept,
      name: nameOf(settings, 'accounts'),
      hashKey: accountsTable.partitionKey,
      rangeKey: accountsTable.sortKey,
      attribute: [text(accountsTable.partitionKey), text(accountsTable.sortKey)],
      ttl: { attributeName: accountsTable.ttlAttribute, enabled: true },
    });
    const ledgerArn = shared(this, 'ledger_arn', ledger.arn);
    this.ledger = { name: shared(this, 'ledger_name', ledger.name), arn: ledgerArn, indexArn: `${ledgerArn}/index/${index.name}` };
    this.accounts = { name: shared(this, 'accounts_name', accounts.name), arn: shared(this, 'accounts_arn', accounts.arn) };
  }
}

function text(name: string) {
  return { name, type: 'S' };
}
