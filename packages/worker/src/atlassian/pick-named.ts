import { shorten, textLimits } from '@vera/protocol/shorten';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import { ToolFailure } from '../tools/tool.ts';

const mostListed = 30;

interface PickParts<Item> {
  /** As in "No issue type …". */
  readonly what: string;
  readonly wanted: string;
  readonly nameOf: (item: Item) => string;
}

/** The one item of a name, whatever the case. A `ToolFailure` lists the names there are. */
export function pickNamed<Item>(items: readonly Item[], { what, wanted, nameOf }: PickParts<Item>): Item {
  const same = (text: string) => text.trim().toLowerCase();
  const found = items.filter((item) => same(nameOf(item)) === same(wanted));
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  if (another !== undefined)
    throw new ToolFailure(`There are ${found.length} with the name "${shorten(wanted, textLimits.quote)}" for ${what}. Name another.`);
  throw new ToolFailure(`No ${what} "${shorten(wanted, textLimits.quote)}". ${listed(items.map(nameOf))}`);
}

/** Names that people gave, so they stand marked. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'There is none.';
  const more = names.length > mostListed ? `, and ${names.length - mostListed} more` : '';
  const some = names.slice(0, mostListed).map((name) => plainName(name, textLimits.listedName));
  return `There are: ${markAsData(`${some.join(', ')}${more}.`, 'Atlassian')}`;
}
