/** What a CD image holds, as far as a machine that reads it can tell. */
export type DiscImage =
  /** The product's installer; prepared for an unattended installation when it says where its answers are. */
  | { readonly type: "installer"; readonly answers?: AnswerSource | undefined }
  /** Files under a volume label. */
  | { readonly type: "files"; readonly label: string; readonly files: ReadonlyMap<string, string> };

/** Where an unattended installation looks for its answers: on the image itself, or on a partition of that label. */
export type AnswerSource =
  | { readonly from: "iso"; readonly answer: string }
  | { readonly from: "partition"; readonly label: string };

/** Bytes of the installer's image. */
export const INSTALLER_BYTES = 1_706_571_776;

/** A file whose bytes the lab does not keep, only how many there are. */
export interface HeavyFile {
  readonly size: number;
  readonly image?: DiscImage | undefined;
}
