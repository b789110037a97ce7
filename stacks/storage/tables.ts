import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import { accountsTable } from '@vera/accounts/table';
import { auditHeadsTable, auditTable } from '@vera/audit/table';
import { ledgerTable } from '@vera/ledger/table';
import { Construct } from 'constructs';
import { shared } from '../constructs/shared.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface Table {
  readonly name: string;
  readonly arn: string;
}

interface TablesProps {
  readonly settings: Settings;
  readonly keyArn: string;
}

/** The ledger of questions, the connected accounts and the audit log; all can be put back to any second of the last 35 days. */
export class Tables extends Construct {
  readonly ledger: Table & { readonly indexArn: string };
  readonly accounts: Table;
  readonly audit: Table;
  /** Of the audit log, for nobody who writes lines. */
  readonly auditHeads: Table;

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
    const audit = new DynamodbTable(this, 'audit', {
      ...kept,
      name: nameOf(settings, 'audit'),
      hashKey: auditTable.partitionKey,
      rangeKey: auditTable.sortKey,
      attribute: [text(auditTable.partitionKey), text(auditTable.sortKey)],
      ttl: { attributeName: auditTable.ttlAttribute, enabled: true },
    });
    const heads = new DynamodbTable(this, 'audit-heads', {
      ...kept,
      name: nameOf(settings, 'audit-heads'),
      hashKey: auditHeadsTable.partitionKey,
      rangeKey: auditHeadsTable.sortKey,
      attribute: [text(auditHeadsTable.partitionKey), text(auditHeadsTable.sortKey)],
    });
    this.audit = { name: shared(this, 'audit_name', audit.name), arn: shared(this, 'audit_arn', audit.arn) };
    this.auditHeads = { name: shared(this, 'audit_heads_name', heads.name), arn: shared(this, 'audit_heads_arn', heads.arn) };
  }
}

function text(name: string) {
  return { name, type: 'S' };
}
