import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typeset, typesetRuns } from "../../../engine/report/typography.ts";

/** `_` stands for U+00A0 and `~` for U+202F, so that a reader sees them. */
const visible = (text: string) => text.replaceAll("\u00a0", "_").replaceAll("\u202f", "~");

describe("typeset() in French prose", () => {
  it.each([
    // Punctuation
    ["Que faire ?", "Que faire~?"],
    ["Attention !", "Attention~!"],
    ["un ; deux", "un~; deux"],
    ["collé; ici", "collé~; ici"],
    ["Quoi?", "Quoi~?"],
    ["Quoi ?!", "Quoi~?!"],
    ["trois points : voici", "trois points_: voici"],
    ["Note: voici", "Note_: voici"],
    ["la fin :", "la fin_:"],
    ["à 50 % : bien", "à 50_% : bien".replace(" :", "_:")],
    ["déjà\u00a0: fait", "déjà_: fait"],
    ["déjà\u202f! fait", "déjà~! fait"],
    // Guillemets
    ['il dit "bonjour" ici', "il dit «_bonjour_» ici"],
    ['"Grappe" et "Ceph"', "«_Grappe_» et «_Ceph_»"],
    ['l\'onglet "Grappe de serveurs".', "l’onglet «_Grappe de serveurs_»."],
    ["« déjà »", "«_déjà_»"],
    ["«collé»", "«_collé_»"],
    ["« oui ! »", "«_oui~!_»"],
    ['("oui")', "(«_oui_»)"],
    ['un écran de 5" posé', 'un écran de 5" posé'],
    ['une seule " ici', 'une seule " ici'],
    // Apostrophes
    ["l'état d'aujourd'hui", "l’état d’aujourd’hui"],
    ["c'est l’adresse", "c’est l’adresse"],
    ["l'« API »", "l’«_API_»"],
    ["'seul'", "'seul'"],
    // Ellipsis
    ["etc...", "etc…"],
    ["1....2", "1....2"],
    // Numbers
    ["1 234 567 octets", "1~234~567 octets"],
    ["1 234,5 Mo", "1~234,5_Mo"],
    ["en 2024 300 nœuds", "en 2024 300 nœuds"],
    ["pve1 100", "pve1 100"],
    ["16 Go de mémoire", "16_Go de mémoire"],
    ["10 Gbit/s", "10_Gbit/s"],
    ["2 minutes", "2 minutes"],
    ["5 s après", "5_s après"],
    ["3 nœuds", "3 nœuds"],
    ["100 %", "100_%"],
    ["10 h 06", "10_h_06"],
    ["1 min 05", "1_min_05"],
    // References
    ["voir Figure 3, p. 12", "voir Figure_3, p._12"],
    ["n° 4", "n°_4"],
    ["le chapitre 3 et la section 3.2", "le chapitre_3 et la section_3.2"],
    ["l'annexe A", "l’annexe_A"],
    // Never
    ["http://pve1:8006/?a=b;c", "http://pve1:8006/?a=b;c"],
    ["https://10.202.4.31:8006 : ici", "https://10.202.4.31:8006_: ici"],
    ["/etc/pve/corosync.conf : le fichier", "/etc/pve/corosync.conf_: le fichier"],
    ["10:06:12", "10:06:12"],
    ["pve1:8006", "pve1:8006"],
    ["root@pam", "root@pam"],
    ["AB:CD:EF:01", "AB:CD:EF:01"],
    ["SHA256:abc/def+g=", "SHA256:abc/def+g="],
    ["?page=1", "?page=1"],
    ["", ""],
  ])("%j becomes %j", (source, expected) => {
    expect(visible(typeset(source, "fr"))).toBe(expected);
  });
});

