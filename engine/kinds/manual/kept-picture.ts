/** How `removed` names bytes that follow the picture in its file. */
export const BEHIND_THE_END = "données après la fin";

/** A picture as it may be kept, or why it may not be, in French. */
export type ReadPicture =
  | {
      readonly ok: true;
      readonly mediaType: "image/png" | "image/jpeg";
      /** As it is looked at: upright. */
      readonly width: number;
      readonly height: number;
      /** The same pixels without what else a camera or a program wrote into the file. */
      readonly bytes: Buffer;
      /** What was left out, in French; empty when nothing was. */
      readonly removed: readonly string[];
      /** How viewers turn it, as EXIF numbers it; 1: not at all. */
      readonly orientation: number;
    }
  | { readonly ok: false; readonly reason: string };
