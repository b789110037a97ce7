import { randomBytes } from 'node:crypto';
import type { SlackGrant } from '../contract.ts';

/** OAuth codes, good once, and the tokens of people who signed in. */
export class Grants {
  private readonly codes = new Map<string, SlackGrant>();
  private readonly tokens = new Map<string, string>();

  issueCode(grant: SlackGrant): string {
    const code = randomBytes(24).toString('hex');
    this.codes.set(code, grant);
    return code;
  }

  redeem(code: string, purpose: SlackGrant['purpose']): SlackGrant | undefined {
    const grant = this.codes.get(code);
    if (grant?.purpose !== purpose) return undefined;
    this.codes.delete(code);
    return grant;
  }

  issueToken(user: string): string {
    const token = `xoxp-${randomBytes(24).toString('hex')}`;
    this.tokens.set(token, user);
    return token;
  }

  userOf(token: string): string | undefined {
    return this.tokens.get(token);
  }

  clear(): void {
    this.codes.clear();
    this.tokens.clear();
  }
}
