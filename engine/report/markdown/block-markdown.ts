import type { Language } from "../../model/report.ts";
import type {
  BlockResult,
  ExecutedBlock,
  Figure,
  Gap,
  Picture,
  ShownDecision,
  Sighting,
  Terminal,
} from "../../model/report-body.ts";
import { escapeHtml } from "../escape-html.ts";
import { formatterOf } from "../format.ts";
import { type WordKey, wordsOf } from "../words.ts";
import { code, fence, inert, table } from "./inert.ts";

const LANGUAGES: Readonly<Record<string, string>> = { shell: "sh", http: "http" };

/** Words of one language put to blocks, figures and gaps as Markdown; each piece is a list of paragraphs. */
export class BlockMarkdown {
  readonly #words: ReturnType<typeof wordsOf>;
  readonly #format: ReturnType<typeof formatterOf>;
  readonly #simulated: string | null;
  readonly #source: (picture: Picture) => string;

  constructor(language: Language, simulated: string | null, source: (picture: Picture) => string) {
    this.#words = wordsOf(language);
    this.#format = formatterOf(language);
    this.#simulated = simulated;
    this.#source = source;
  }

  block(block: ExecutedBlock): readonly string[] {
    const words = this.#words;
    const nature = [
      words[`kind${block.kind[0]?.toUpperCase()}${block.kind.slice(1)}` as WordKey],
      words[block.role],
      block.targets.map(inert).join(", "),
      ...(block.requirements.length > 0 ? [`${words.requirement} ${block.requirements.map(inert).join(", ")}`] : []),
    ];
    return [
      `<a id="${escapeHtml(block.anchor)}"></a>`,
      `**${words.block} ${block.number}** ${code(block.step)} · ${nature.join(" · ")} · **${inert(block.status.word)}**`,
      ...(block.status.reason === "" ? [] : [`> ${inert(block.status.reason)} ${inert(block.status.hint)}`.trim()]),
      ...block.decisions.flatMap((decision) => this.#decision(decision)),
      ...(block.sent !== "" && block.show.sent ? [fence(block.sent, LANGUAGES[block.kind] ?? "yaml")] : []),
      ...block.results.flatMap((result) => this.#result(block, result)),
      ...(block.satisfied.length === 0
        ? []
        : [`${words.satisfiedOn}${words.colon}${block.satisfied.map(inert).join(", ")}.`]),
      ...block.figures.map(
        ({ number, anchor, type }) =>
          `${type === "picture" ? words.pictureInFigure : words.outputInFigure} [${number}](#${anchor})`,
      ),
    ];
  }

  figure({ number, anchor, caption, content, reused, given }: Figure): readonly string[] {
    const words = this.#words;
    const title = `**${words.figure} ${number}** — ${inert(caption)}`;
    const from = reused === null ? [] : [`**${words.reused} ${code(reused.run)}**`];
    const by = given === null ? [] : [this.#given(given)];
    const lab = this.#simulated === null ? [] : [`**${inert(this.#simulated)}**`];
    const opening = `<a id="${escapeHtml(anchor)}"></a>`;
    if (content.type === "terminal") {
      const shown = content.groups.flatMap(({ sent, terminals, sightings }) => [
        ...(sent === "" ? [] : [fence(sent, "sh")]),
        ...terminals.flatMap((terminal) => this.#terminal(terminal)),
        sightings.map((sighting) => this.#sighting(sighting)).join("  \n"),
      ]);
      return [opening, ...shown, [title, ...from, ...lab].join(" · ")];
    }
    const { picture, sighting } = content;
    const seen = sighting === null ? [] : [this.#sighting(sighting)];
    const size = `${picture.pixels.width} × ${picture.pixels.height} px`;
    const trace = [...from, ...by, ...seen, ...lab, code(picture.url), size, `SHA-256 ${code(picture.sha256)}`];
    return [opening, this.#picture(picture), `${title}  \n${trace.filter((each) => each !== "").join(" · ")}`];
  }

  gap({ anchor, caption, reason }: Gap): readonly string[] {
    const { gapTitle, colon } = this.#words;
    return [`<a id="${escapeHtml(anchor)}"></a>`, `> **${gapTitle}**${colon}${inert(caption)} — ${inert(reason)}`];
  }

  /** What a person decided of a block, with the lines of a text that was changed for one time. */
  #decision({ at, by, text, changes }: ShownDecision): readonly string[] {
    const who = by === "" ? "" : ` · ${inert(by)}`;
    const lines = changes.map(({ mark, text: line }) => `${mark} ${line}`).join("\n");
    return [
      `> ${this.#format.moment(at)}${who} · ${inert(text)}`,
      ...(changes.length === 0 ? [] : [fence(lines, "diff")]),
    ];
  }

  /** Nobody watched a given picture being made: who gives it, and what they attest. */
  #given({ by, at, attestation }: NonNullable<Figure["given"]>): string {
    const { given, attests, colon, quoteOpen, quoteClose } = this.#words;
    const said = `${quoteOpen}${inert(attestation)}${quoteClose}`;
    return `**${given} ${code(by)}**, ${this.#format.moment(at)}, ${attests}${colon}${said}`;
  }

  #result(block: ExecutedBlock, result: BlockResult): readonly string[] {
    const words = this.#words;
    const rows = result.judgements.map(({ ok, expected, obtained }) => [
      code(expected, true),
      code(obtained, true),
      ok ? words.kept : `**${words.notKept}**`,
    ]);
    const { timeline, attestation } = result;
    const trace = result.sightings.map((seen) => `${this.#sighting(seen)} · ${this.#format.duration(seen.durationMs)}`);
    return [
      ...(result.sent === "" || !block.show.sent ? [] : [fence(result.sent, LANGUAGES[block.kind] ?? "yaml")]),
      ...(timeline === null ? [] : [inert(unescaped(/aria-label="([^"]*)"/.exec(timeline.chart.html)?.[1] ?? ""))]),
      ...(attestation === null
        ? []
        : [`> ${inert(attestation.note)} ${inert(attestation.text)} — ${inert(attestation.operator)}`]),
      ...(block.show.output ? result.terminals.flatMap((terminal) => this.#terminal(terminal)) : []),
      ...(block.show.output && result.picture !== null ? [this.#picture(result.picture)] : []),
      ...(rows.length === 0 ? [] : [table([words.expected, words.obtained, words.result], rows)]),
      [...trace, ...(result.answer === "" ? [] : [code(result.answer)])].join("  \n"),
    ];
  }

  #terminal({ parts, lines, evidence }: Terminal): readonly string[] {
    const words = this.#words;
    if (lines === 0) return [`_${words.noOutput}_`];
    const shown = parts.map((part) => {
      const text = fence(textOf(part.code.html));
      if (part.type === "lines") return text;
      if (part.type === "screen") return `_${words.screenSnapshot}_\n\n${text}`;
      const { from, to, count } = part;
      const range = `${words.linesWord} ${this.#format.count(from)} ${words.toWord} ${this.#format.count(to)}`;
      const bar = `… ${this.#format.count(count)} ${words.hiddenLines} (${range})`;
      return `<details><summary>${escapeHtml(bar)}</summary>\n\n${text}\n\n</details>`;
    });
    return evidence === null ? shown : [...shown, `${code(evidence.path)} · SHA-256 ${code(evidence.sha256)}`];
  }

  #picture(picture: Picture): string {
    return `![${inert(picture.alternative)}](${this.#source(picture)})`;
  }

  #sighting({ target, address, at }: Sighting): string {
    const name = target === "local" ? this.#words.local : inert(target);
    return `${name}${address === "" ? "" : ` (${inert(address)})`} · ${this.#format.moment(at)}`;
  }
}

/** The text of lines that the report itself made HTML of. */
function textOf(html: string): string {
  return unescaped(html.replace(/<[^>]*>/g, ""));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" };

function unescaped(text: string): string {
  return text.replace(/&(#39|\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
