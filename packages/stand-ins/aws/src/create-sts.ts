import { randomBytes } from 'node:crypto';
import { type Clock, realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { type AwsOperation, answerAws } from './answer-aws.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecord } from './call-record.ts';
import { callerOf } from './caller.ts';
import type { Identity } from './iam/identity.ts';
import { type Statement, statementsOf } from './iam/statement.ts';
import { defaultPlace } from './place.ts';

/** A role that somebody may take on. */
export interface AssumableRole {
  readonly arn: string;
  /** Components that its trust policy names. */
  readonly trusts: readonly string[];
  readonly statements: readonly Statement[];
}

export interface StsParams {
  readonly port?: number;
  readonly record: CallRecord;
  readonly clock?: Clock;
  readonly roles: readonly AssumableRole[];
  /** Whose keys callers have. */
  readonly accountId?: string;
}

export interface StsEmulator extends Listening {
  /** Whose session a key and its token are; nobody's when they do not belong together, or their time is over. */
  sessionOf(accessKeyId: string, sessionToken: string | null): Identity | undefined;
  /** How many were opened. */
  readonly sessions: number;
}

interface Session extends Identity {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** AssumeRole and GetCallerIdentity, in the query protocol. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export async function createSts(params: StsParams): Promise<StsEmulator> {
  const { record, clock = realClock, roles, accountId = defaultPlace.accountId } = params;
  const sessions = new Map<string, Session>();

  async function operationOf(request: Request): Promise<AwsOperation> {
    const { accessKeyId } = callerOf(request, 'sts');
    const form = new URLSearchParams(await request.text());
    if (form.get('Action') === 'GetCallerIdentity') return callerIdentity(accessKeyId, accountId);
    if (form.get('Action') !== 'AssumeRole') throw new AwsError(400, 'InvalidAction', `Could not find operation ${form.get('Action')}`);
    const roleArn = form.get('RoleArn') ?? '';
    return {
      name: 'AssumeRole',
      needs: [{ action: 'sts:AssumeRole', resource: roleArn }],
      answer() {
        const asked = checked(form);
        const role = roles.find(({ arn, trusts }) => arn === roleArn && trusts.includes(accessKeyId));
        // The same words whether there is no such role or it does not trust the caller.
        if (!role)
          throw new AwsError(
            403,
            'AccessDenied',
            `User: ${accessKeyId} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
          );
        const key = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
        const session: Session = {
          arn: `${role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${asked.name}`,
          secretAccessKey: randomBytes(30).toString('base64'),
          token: randomBytes(120).toString('base64'),
          policies: [role.statements, ...(asked.policy ? [asked.policy] : [])],
          until: clock.now() + asked.seconds * 1000,
        };
        sessions.set(key, session);
        return xml(200, assumed(key, session));
      },
    };
  }

  const server = await listen(answerAws({ service: 'sts', record, clock, operationOf, refuse: refused }), params.port);
  return {
    ...server,
    get sessions() {
      return sessions.size;
    },
    sessionOf(accessKeyId, sessionToken) {
      const session = sessions.get(accessKeyId);
      return session && session.token === sessionToken && session.until > clock.now() ? session : undefined;
    },
  };
}

/** Everybody may ask it, whatever their policies say. */
function callerIdentity(user: string, account: string): AwsOperation {
  const result = `<Arn>arn:aws:iam::${account}:user/${user}</Arn><UserId>AIDA${user}</UserId><Account>${account}</Account>`;
  const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
  return { name: 'GetCallerIdentity', needs: [], answer: () => xml(200, body) };
}

/** What AssumeRole takes: its API reference names each of these limits. */
function checked(form: URLSearchParams): { readonly name: string; readonly seconds: number; readonly policy?: readonly Statement[] } {
  const name = form.get('RoleSessionName') ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) throw new AwsError(400, 'ValidationError', 'roleSessionName failed to satisfy constraint');
  const seconds = Number(form.get('DurationSeconds') ?? 3_600);
  if (!(seconds >= 900 && seconds <= 43_200)) throw new AwsError(400, 'ValidationError', 'durationSeconds failed to satisfy constraint');
  const text = form.get('Policy');
  if (text === null) return { name, seconds };
  if (text.length > 2_048) throw new AwsError(400, 'ValidationError', 'policy failed to satisfy constraint: at most 2048 characters');
  try {
    return { name, seconds, policy: statementsOf(text) };
  } catch {
    throw new AwsError(400, 'MalformedPolicyDocument', 'The policy is not in the valid JSON format.');
  }
}

function assumed(key: string, { arn, secretAccessKey, token, until }: Session): string {
  const credentials =
    `<AccessKeyId>${key}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${token}</SessionToken><Expiration>${new Date(until).toISOString()}</Expiration>`;
  const user = `<AssumedRoleId>AROA:${arn.split('/').at(-1)}</AssumedRoleId><Arn>${arn}</Arn>`;
  const result = `<Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser>`;
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>${result}</AssumeRoleResult></AssumeRoleResponse>`;
}

function refused({ status, type, message }: AwsError): Response {
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return xml(status, `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>${escaped}</Message></Error></ErrorResponse>`);
}

function xml(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/xml' } });
}
