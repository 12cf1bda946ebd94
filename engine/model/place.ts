/** Where something stands in an author's file; lines and columns count from 1. */
export interface Place {
  /** Path of the file as the author knows it, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
