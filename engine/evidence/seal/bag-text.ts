import { sha256 } from "../../base/digest.ts";
import type { Statement } from "./statement.ts";

/** `bagit.txt` of BagIt 1.0 (RFC 8493). */
export const BAG_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/** A file of the payload, by its path from the bag's folder. */
export interface PayloadFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** `bag-info.txt`: follows from the attestation and the payload alone, so that anyone who changed it is found out. */
export function bagInfo({ predicate }: Statement, files: readonly PayloadFile[]): string {
  const { run, seal, sealedAt, engine, operator, evidenceRoot } = predicate.constat;
  const octets = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `Bag-Software-Agent: Constat ${engine}`,
    `Bagging-Date: ${sealedAt.slice(0, 10)}`,
    `Contact-Name: ${operator.user}`,
    `Evidence-Root: ${evidenceRoot}`,
    `External-Identifier: ${run}`,
    `Payload-Oxum: ${octets}.${files.length}`,
    `Seal-Key: ${operator.key}`,
    `Seal-Number: ${seal}`,
    "",
  ].join("\n");
}

/** Lines as `sha256sum -c` reads them, sorted by path. */
export function manifestText(files: Iterable<Pick<PayloadFile, "path" | "sha256">>): string {
  return [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, sha256: digest }) => `${digest}  ${path}\n`)
    .join("");
}

/** SHA-256 over the manifest's lines for the evidence alone: the same before and after the report and the seal are made. */
export function evidenceRootOf(
  files: Iterable<Pick<PayloadFile, "path" | "sha256">>,
  isPart: (path: string) => boolean,
): string {
  return sha256(manifestText([...files].filter(({ path }) => isPart(path))));
}
