import { counted } from '../tools/told-text.ts';
import type { Tool } from '../tools/tool.ts';
import type { TableShelf } from './table.ts';

/** A tool that reads many rows gives them as a table: it lies beside the turn, and the model reads its reference instead of the rows. */
export function shelved(tables: TableShelf, tool: Tool): Tool {
  return {
    ...tool,
    async run(...call) {
      const output = await tool.run(...call);
      if (!output.table || output.isError) return output;
      const reference = tables.add(output.table);
      const columns = output.table.columns.map(({ name }) => name).join(', ');
      const rows = counted(output.table.rows.length, 'row', 'rows');
      return { ...output, text: `${output.text}\nThe rows are ${reference} (${rows}; columns: ${columns}).` };
    },
  };
}
