import { UncertainChange } from '../../tools/person-tool.ts';

/** A change was sent and no clear answer came: it may have been made or not. Never to be repeated. */
export class ChangeUnknown extends UncertainChange {
  constructor(system: string, what: string, options?: ErrorOptions) {
    super(`${system} was sent the change, but ${what}. Whether it was made is not known.`, options);
  }
}
