import type { Block } from "../../model/runbook.ts";
import type { OperatorRequest } from "../../transports/port.ts";

/** What a block asks of a person: by itself a picture when it serves a caption, else a note. The caption is that of the picture. */
export function askedOf({ id, settings: { asks, capture } }: Block): Pick<OperatorRequest, "caption" | "wants"> {
  const serves = capture !== undefined && capture !== false;
  const wants =
    asks === undefined
      ? { picture: serves, note: !serves }
      : { picture: asks.includes("picture"), note: asks.includes("note") };
  return { wants, caption: wants.picture ? (typeof capture === "string" ? capture : id) : undefined };
}
