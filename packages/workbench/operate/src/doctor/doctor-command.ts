import { createCommand } from '../command.ts';
import { deployment } from '../deployment.ts';
import { placeHelp, placeOf, placeOptions } from '../place.ts';
import { checks } from './checks.ts';
import { examine, leftOut, verdictOf } from './examine.ts';
import { createPatient, sourcesOf } from './patient.ts';
import { policyOf } from './policy.ts';
import { findingsAsJson, tellFindings } from './tell-findings.ts';

const patience = 30_000;
const statuses = { well: 0, ails: 1, unseen: 2 } as const;

export const doctorCommand = createCommand({
  usage: ['doctor [--json] [--local [--data FOLDER]]', 'doctor --policy'],
  help: `Looks at all of it and changes nothing: what ails, why, and what helps. Ends with 0 where all is well, 1 where something ails, 2 where nothing
ails and something could not be looked at.

  --json          for a program
  --policy        prints the policy of whoever runs it in AWS, and looks at nothing
${placeHelp}
  SLACK_CONFIG_TOKEN  a configuration token of the Slack app (api.slack.com/apps, lasts twelve hours): with it Slack tells what the app is told of`,
  options: { ...placeOptions, json: { type: 'boolean' }, policy: { type: 'boolean' } },
  async act({ json, policy, ...where }) {
    if (policy) {
      process.stdout.write(`${JSON.stringify(policyOf(checks, deployment()), undefined, 2)}\n`);
      return 0;
    }
    const place = placeOf(where);
    const deployed = place.isLocal ? undefined : deployment();
    const patient = createPatient({
      place,
      deployment: deployed,
      secret: deployed?.secret ?? place.nameOf('secrets'),
      now: Date.now,
      fetch,
      slackConfigToken: process.env.SLACK_CONFIG_TOKEN,
      sources: sourcesOf(deployed ?? { settings: undefined }),
    });
    using _clients = patient.clients;
    const examined = await examine(checks, patient, patience);
    const verdict = verdictOf(examined);
    const without = place.isLocal ? leftOut(checks, patient) : [];
    process.stdout.write((json ? findingsAsJson : tellFindings)(examined, verdict, without));
    return statuses[verdict];
  },
});
