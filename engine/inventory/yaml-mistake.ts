import type { ErrorCode } from "yaml";

/** An author's mistake: what is wrong with what, and what to write instead. */
export interface Complaint {
  readonly rule: string;
  readonly reason: string;
  readonly remedy: string;
}

type Words = readonly [reason: string, remedy: string];

/** The mistakes that people make; the others keep the library's code. */
const MISTAKES: Partial<Record<ErrorCode, Words>> = {
  BAD_INDENT: [
    "retrait incohérent, ou crochet ou accolade jamais fermé",
    "alignez cette ligne avec ses voisines, ou fermez ce qui est ouvert",
  ],
  TAB_AS_INDENT: ["tabulation en retrait", "mettez des espaces"],
  MISSING_CHAR: [
    "un signe manque ici",
    "fermez le guillemet, le crochet ou l’accolade, ou ajoutez l’espace après les deux-points",
  ],
  UNEXPECTED_TOKEN: ["signe inattendu", "retirez-le, ou mettez la valeur entre guillemets"],
  BAD_SCALAR_START: ["une valeur ne peut pas commencer par ce signe", "mettez-la entre guillemets"],
  BAD_DQ_ESCAPE: [
    "échappement inconnu entre guillemets doubles",
    "doublez la barre oblique inverse, ou prenez des guillemets simples",
  ],
  MULTILINE_IMPLICIT_KEY: ["une clé s’étend sur plusieurs lignes", "ajoutez les deux-points qui manquent après la clé"],
  BLOCK_AS_IMPLICIT_KEY: ["deux clés sur la même ligne", "mettez la valeur entre guillemets si elle contient « : »"],
  DUPLICATE_KEY: ["clé écrite deux fois dans le même bloc", "gardez-en une seule"],
  MULTIPLE_DOCS: ["plusieurs documents dans un seul fichier", "retirez la ligne --- et gardez un seul document"],
};

/** A YAML error in French. */
export function yamlMistake(code: ErrorCode): Complaint {
  const [reason, remedy] = MISTAKES[code] ?? [
    code,
    "vérifiez l’indentation, les guillemets et les deux-points à cet endroit",
  ];
  return { rule: "yaml-syntax", reason: `YAML mal formé : ${reason}`, remedy };
}
