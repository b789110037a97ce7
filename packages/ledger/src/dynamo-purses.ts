import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { unlessRefused } from '@vera/service-kit/dynamo-db';
import { expiryOf } from './dynamo-inbox.ts';
import type { LedgerTableParams } from './dynamo-items.ts';
import type { DayPurse, Purse, Purses, Reservation, Reserved, Spent, Used } from './purse.ts';
import { isReservation, itemKeyOf, reservationOf } from './record.ts';

/** No call is under way for longer, whatever a turn may take: whoever made it has died, or the call broke off. */
const longestCall = 15 * 60_000;
/** More calls at once than a workspace has workers end between two looks. */
const mostTries = 5;

class PurseError extends Error {
  readonly code = 'purse';
}

type Item = Record<string, AttributeValue>;
const counted = ['calls', 'tokens', 'microDollars'] as const;

/**
 * One item for each purse and day, beside the threads: it is no question, stands in no index, and goes away by itself. What a question used
 * stands in its record. Each purse is one conditional write: a transaction over all would double the writes and fail where two calls meet.
 */
export function createDynamoPurses(params: LedgerTableParams): Purses {
  const { dynamoDb, tableName: TableName } = params;
  const get = async (purse: Purse) => (await dynamoDb('GetItem', { TableName, Key: keyOf(purse), ConsistentRead: true })).Item;
  return {
    async reserve(purse, reservation, limits) {
      for (let tries = 0; tries < mostTries; tries += 1) {
        if (await write(params, purse, reserving(params, purse, { reservation, limits }))) return { kind: 'reserved' };
        const why = whyNot(await get(purse), purse, { reservation, limits });
        if (why) return why;
      }
      throw new PurseError('What was in the way each time was gone when it was looked at');
    },
    async settle(purse, reservation, used) {
      const settled = await write(params, purse, settling(reservation, used));
      return settled && usedIn(settled, params.now());
    },
    read: async (purse) => usedIn(await get(purse), params.now()),
    async admit({ questionId, teamId, userId, receivedAt }, most) {
      const minute = new Date(receivedAt).toISOString().slice(0, 16);
      const admitted = await write(
        params,
        { kind: 'person', teamId, id: userId, day: minute },
        {
          // A set: what is in it already is not counted again.
          UpdateExpression: 'ADD asked :question SET expiresAt = :expires',
          ConditionExpression: 'attribute_not_exists(asked) OR size(asked) < :most OR contains(asked, :id)',
          ExpressionAttributeValues: marshall({
            ...{ ':question': new Set([questionId]), ':id': questionId, ':most': most },
            ':expires': expiryOf(params.now()),
          }),
        },
      );
      return admitted !== undefined;
    },
    async tellOnce(purse, percent, questionId) {
      const told = await write(params, purse, {
        UpdateExpression: 'SET told = :percent, toldBy = :question',
        // Its own word counts: the SDK repeats a write whose answer got lost, and a worker may die before it has told.
        ConditionExpression: 'attribute_not_exists(told) OR told < :percent OR (told = :percent AND toldBy = :question)',
        ExpressionAttributeValues: marshall({ ':percent': percent, ':question': questionId }),
      });
      return told !== undefined;
    },
  };
}

interface Wanted {
  readonly reservation: Reservation;
  readonly limits: Partial<Spent>;
}

/** The mark is what makes a write that is repeated, because its answer got lost, count once. */
function reserving({ now }: LedgerTableParams, purse: Purse, { reservation: { id, most }, limits }: Wanted) {
  const limited = counted.filter((name) => limits[name] !== undefined);
  const isLeft = limited.map((name) => `(attribute_not_exists(${name}) OR ${name} < :most${name})`);
  // A record that went away is not begun anew by what its question cost.
  const isThere = purse.kind === 'question' ? ['attribute_exists(message)'] : [];
  const goesAway = purse.kind === 'question' ? '' : ', expiresAt = :expires';
  return {
    UpdateExpression: `SET #mark = :mark${goesAway} ${adding}`,
    ConditionExpression: ['attribute_not_exists(#mark)', ...isThere, ...isLeft].join(' AND '),
    ExpressionAttributeNames: { '#mark': reservationOf(id) },
    ExpressionAttributeValues: marshall({
      ':mark': { at: now(), ...most },
      ...amounts(most),
      ...Object.fromEntries(limited.map((name) => [`:most${name}`, limits[name]])),
      ...(goesAway === '' ? {} : { ':expires': expiryOf(now()) }),
    }),
  };
}

function settling({ id, most }: Reservation, used: Spent) {
  const difference = {
    calls: used.calls - most.calls,
    tokens: used.tokens - most.tokens,
    microDollars: used.microDollars - most.microDollars,
  };
  return {
    UpdateExpression: `REMOVE #mark ${adding}`,
    ConditionExpression: 'attribute_exists(#mark)',
    ExpressionAttributeNames: { '#mark': reservationOf(id) },
    ExpressionAttributeValues: marshall(amounts(difference)),
  };
}

/** Undefined: what was in the way is gone. */
function whyNot(item: Item | undefined, purse: Purse, { reservation, limits }: Wanted): Reserved | undefined {
  if (purse.kind === 'question' && !item) throw new PurseError('The question is on no record any more');
  // Our own write, whose answer got lost.
  if (item?.[reservationOf(reservation.id)]) return { kind: 'reserved' };
  const spent = spentIn(item);
  const reached = counted.find((name) => spent[name] >= (limits[name] ?? Number.POSITIVE_INFINITY));
  return reached && { kind: 'refused', reached };
}

async function write(
  { dynamoDb, tableName }: LedgerTableParams,
  purse: Purse,
  update: Omit<Parameters<typeof dynamoDb<'UpdateItem'>>[1], 'TableName' | 'Key'>,
): Promise<Item | undefined> {
  const written = dynamoDb('UpdateItem', { TableName: tableName, Key: keyOf(purse), ...update, ReturnValues: 'ALL_NEW' });
  return (await unlessRefused(written))?.Attributes;
}

const adding = 'ADD calls :calls, tokens :tokens, microDollars :microDollars';

function amounts({ calls, tokens, microDollars }: Spent) {
  return { ':calls': calls, ':tokens': tokens, ':microDollars': microDollars };
}

function spentIn(item: Item | undefined): Spent {
  const of = (name: keyof Spent) => Number(item?.[name]?.N ?? 0);
  return { calls: of('calls'), tokens: of('tokens'), microDollars: of('microDollars') };
}

function usedIn(item: Item = {}, now: number): Used {
  const marks = Object.keys(item).filter(isReservation);
  const underWay = marks.map((name) => unmarshall({ mark: item[name] as AttributeValue }).mark).filter(({ at }) => at > now - longestCall);
  const sum = (name: keyof Spent) => underWay.reduce((total, most) => total + most[name], 0);
  return {
    ...spentIn(item),
    isAtMost: marks.length > 0,
    underWay: { calls: sum('calls'), tokens: sum('tokens'), microDollars: sum('microDollars') },
  };
}

/** A team's id has letters before any bar: no thread is called so. */
function keyOf(purse: Purse): Item {
  return purse.kind === 'question' ? itemKeyOf(purse.question) : marshall({ thread: threadOf(purse), message: purse.day });
}

function threadOf({ kind, teamId, id }: DayPurse): string {
  return `budget|${kind}|${teamId}|${id}`;
}
