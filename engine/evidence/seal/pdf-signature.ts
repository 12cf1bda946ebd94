import { pkijs, readDer, subjectOf } from "./pki.ts";

/** A signature that a PDF carries at its end. */
export interface PdfSignatureReading {
  readonly signer: string;
  /** Whether it is that certificate's, over every byte of the file but itself. Who issued the certificate is not looked at. */
  readonly valid: boolean;
}

/** The last signature of a PDF; undefined when it has none. A text says why it cannot be read. */
export async function readPdfSignature(pdf: Buffer): Promise<PdfSignatureReading | string | undefined> {
  const at = pdf.lastIndexOf("/ByteRange");
  if (at < 0) return undefined;
  const found = /^\/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) *\]/.exec(pdf.subarray(at, at + 200).toString("latin1"));
  const [first, length, second, rest] = (found ?? []).slice(1).map(Number);
  if (first === undefined || length === undefined || second === undefined || rest === undefined)
    return "sa signature est illisible";
  if (first !== 0 || second < length || second + rest !== pdf.length)
    return "sa signature ne couvre pas tout le fichier";
  const hex = pdf.subarray(length, second).toString("latin1");
  if (!/^<[0-9a-f]*>$/i.test(hex)) return "autre chose que la signature échappe à la signature";
  const signed = Buffer.concat([pdf.subarray(0, length), pdf.subarray(second)]);
  return readCms(Buffer.from(hex.slice(1, -1), "hex"), signed);
}

async function readCms(padded: Buffer, signed: Buffer): Promise<PdfSignatureReading | string> {
  const der = withoutPadding(padded);
  const schema = der && readDer(der);
  if (schema === undefined) return "sa signature est illisible";
  try {
    const message = new pkijs.SignedData({ schema: new pkijs.ContentInfo({ schema }).content });
    const data = Uint8Array.from(signed).buffer;
    const result = await message
      .verify({ signer: 0, data, extendedMode: true })
      .catch((error: pkijs.SignedDataVerifyResult) => error);
    const certificate = result.signerCertificate ?? undefined;
    if (certificate === undefined) return "sa signature n’apporte pas son certificat";
    return { signer: subjectOf(certificate), valid: result.signatureVerified === true };
  } catch {
    return "sa signature est illisible";
  }
}

/** The message alone; undefined when what follows it is not zeros. */
function withoutPadding(padded: Buffer): Buffer | undefined {
  // A signature is never shorter than 128 bytes, so that its length is written in one, two or three bytes of their own.
  const count = (padded[1] ?? 0) & 0x7f;
  if (padded[0] !== 0x30 || ((padded[1] ?? 0) & 0x80) === 0 || count > 3 || count === 0) return undefined;
  const length = 2 + count + padded.readUIntBE(2, count);
  return padded.subarray(length).some((byte) => byte !== 0) ? undefined : padded.subarray(0, length);
}
