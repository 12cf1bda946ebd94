import type { ExportInput } from "./export-input.ts";

const CONTEXT = "https://w3id.org/ro/crate/1.2/context";
const PROFILE = "https://w3id.org/ro/wfrun/process/0.5";

/** `ro-crate-metadata.json` (RO-Crate 1.2, Process Run Crate): the run as an action, the runbooks it followed, the evidence it gave. */
export function toRoCrate({ report, version }: ExportInput): string {
  const { run, identity, environment, integrity } = report;
  const runbooks = environment.runbooks.map(({ file }) => `data/runbook/${encodeURI(file)}`);
  const files = integrity.files.map(({ path, sha256, bytes }) => ({
    "@id": `data/${encodeURI(path)}`,
    "@type": "File",
    name: path.split("/").at(-1) ?? path,
    contentSize: String(bytes),
    sha256,
  }));
  const results = files.filter((file) => !file["@id"].startsWith("data/runbook/"));
  const reference = (id: string) => ({ "@id": id });
  const agent = `#${encodeURIComponent(environment.operator)}`;
  const engine = "#constat";
  const action = {
    "@id": `#${encodeURIComponent(run.id)}`,
    "@type": "CreateAction",
    name: run.id,
    startTime: run.startedAt,
    endTime: run.endedAt,
    actionStatus: `http://schema.org/${run.finished && !run.interrupted ? "CompletedActionStatus" : "FailedActionStatus"}`,
    description: `Verdict : ${report.verdict} ; tête du journal : ${integrity.head}`,
    agent: reference(agent),
    instrument: [reference(engine), ...runbooks.map(reference)],
    object: environment.nodes.map(({ node }) => reference(`#${encodeURIComponent(node)}`)),
    result: results.map((file) => reference(file["@id"])),
  };
  const graph = [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      conformsTo: [reference("https://w3id.org/ro/crate/1.2"), reference(PROFILE)],
      about: reference("./"),
    },
    {
      "@id": "./",
      "@type": "Dataset",
      name: identity.title,
      description: identity.subtitle ?? identity.title,
      datePublished: run.endedAt,
      version: identity.version,
      license: identity.confidentiality ?? "Tous droits réservés",
      conformsTo: [reference(PROFILE)],
      ...(identity.authors.length > 0 && {
        author: identity.authors.map((_, index) => reference(`#auteur-${index + 1}`)),
      }),
      hasPart: files.map((file) => reference(file["@id"])),
      mentions: [reference(action["@id"])],
    },
    { "@id": PROFILE, "@type": ["CreativeWork", "Profile"], name: "Process Run Crate", version: "0.5" },
    action,
    {
      "@id": engine,
      "@type": "SoftwareApplication",
      name: "Constat",
      softwareVersion: environment.engine.replace(/^constat /, "") || version,
    },
    { "@id": agent, "@type": "Person", name: environment.operator },
    ...identity.authors.map((name, index) => ({ "@id": `#auteur-${index + 1}`, "@type": "Organization", name })),
    ...environment.nodes.map(({ node, address, facts }) => ({
      "@id": `#${encodeURIComponent(node)}`,
      "@type": "Thing",
      name: node,
      description: [address, ...facts.map(({ name, value }) => `${name} : ${value}`)].join(" ; "),
    })),
    ...files.map((file) =>
      runbooks.includes(file["@id"])
        ? { ...file, "@type": ["File", "SoftwareSourceCode", "HowTo"], encodingFormat: "text/markdown" }
        : file,
    ),
  ];
  return `${JSON.stringify({ "@context": CONTEXT, "@graph": graph }, undefined, 2)}\n`;
}
