import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { sha256 } from "../../base/digest.ts";

export { asn1js, pkijs };

/** Reads DER; undefined when it is none, or when something follows it. */
export function readDer(bytes: Uint8Array): asn1js.BaseBlock | undefined {
  try {
    const { offset, result } = asn1js.fromBER(Uint8Array.from(bytes).buffer);
    return offset === bytes.length ? (result as unknown as asn1js.BaseBlock) : undefined;
  } catch {
    return undefined;
  }
}

/** The certificates of a PEM file, in its order. */
export function certificatesOf(pem: string): readonly pkijs.Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => {
    const der = Buffer.from(block.replace(/-----[^-]+-----|\s/g, ""), "base64");
    const schema = readDer(der);
    try {
      return schema === undefined ? [] : [new pkijs.Certificate({ schema })];
    } catch {
      return [];
    }
  });
}

/** SHA-256 of a certificate's DER, hexadecimal. */
export function certificateFingerprint(certificate: pkijs.Certificate): string {
  return sha256(new Uint8Array(certificate.toSchema(true).toBER(false)));
}

/** The common name of a certificate's subject, else the whole of it. */
export function subjectOf(certificate: pkijs.Certificate): string {
  const names = certificate.subject.typesAndValues.map(({ type, value }) => ({
    type,
    text: String((value as { valueBlock: { value: unknown } }).valueBlock.value),
  }));
  return names.find(({ type }) => type === "2.5.4.3")?.text ?? names.map(({ text }) => text).join(", ");
}
