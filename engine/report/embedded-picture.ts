/** A picture as a face of the report shows it. */
export interface EmbeddedPicture {
  readonly address: string;
  /** Of what stands at that address. */
  readonly sha256: string;
  /** Its size in pixels where it is smaller than the evidence. */
  readonly reduced: { readonly width: number; readonly height: number } | null;
}