describe("typeset() of a title", () => {
  it.each([
    ["commande d'ajout...", "commande d’ajout..."],
    ['le "quorum" : oui', "le «_quorum_»_: oui"],
  ])("%j keeps its letters as %j", (source, expected) => {
    expect(visible(typeset(source, "fr", "title"))).toBe(expected);
  });

  it("changes nothing but spaces, quotes and apostrophes", () => {
    const bare = (text: string) => text.replace(/[\s\u00a0\u202f"'’«»]/gu, "");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abé09 :;!?\"'«».,/@%()-\u00a0") }), (text) => {
        expect(bare(typeset(text, "fr", "title"))).toBe(bare(text));
      }),
    );
  });

  it("is at rest after one pass", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("mot", "l'eau", "3", "Go", "?", "!", ":", ";", "«", "»", "fin."), { minLength: 1 }),
        (words) => {
          const once = typeset(words.join(" "), "fr", "title");
          expect(typeset(once, "fr", "title")).toBe(once);
        },
      ),
    );
  });
});

describe("typeset() of any French text", () => {
  const word = fc.constantFrom(
    "état",
    "l'eau",
    "À",
    "nœud",
    "pve1",
    "3",
    "1 234",
    "16 Go",
    "12,5",
    "ÉCHEC",
    '"mot"',
    "(oui)",
    "fin.",
  );
  const mark = fc.constantFrom("?", "!", ";", ":", "»", "%");
  const sentence = fc.array(fc.oneof(word, mark), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(" "));

  it("leaves no plain space before a mark that a French line must not begin with", () => {
    fc.assert(
      fc.property(sentence, (text) => {
        expect(typeset(text, "fr")).not.toMatch(/(?<=[\p{L}\p{N}]) [?!;:»](?= |$)/u);
      }),
    );
  });

  it("opens and closes guillemets with U+00A0 inside", () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const set = typeset(text, "fr");
        expect(set).not.toMatch(/«(?!\u00a0)|(?<=[^\s\u00a0])»/u);
      }),
    );
  });

  it("keeps capitals and their accents", () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const letters = (value: string) => value.replace(/[^\p{L}]/gu, "");
        expect(letters(typeset(text, "fr"))).toBe(letters(text));
      }),
    );
  });

  it("never touches an address, a path, a digest, a machine's name or a time in it", () => {
    const data = fc.constantFrom(
      "https://pve1:8006/?a=1;b=2!",
      "/etc/pve/corosync.conf",
      "SHA256:abc+/d=",
      "AB:CD:EF:01",
      "pve1:8006",
      "root@pam",
      "10:06:12",
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    );
    fc.assert(
      fc.property(sentence, data, sentence, (before, kept, after) => {
        expect(typeset(`${before} ${kept} ${after}`, "fr")).toContain(kept);
      }),
    );
  });

  it("never touches code, whatever stands around it", () => {
    fc.assert(
      fc.property(sentence, fc.string(), sentence, (before, code, after) => {
        const runs = [before, code, after].map((text, index) => ({ text, opaque: index === 1 }));
        expect(typesetRuns(runs, "fr", "prose")[1]).toBe(code);
      }),
    );
  });
});

describe("typeset() in English", () => {
  it.each([
    ['he said "yes"; fine', "he said “yes”; fine"],
    ["it's here: see Figure 3", "it’s here: see Figure_3"],
    ["wait...", "wait…"],
  ])("%j becomes %j", (source, expected) => {
    expect(visible(typeset(source, "en"))).toBe(expected);
  });
});

describe("typesetRuns()", () => {
  it("sees across code without changing it", () => {
    const runs = [
      { text: "l'", opaque: false },
      { text: "a:b; c'd", opaque: true },
      { text: " : voir", opaque: false },
    ];
    expect(typesetRuns(runs, "fr", "prose").map(visible)).toEqual(["l’", "a:b; c'd", "_: voir"]);
  });

  it("writes a mark once when a rule spans two pieces", () => {
    const runs = [
      { text: "mot ", opaque: false },
      { text: ": suite", opaque: false },
    ];
    expect(typesetRuns(runs, "fr", "prose").map(visible)).toEqual(["mot_:", " suite"]);
  });

  it("closes quotes that hold emphasis", () => {
    const runs = [
      { text: 'le "', opaque: false },
      { text: "grand", opaque: false },
      { text: ' cluster" ici', opaque: false },
    ];
    expect(typesetRuns(runs, "fr", "prose").map(visible)).toEqual(["le «_", "grand", " cluster_» ici"]);
  });
});
