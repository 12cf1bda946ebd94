import { canonicalJson } from "../../base/digest.ts";
import { isJsonObject, type Json } from "../../base/json.ts";
import type { SigningKey } from "./signing-key.ts";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** A DSSE envelope as it was read: what was signed, letter for letter, and the one signature over it. */
export interface Envelope {
  readonly payload: Buffer;
  /** The bytes that the signature is over. */
  readonly signed: Buffer;
  readonly keyid: string;
  readonly signature: Buffer;
}

/** The text of a DSSE envelope (canonical JSON, one line) around a payload. */
export function sealEnvelope(payload: Json, key: SigningKey): string {
  const bytes = Buffer.from(canonicalJson(payload), "utf8");
  const signature = key.sign(preAuthentication(bytes)).toString("base64");
  const envelope = {
    payload: bytes.toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: key.fingerprint, sig: signature }],
  };
  return `${canonicalJson(envelope)}\n`;
}

/** Takes an envelope apart. Undefined for a text that is not letter for letter one of ours: nothing may stand in it unseen. */
export function openEnvelope(text: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value) || value["payloadType"] !== PAYLOAD_TYPE || typeof value["payload"] !== "string")
    return undefined;
  const { signatures } = value;
  const first = Array.isArray(signatures) && signatures.length === 1 ? (signatures[0] as Json) : undefined;
  if (!isJsonObject(first)) return undefined;
  const { keyid, sig } = first;
  if (typeof keyid !== "string" || typeof sig !== "string") return undefined;
  const payload = Buffer.from(value["payload"], "base64");
  const signature = Buffer.from(sig, "base64");
  const again = {
    payload: payload.toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid, sig: signature.toString("base64") }],
  };
  if (`${canonicalJson(again)}\n` !== text) return undefined;
  return { payload, signed: preAuthentication(payload), keyid, signature };
}

/** DSSE's pre-authentication encoding: lengths stand before the parts, so that none can run into the next. */
function preAuthentication(payload: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, "utf8"), payload]);
}
