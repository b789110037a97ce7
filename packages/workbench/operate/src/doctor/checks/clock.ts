import { ails, lives, nameOf } from '../../check/finding.ts';
import { type Check, GroundError } from '../check.ts';
import { slackApiOf } from '../slack-api.ts';

const part = 'clock';
/** Slack's signatures are good for five minutes, AWS's too. */
const mostSeconds = 60;

export const clockCheck: Check = {
  part,
  asks: 'Does this clock agree with that of Slack?',
  rights: [],
  concerns: () => true,
  async look(patient) {
    const asked = patient.now();
    const { headers } = await patient.fetch(`${slackApiOf(patient)}api.test`, { method: 'POST' }).catch((error: unknown) => {
      throw new GroundError(`Slack could not be reached (${nameOf(error)})`, 'look whether this machine reaches https://slack.com/api/');
    });
    const date = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(date)) throw new GroundError('Slack tells no time', 'ask again');
    // What a slow line takes is not held against the clock.
    const off = Math.round((date < asked ? date - asked : Math.max(0, date - patient.now())) / 1000);
    const seconds = Math.abs(off);
    const told = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
    if (seconds > mostSeconds)
      return [
        ails(
          part,
          `this machine is ${told} ${off > 0 ? 'behind' : 'ahead of'} Slack: what it signs is refused`,
          'sudo timedatectl set-ntp true',
        ),
      ];
    return [lives(part, 'it agrees with that of Slack')];
  },
};
