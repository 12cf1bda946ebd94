import type { NumberedTable } from "../model/report-front.ts";

/** Gives tables their numbers, in the order in which they are asked for: that of the report. */
export class NumberedTables {
  readonly #tables: NumberedTable[] = [];

  add(anchor: string, caption: string): NumberedTable {
    const table = { number: this.#tables.length + 1, anchor, caption };
    this.#tables.push(table);
    return table;
  }

  /** Those of these that the report shows. */
  addShown(tables: readonly (readonly [anchor: string, caption: string, shown: boolean])[]): void {
    for (const [anchor, caption, shown] of tables) if (shown) this.add(anchor, caption);
  }

  list(): readonly NumberedTable[] {
    return [...this.#tables];
  }
}
