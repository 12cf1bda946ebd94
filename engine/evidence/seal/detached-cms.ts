import { createHash, sign } from "node:crypto";
import { asn1js, pkijs } from "./pki.ts";
import type { SignerCertificate } from "./signer-certificate.ts";

const DATA = "1.2.840.113549.1.7.1";
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const SHA256 = "2.16.840.1.101.3.4.2.1";
const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
const ECDSA_SHA256 = "1.2.840.10045.4.3.2";

/**
 * A detached CMS signature (DER) over bytes, as CAdES and PAdES B-B ask: the certificate is named by its digest inside what is signed, and
 * no signing time stands there (a PDF says it elsewhere).
 */
export function detachedCms(bytes: readonly Uint8Array[], signer: SignerCertificate): Buffer {
  const digest = bytes.reduce((hash, piece) => hash.update(piece), createHash("sha256")).digest();
  const attributes = new pkijs.SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      attribute(CONTENT_TYPE, new asn1js.ObjectIdentifier({ value: DATA })),
      attribute(MESSAGE_DIGEST, octets(digest)),
      attribute(SIGNING_CERTIFICATE_V2, certificateName(signer.certificate)),
    ].sort(byEncoding),
  });
  // What is signed is the attributes as a SET; in the message they carry another tag.
  const signed = Buffer.from(attributes.toSchema().toBER(false));
  signed[0] = 0x31;
  const { issuer, serialNumber } = signer.certificate;
  const isRsa = signer.key.asymmetricKeyType === "rsa";
  const info = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer, serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256 }),
    signedAttrs: attributes,
    signatureAlgorithm: new pkijs.AlgorithmIdentifier(
      isRsa ? { algorithmId: RSA_ENCRYPTION, algorithmParams: new asn1js.Null() } : { algorithmId: ECDSA_SHA256 },
    ),
    signature: octets(sign("sha256", signed, signer.key)),
  });
  const message = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: SHA256 })],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: DATA }),
    certificates: [signer.certificate, ...signer.chain],
    signerInfos: [info],
  });
  const content = new pkijs.ContentInfo({ contentType: SIGNED_DATA, content: message.toSchema(true) });
  return Buffer.from(content.toSchema().toBER(false));
}

/** ESSCertIDv2 with SHA-256, its default, so that no algorithm is written. */
function certificateName(certificate: pkijs.Certificate): asn1js.Sequence {
  const digest = createHash("sha256")
    .update(Buffer.from(certificate.toSchema(true).toBER(false)))
    .digest();
  const id = new asn1js.Sequence({ value: [octets(digest)] });
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [id] })] });
}

function attribute(type: string, value: asn1js.BaseBlock): pkijs.Attribute {
  return new pkijs.Attribute({ type, values: [value] });
}

/** DER wants a set's members in the order of their bytes. */
function byEncoding(a: pkijs.Attribute, b: pkijs.Attribute): number {
  return Buffer.compare(Buffer.from(a.toSchema().toBER(false)), Buffer.from(b.toSchema().toBER(false)));
}

function octets(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: Uint8Array.from(bytes).buffer });
}
