import db from 'dynalite/db/index.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import putItem from 'dynalite/validations/putItem.js';
import updateItem from 'dynalite/validations/updateItem.js';

const parameter = 'ReturnValuesOnConditionCheckFailure';
const { checkConditional } = db;

/**
 * Teaches dynalite the parameter that returns the item on which a condition failed; of itself it drops what it does not know. It looks at
 * conditions while it holds the item's lock, so that what comes back is the very item that failed.
 */
export function returnOldItems(): void {
  for (const { types } of [putItem, updateItem, deleteItem]) types[parameter] = { type: 'String', enum: ['ALL_OLD', 'NONE'] };
  db.checkConditional = (request, item) => {
    const refusal = checkConditional(request, item);
    if (refusal && item && request[parameter] === 'ALL_OLD') refusal.body.Item = item;
    return refusal;
  };
}
