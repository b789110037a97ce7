/** An account at the Atlassian site. */
export interface AtlassianPerson {
  readonly accountId: string;
  /** How the data files name the person. */
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  /** May look, may not change anything: the account behind a gateway's key. */
  readonly readsOnly?: boolean;
}
