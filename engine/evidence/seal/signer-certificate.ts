import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ProblemError } from "../../base/problem.ts";
import { certificatesOf, pkijs, readDer, subjectOf } from "./pki.ts";

/** A certificate that signs documents, with its key and the certificates that lead to its root. */
export interface SignerCertificate {
  readonly certificate: pkijs.Certificate;
  readonly chain: readonly pkijs.Certificate[];
  readonly key: KeyObject;
  /** Common name of the certificate. */
  readonly name: string;
}

/** Where they are: one PKCS#12 file, or two PEM files (the key may stand in the certificate's). */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key?: string | undefined;
  /** Pass phrase of the key or of the PKCS#12 file. */
  readonly phrase?: string | undefined;
}

/** Reads them. Throws SIGN_CERTIFICATE. */
export async function readSignerCertificate(files: CertificateFiles): Promise<SignerCertificate> {
  const bytes = await read(files.certificate);
  const pem = bytes.toString("latin1");
  const found = pem.includes("-----BEGIN ") ? await fromPem(pem, files) : await fromPkcs12(bytes, files);
  const [certificate, ...chain] = found.certificates.sort(
    (a, b) => Number(isOf(b, found.key)) - Number(isOf(a, found.key)),
  );
  if (certificate === undefined || !isOf(certificate, found.key))
    throw unusable(files.certificate, "aucun certificat n’y va avec la clé");
  if (found.key.asymmetricKeyType !== "rsa" && found.key.asymmetricKeyType !== "ec")
    throw unusable(
      files.certificate,
      `une clé ${found.key.asymmetricKeyType ?? "inconnue"} ne signe pas un PDF ; il faut RSA ou ECDSA`,
    );
  return { certificate, chain, key: found.key, name: subjectOf(certificate) };
}

interface Found {
  readonly certificates: pkijs.Certificate[];
  readonly key: KeyObject;
}

async function fromPem(pem: string, { certificate, key, phrase }: CertificateFiles): Promise<Found> {
  const keyText = key === undefined ? pem : (await read(key)).toString("latin1");
  try {
    const opened = createPrivateKey({
      key: keyText,
      format: "pem",
      ...(phrase !== undefined && { passphrase: phrase }),
    });
    return { certificates: [...certificatesOf(pem)], key: opened };
  } catch (cause) {
    throw unusable(key ?? certificate, "la clé privée ne s’ouvre pas (phrase secrète absente ou fausse ?)", cause);
  }
}

async function fromPkcs12(bytes: Buffer, { certificate, phrase = "" }: CertificateFiles): Promise<Found> {
  try {
    const password = Uint8Array.from(Buffer.from(phrase, "utf8")).buffer;
    const pfx = new pkijs.PFX({ schema: readDer(bytes) });
    await pfx.parseInternalValues({ password, checkIntegrity: true });
    const contents = pfx.parsedValue?.authenticatedSafe;
    if (contents === undefined) throw new Error("no content");
    await contents.parseInternalValues({ safeContents: contents.safeContents.map(() => ({ password })) });
    const bags = (contents.parsedValue.safeContents as readonly { value: pkijs.SafeContents }[]).flatMap(
      ({ value }) => value.safeBags,
    );
    const certificates: pkijs.Certificate[] = [];
    let key: KeyObject | undefined;
    for (const { bagValue } of bags) {
      if (bagValue instanceof pkijs.CertBag && bagValue.parsedValue instanceof pkijs.Certificate)
        certificates.push(bagValue.parsedValue);
      const info = await privateKeyOf(bagValue, password);
      if (info !== undefined)
        key ??= createPrivateKey({ key: Buffer.from(info.toSchema().toBER(false)), format: "der", type: "pkcs8" });
    }
    if (key === undefined) throw new Error("no key");
    return { certificates, key };
  } catch (cause) {
    const legacy =
      "un ancien chiffrement se convertit par « openssl pkcs12 -legacy -in … | openssl pkcs12 -export -out … »";
    throw unusable(
      certificate,
      `le fichier PKCS#12 ne s’ouvre pas : phrase secrète fausse, ou chiffrement ancien (${legacy})`,
      cause,
    );
  }
}

async function privateKeyOf(bag: unknown, password: ArrayBuffer): Promise<pkijs.PrivateKeyInfo | undefined> {
  if (bag instanceof pkijs.PrivateKeyInfo) return bag;
  if (!(bag instanceof pkijs.PKCS8ShroudedKeyBag)) return undefined;
  await (bag as unknown as { parseInternalValues(p: { password: ArrayBuffer }): Promise<void> }).parseInternalValues({
    password,
  });
  return bag.parsedValue;
}

/** Whether a certificate is over this key. */
function isOf(certificate: pkijs.Certificate, key: KeyObject): boolean {
  const mine = certificate.subjectPublicKeyInfo.toSchema().toBER(false);
  const open = createPublicKey(key).export({ type: "spki", format: "der" });
  return Buffer.from(mine).equals(open);
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unusable(path, (cause as Error).message, cause);
  }
}

function unusable(path: string, reason: string, cause?: unknown): ProblemError {
  return new ProblemError("SIGN_CERTIFICATE", `Le certificat de signature ${path} n’est pas utilisable : ${reason}.`, {
    scope: "author",
    hint: "Donnez un fichier PKCS#12, ou un certificat PEM et sa clé avec --certificate-key ; la phrase secrète vient de CONSTAT_CERTIFICATE_PHRASE.",
    cause,
  });
}
