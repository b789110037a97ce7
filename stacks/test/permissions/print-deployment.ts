// For the proof of the permissions, which may not import the stacks: the roles of an example, `trial`, `production` or `lambda`, as AWS will have them.
import { exampleDeployments } from './example-deployments.ts';

process.stdout.write(`${JSON.stringify(Object.fromEntries(exampleDeployments())[process.argv[2] ?? ''])}\n`);
