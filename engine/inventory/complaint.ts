/** An author's mistake: what is wrong with what, and what to write instead. */
export interface Complaint {
  readonly rule: string;
  readonly reason: string;
  readonly remedy: string;
}
