/** One line of a node's journal. */
export interface JournalEntry {
  /** Lab milliseconds. */
  readonly at: number;
  readonly unit: string;
  /** "corosync[445]" */
  readonly source: string;
  readonly text: string;
}
