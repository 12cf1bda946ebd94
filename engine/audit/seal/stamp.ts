import { sha256 } from "../../base/digest.ts";
import { certificatesOf, readQuery, readStamp, SEAL, type StampReading } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import { broken, noted } from "./broken.ts";
import type { SealParts } from "./read-seal.ts";

/** A time stamp that holds: at which instant, by whom, and whether that authority is believed (null: nobody said). */
export interface Stamp {
  readonly at: string;
  readonly authority: string;
  readonly certificate: string;
  readonly trusted: boolean | null;
}

/** The time stamp token over the tag manifest, and the question it answers. */
export async function auditStamp(
  { tags, query, stamp }: SealParts,
  announced: boolean,
  authorities: string | undefined,
): Promise<{ readonly findings: readonly Finding[]; readonly stamp: Stamp | null }> {
  const asked = query === undefined ? undefined : readQuery(query);
  const digest = tags === undefined ? undefined : sha256(tags);
  const findings: Finding[] = [];
  if (query !== undefined && (asked === undefined || asked.digest !== digest))
    findings.push(wrong(SEAL.query, "Ce n’est pas la demande d’horodatage de ce scellement."));
  if (query === undefined && (announced || stamp !== undefined))
    findings.push(wrong(SEAL.query, "La demande d’horodatage annoncée par le scellement manque."));
  if (stamp === undefined) {
    if (query !== undefined || announced) findings.push(pending());
    return { findings, stamp: null };
  }
  const trusted = authorities === undefined ? undefined : certificatesOf(authorities);
  const reading = await readStamp(stamp, tags ?? Buffer.alloc(0), trusted);
  if (typeof reading === "string") findings.push(wrong(SEAL.stamp, `Pas de jeton : ${reading}.`));
  else findings.push(...judge(reading, digest, asked?.nonce));
  if (typeof reading === "string" || findings.some(({ severity }) => severity === "error"))
    return { findings, stamp: null };
  const { at, authority, certificate } = reading;
  return { findings, stamp: { at, authority, certificate, trusted: reading.trusted ?? null } };
}

function judge(reading: StampReading, digest: string | undefined, nonce: string | undefined): readonly Finding[] {
  const { genuine, trusted, authority, at } = reading;
  if (reading.digest !== digest)
    return [wrong(SEAL.stamp, "Le jeton d’horodatage est celui d’autre chose que ce scellement.")];
  if (!genuine) return [wrong(SEAL.stamp, "La signature du jeton d’horodatage n’est pas valable.")];
  if (nonce !== undefined && reading.nonce !== nonce)
    return [wrong(SEAL.stamp, "Le jeton d’horodatage répond à une autre demande que celle du dossier.")];
  if (trusted === false)
    return [
      wrong(SEAL.stamp, `L’autorité d’horodatage « ${authority} » n’est pas de celles qui sont données avec --tsa-ca.`),
    ];
  if (trusted === true) return [];
  return [
    noted(
      "seal-stamp-unknown",
      SEAL.stamp,
      `Horodaté le ${at} par une autorité qui n’est pas vérifiée : « ${authority} ».`,
      "Donnez le certificat de l’autorité avec --tsa-ca.",
    ),
  ];
}

function pending(): Finding {
  return {
    rule: "seal-stamp-pending",
    severity: "warning",
    subject: SEAL.stamp,
    text: "L’horodatage a été demandé et le jeton n’est pas là.",
    remedy: "Lancez « constat seal --stamp <exécution> --tsa <adresse> » quand l’autorité peut être jointe.",
  };
}

function wrong(path: string, text: string): Finding {
  return broken("seal-stamp", path, text);
}
