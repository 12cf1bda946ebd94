import { createHash, randomBytes } from "node:crypto";
import { asn1js, certificateFingerprint, pkijs, readDer, subjectOf } from "./pki.ts";

const SHA256 = "2.16.840.1.101.3.4.2.1";
const ESS_V1 = "1.2.840.113549.1.9.16.2.12";
const ESS_V2 = "1.2.840.113549.1.9.16.2.47";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** What a time stamp token says, once its own signature has been checked. */
export interface StampReading {
  /** UTC instant of the authority, ISO 8601. */
  readonly at: string;
  /** Digest that was stamped, hexadecimal. */
  readonly digest: string;
  readonly nonce: string | undefined;
  readonly authority: string;
  readonly certificate: string;
  /** Whether the signature is that certificate's, which is made for time stamps. */
  readonly genuine: boolean;
  /** Whether the certificate leads to one of the trusted ones; undefined when none was given. */
  readonly trusted: boolean | undefined;
}

/** A question to a time stamping authority over a digest (RFC 3161, DER): SHA-256, a nonce (hexadecimal, chance unless given), its certificate wanted. */
export function stampQuery(digest: string, nonce = `01${randomBytes(8).toString("hex")}`): Buffer {
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: bufferOf(Buffer.from(digest, "hex")) }),
    }),
    nonce: asn1js.Integer.fromBigInt(BigInt(`0x${nonce}`)),
    certReq: true,
  });
  return Buffer.from(request.toSchema().toBER(false));
}

/** The digest and the nonce of a question; undefined for what is not, byte for byte, one of ours. */
export function readQuery(bytes: Uint8Array): { readonly digest: string; readonly nonce: string } | undefined {
  const schema = readDer(bytes);
  if (schema === undefined) return undefined;
  try {
    const request = new pkijs.TimeStampReq({ schema });
    const digest = hex(request.messageImprint.hashedMessage.valueBlock.valueHexView);
    const nonce = nonceOf(request.nonce);
    return nonce !== undefined && stampQuery(digest, nonce).equals(bytes) ? { digest, nonce } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads an authority's answer and checks it against the bytes that were stamped. A text says why it holds no token. */
export async function readStamp(
  bytes: Uint8Array,
  stamped: Uint8Array,
  trusted: readonly pkijs.Certificate[] | undefined,
): Promise<StampReading | string> {
  const schema = readDer(bytes);
  if (schema === undefined) return "ce n’est pas une réponse d’horodatage";
  try {
    const response = new pkijs.TimeStampResp({ schema });
    const { timeStampToken, status } = response;
    if (timeStampToken === undefined || status.status > 1) return refusal(status);
    const signed = new pkijs.SignedData({ schema: timeStampToken.content });
    return await readToken(signed, stamped, trusted);
  } catch (error) {
    return `la réponse d’horodatage est illisible (${error instanceof Error ? error.message : String(error)})`;
  }
}

async function readToken(
  signed: pkijs.SignedData,
  stamped: Uint8Array,
  trusted: readonly pkijs.Certificate[] | undefined,
): Promise<StampReading | string> {
  const content = signed.encapContentInfo.eContent?.getValue();
  const schema = content === undefined ? undefined : readDer(new Uint8Array(content));
  if (schema === undefined) return "le jeton ne contient pas d’horodatage";
  const info = new pkijs.TSTInfo({ schema });
  if (info.messageImprint.hashAlgorithm.algorithmId !== SHA256)
    return "le jeton n’est pas fait sur une empreinte SHA-256";
  const certificate = signerOf(signed);
  if (certificate === undefined) return "le jeton ne contient pas le certificat de son autorité";
  const check = await verify(signed, stamped, undefined);
  const chain = trusted === undefined ? undefined : await verify(signed, stamped, { trusted, at: info.genTime });
  return {
    at: info.genTime.toISOString(),
    digest: hex(info.messageImprint.hashedMessage.valueBlock.valueHexView),
    nonce: nonceOf(info.nonce),
    authority: subjectOf(certificate),
    certificate: certificateFingerprint(certificate),
    genuine:
      check?.signatureVerified === true &&
      isForStamps(certificate) &&
      isBound(signed, certificate) &&
      (await isCoherent(signed, trusted)),
    trusted: chain === undefined && trusted === undefined ? undefined : chain?.signerCertificateVerified === true,
  };
}

function signerOf(signed: pkijs.SignedData): pkijs.Certificate | undefined {
  const sid: unknown = signed.signerInfos[0]?.sid;
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return undefined;
  return (signed.certificates ?? [])
    .filter((each) => each instanceof pkijs.Certificate)
    .find(({ issuer, serialNumber }) => issuer.isEqual(sid.issuer) && serialNumber.isEqual(sid.serialNumber));
}

async function verify(
  signed: pkijs.SignedData,
  stamped: Uint8Array,
  chain: { readonly trusted: readonly pkijs.Certificate[]; readonly at: Date } | undefined,
): Promise<pkijs.SignedDataVerifyResult | undefined> {
  try {
    return await signed.verify({
      signer: 0,
      data: bufferOf(stamped),
      extendedMode: true,
      checkChain: chain !== undefined,
      ...(chain !== undefined && { trustedCerts: [...chain.trusted], checkDate: chain.at }),
    });
  } catch {
    return undefined;
  }
}

function isForStamps({ extensions = [] }: pkijs.Certificate): boolean {
  return extensions.some(
    ({ extnID, parsedValue }) =>
      extnID === "2.5.29.37" &&
      (parsedValue as { keyPurposes?: string[] } | undefined)?.keyPurposes?.includes(TIME_STAMPING),
  );
}

/** The token names its certificate by digest (ESS), without which another one with the same key could stand in its place. */
function isBound(signed: pkijs.SignedData, certificate: pkijs.Certificate): boolean {
  const der = Buffer.from(certificate.toSchema(true).toBER(false));
  const attributes = signed.signerInfos[0]?.signedAttrs?.attributes ?? [];
  return attributes.some(({ type, values }) => {
    const name = type === ESS_V1 ? "sha1" : type === ESS_V2 ? "sha256" : undefined;
    if (name === undefined) return false;
    // Other digests are named inside the attribute; each is looked for among its bytes.
    const bytes = Buffer.from((values[0] as asn1js.BaseBlock).toBER(false));
    return [name, "sha256", "sha384", "sha512"].some((each) => bytes.includes(createHash(each).update(der).digest()));
  });
}

/**
 * Certificates that come along are outside the signature: each must be its issuer's, as far as that one is known. Who gave certificates to
 * trust wants each to lead to them.
 */
async function isCoherent(
  { certificates = [] }: pkijs.SignedData,
  trusted: readonly pkijs.Certificate[] | undefined,
): Promise<boolean> {
  const known = certificates.filter((each) => each instanceof pkijs.Certificate);
  for (const certificate of known) {
    const issuer = [...(trusted ?? []), ...known].find(({ subject }) => subject.isEqual(certificate.issuer));
    if (issuer === undefined && trusted !== undefined) return false;
    if (issuer !== undefined && !(await certificate.verify(issuer).catch(() => false))) return false;
  }
  return true;
}

function refusal(status: pkijs.PKIStatusInfo): string {
  const texts = (status.statusStrings ?? []).map((text) => text.valueBlock.value).join(" ");
  return `l’autorité a refusé la demande (état ${status.status}${texts === "" ? "" : ` : ${texts}`})`;
}

function nonceOf(nonce: asn1js.Integer | undefined): string | undefined {
  return nonce === undefined ? undefined : hex(nonce.valueBlock.valueHexView);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
