import type { QueryCommandInput, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './table/evaluate.ts';
import type { TableModel } from './table/table-model.ts';

interface OrderParams {
  readonly table: TableModel;
  /** True milliseconds. */
  readonly now: () => number;
  readonly violate: (what: string) => void;
}

/** Between a look and what follows from it, tried three times, in milliseconds. */
const longestCall = 16_000;

/**
 * So long a question may stand still though nothing before it is worked on, in milliseconds, whatever befell those who were to bring it: less than a
 * card waits for its yes.
 */
const longestHeldUp = 600_000;

/** Whether the questions of a thread are begun in the order they were asked, and none waits for what waits for a person. */
export class Order {
  /** Since when each question was open without a break. */
  private readonly openSince = new Map<string, number>();
  /** Since when nothing before a question has been worked on. */
  private readonly freeSince = new Map<string, number>();
  /** When a process last looked for questions before one. */
  private readonly looked = new Map<string, number>();
  private readonly params: OrderParams;

  constructor(params: OrderParams) {
    this.params = params;
  }

  /** To be told of each call that the table has answered. */
  note(process: string, operation: string, input: object): void {
    const { table, now } = this.params;
    const { Key, ExpressionAttributeValues: values = {} } = input as UpdateItemCommandInput & QueryCommandInput;
    if (operation === 'Query' && values[':before']) this.look(`${process} ${values[':before'].S}`);
    if (operation !== 'UpdateItem' && operation !== 'PutItem') return;
    const items = table.items;
    const isWorkedOn = (item: Item) => item.open?.S === '1' && !waitsWithOne(item, items);
    for (const item of items) {
      const message = item.message?.S ?? '';
      const isFirst = () => !items.some((other) => isBefore(other, item) && isWorkedOn(other));
      keep(this.openSince, message, isWorkedOn(item), now());
      keep(this.freeSince, message, isWorkedOn(item) && item.state?.S === 'received' && isFirst(), now());
      if (now() - (this.freeSince.get(message) ?? now()) > longestHeldUp)
        this.params.violate(`${message} waits, and nothing before it is worked on`);
    }
    if (values[':owner'] && values[':account']) this.judge(process, items, Key?.message?.S ?? '');
  }

  /** A process may look twice at once, for two copies: it is judged by the look before. */
  private look(key: string): void {
    const { now } = this.params;
    const before = this.looked.get(key);
    if (before === undefined || now() - before > longestCall) this.looked.set(key, now());
  }

  /** An earlier one that came while it was looked for is nobody's fault; what is wanted no more is ended before its turn. */
  private judge(process: string, items: readonly Item[], taken: string): void {
    const own = items.find(({ message }) => message?.S === taken);
    if (own?.stopRequestedAt ?? own?.withdrawnAt) return;
    const looked = this.looked.get(`${process} ${taken}`) ?? this.params.now();
    const earlier = items.filter(({ message }) => (message?.S ?? '') < taken);
    const passed = earlier.find(({ message }) => (this.openSince.get(message?.S ?? '') ?? Number.POSITIVE_INFINITY) < looked);
    if (passed) this.params.violate(`${taken} is begun before ${passed.message?.S}`);
  }
}

function isBefore(one: Item, other: Item): boolean {
  return one.thread?.S === other.thread?.S && (one.message?.S ?? '') < (other.message?.S ?? '');
}

/** Since when it is so without a break. */
function keep(since: Map<string, number>, message: string, isSo: boolean, now: number): void {
  if (!isSo) since.delete(message);
  else if (!since.has(message)) since.set(message, now);
}

/** What waits for a person together with what took it in keeps nobody waiting. */
function waitsWithOne({ message, foldedInto }: Item, items: readonly Item[]): boolean {
  const isWith = ({ open, folded, ...one }: Item) =>
    open?.S === 'w' && one.message?.S === foldedInto?.S && (folded?.L ?? []).some(({ S }) => S === message?.S);
  return foldedInto !== undefined && items.some(isWith);
}
