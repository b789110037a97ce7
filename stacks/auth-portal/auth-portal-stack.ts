import { authPortalEnv } from '@vera/auth-portal/env';
import { authPortalPermissions } from '@vera/auth-portal/permissions';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { environmentOf } from '../constructs/environment-of.ts';
import { grantsOf } from '../constructs/grant.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import { Output } from '../constructs/output.ts';
import { PublicUrl } from '../constructs/public-url.ts';
import { shared } from '../constructs/shared.ts';
import { useAws } from '../constructs/use-aws.ts';
import { frontDigestsOf } from '../front/front-secret.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { accountsKeyOf, usingKey } from '../storage/key-access.ts';
import type { StorageStack } from '../storage/storage-stack.ts';

interface AuthPortalStackProps {
  readonly settings: Settings;
  readonly storage: StorageStack;
}

/** Where people see and connect their own accounts. */
export class AuthPortalStack extends TerraformStack {
  readonly functionName: string;
  readonly logGroup: string;
  readonly url: string;
  /** What a front calls, where there is one. */
  readonly frontOrigin: string | undefined;

  constructor(scope: Construct, id: string, { settings, storage }: AuthPortalStackProps) {
    super(scope, id);
    useAws(this, settings);
    const { region, account, front } = settings;
    const publicUrl = front ? `https://${front.portal}/` : settings.portalUrl;
    // By name: its stack needs the worker's, and that needs the URL made here.
    const invoker = nameOf(settings, 'invoker');
    const portal = new NodeLambda(this, 'portal', {
      settings,
      deployable: 'auth-portal',
      logKey: storage.logKey,
      environment: environmentOf(authPortalEnv, {
        SECRET_ID: storage.secretArn,
        ACCOUNTS_TABLE: storage.tables.accounts.name,
        ACCOUNTS_KEY: storage.keyArn,
        AUDIT_TABLE: storage.tables.audit.name,
        AUDIT_DAYS: String(settings.audit.days),
        INVOKER_FUNCTION: invoker,
        PUBLIC_URL: publicUrl,
        ...frontDigestsOf(this, storage.frontSecret),
      }),
      grants: {
        ...grantsOf(authPortalPermissions, {
          secret: { resources: [storage.secretArn] },
          accountsTable: { resources: [storage.tables.accounts.arn] },
          auditTable: { resources: [storage.tables.audit.arn] },
          accountsKey: accountsKeyOf(storage),
          invokerFunction: { resources: [`arn:aws:lambda:${region}:${account}:function:${invoker}`] },
        }),
        key: usingKey(storage.keyArn, region, ['dynamodb', 'secretsmanager']),
      },
    });
    this.functionName = portal.functionName;
    this.logGroup = portal.logGroup;
    const address = new PublicUrl(this, 'public', { functionName: portal.functionName, region });
    const own = shared(this, 'function_url', address.url);
    this.frontOrigin = front && shared(this, 'portal_host', address.host);
    this.url = publicUrl ?? own;
    new Output(this, 'portal_url', { value: this.url });
  }
}
