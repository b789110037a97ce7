/** Why somebody does not see their accounts. */
export type Notice = 'no-session' | 'expired' | 'forged' | 'not-found' | 'not-allowed' | 'failed';

export interface Words {
  readonly status: 403 | 404 | 405 | 410 | 500;
  readonly title: string;
  readonly text: string;
  /** Whether a new link would help. */
  readonly needsLink: boolean;
}

/** What a person reads instead of their accounts. */
export function wordsFor(notice: Notice): Words {
  switch (notice) {
    case 'no-session':
      return {
        status: 403,
        title: 'Open this page from Slack',
        text: 'Only a link from Vera tells this page who you are. If you had it open already: it closes after fifteen minutes, and it needs cookies.',
        needsLink: true,
      };
    case 'expired':
      return {
        status: 410,
        title: 'This link has expired',
        text: 'Links to this page work for ten minutes, so that an old message opens nothing.',
        needsLink: true,
      };
    case 'forged':
      return {
        status: 403,
        title: 'This link does not work',
        text: 'It is incomplete or was changed on its way. Nothing was opened.',
        needsLink: true,
      };
    case 'not-found':
      return { status: 404, title: 'There is no such page', text: 'The address may have been cut or mistyped.', needsLink: true };
    case 'not-allowed':
      return { status: 405, title: 'This page can only be looked at', text: 'Nothing can be sent to it.', needsLink: false };
    case 'failed':
      return {
        status: 500,
        title: 'Something went wrong here',
        text: 'It is not your doing. Please try again in a minute; if it stays so, tell the team that runs Vera.',
        needsLink: false,
      };
  }
}
