import type { Raster } from "./raster.ts";

/** A machine's screen and keyboard, however they are reached. */
export interface Screen {
  grab(signal: AbortSignal): Promise<Raster>;
  /** Keys in QEMU's names. */
  press(keys: readonly string[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
