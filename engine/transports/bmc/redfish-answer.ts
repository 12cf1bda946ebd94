import type { JsonObject } from "../../base/json.ts";
import { isJsonObject, type Json } from "../../base/json.ts";
import type { HttpAnswer } from "../port.ts";

/** The answer's JSON object; undefined when it holds none. */
export function readJson({ body }: Pick<HttpAnswer, "body">): JsonObject | undefined {
  try {
    const value = JSON.parse(body.toString("utf8")) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Ids of the messages that an answer carries, without registry and version, as these differ between firmwares. */
export function messageIds(answer: Pick<HttpAnswer, "body">): readonly string[] {
  const json = readJson(answer);
  if (json === undefined) return [];
  const error = json["error"];
  const listed = isJsonObject(error ?? null) ? (error as JsonObject)["@Message.ExtendedInfo"] : json["Messages"];
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((message) => {
    const id = isJsonObject(message) ? message["MessageId"] : undefined;
    return typeof id === "string" ? [id.split(".").at(-1) ?? id] : [];
  });
}

/** The resource's ETag, from its header or its body; an empty one counts as none. */
export function etagOf(answer: HttpAnswer): string | undefined {
  const inBody = readJson(answer)?.["@odata.etag"];
  const etag = answer.headers["etag"] ?? (typeof inBody === "string" ? inBody : undefined);
  return etag === undefined || etag.trim() === "" ? undefined : etag;
}
