import { deploymentOf } from '../../permissions/deployment-of.ts';
import type { Environments } from '../../permissions/permissions-document.ts';
import { stacksOf } from '../../permissions/stacks-json.ts';
import { parseSettings } from '../../settings/settings.ts';
import { lambda, production, trial } from '../example-settings.ts';

/** What the example settings would make, by the name of the environment. */
export function exampleDeployments(): Environments {
  return Object.entries({ trial, production, lambda }).map(
    ([name, settings]) => [name, deploymentOf(stacksOf(parseSettings(name, settings)))] as const,
  );
}
