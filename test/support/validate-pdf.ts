import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { sha256 } from "../../engine/base/digest.ts";

export interface Validated {
  readonly flavour: string;
  readonly compliant: boolean;
  readonly checks: number;
  /** « 7.1-3 Content shall be marked … @ root/… » */
  readonly broken: readonly string[];
}

/** veraPDF is inside this package by an accident of packaging: another jar must be looked at before it is believed. */
const JAR = join(
  dirname(createRequire(import.meta.url).resolve("@opendataloader/pdf")),
  "../lib/opendataloader-pdf-cli.jar",
);
const JAR_SHA256 = "516ce47832a6726e87cb17db77c20174ca8cabbe9a6b56db1418babc7c9ddcba";
const LIBRARIES = [
  "jaxb-impl",
  "jaxb-core",
  "jaxb-runtime",
  "jaxb-api",
  "istack-commons-runtime",
  "txw2",
  "stax-ex",
  "javax.activation",
].map((name) => `/usr/share/java/${name}.jar`);

/** Validates a PDF with veraPDF against each flavour (`3a`, `ua1`). Throws when the jar is not the one that was looked at. */
export async function validatePdf(file: string, ...flavours: readonly string[]): Promise<readonly Validated[]> {
  const digest = sha256(readFileSync(JAR));
  if (digest !== JAR_SHA256) throw new Error(`${JAR} is not the jar that was looked at: ${digest}`);
  const driver = join(import.meta.dirname, "verapdf", "Validate.java");
  const { stdout } = await promisify(execFile)(
    "java",
    ["-cp", [JAR, ...LIBRARIES].join(":"), driver, file, ...flavours],
    {
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  const lines = stdout.split(/[\r\n]/).map((line) => line.split("\t"));
  return lines.flatMap(([kind, flavour = "", compliant, checks]) =>
    kind === "RESULT"
      ? [{ flavour, compliant: compliant === "true", checks: Number(checks), broken: brokenOf(lines, flavour) }]
      : [],
  );
}

/** What the validator lacks on this machine; empty when it can be asked. A CI has to have it: there the answer is always empty. */
export async function validatorLacks(): Promise<string> {
  if (process.env["CI"]) return "";
  const missing = LIBRARIES.filter((library) => !existsSync(library));
  if (missing.length > 0) return `veraPDF lacks ${missing.join(", ")}: npm run setup -- --tests (libjaxb-java)`;
  const modules = await promisify(execFile)("java", ["--list-modules"]).catch(() => ({ stdout: "" }));
  return modules.stdout.includes("jdk.compiler")
    ? ""
    : "no Java that compiles: npm run setup -- --tests (default-jdk-headless)";
}

function brokenOf(lines: readonly (readonly string[])[], flavour: string): readonly string[] {
  return lines.flatMap(([kind, own, rule, message, place]) =>
    kind === "BROKEN" && own === flavour ? [`${rule} ${message} @ ${place}`] : [],
  );
}
