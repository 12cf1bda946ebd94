import type { ErrorCode } from "yaml";

type Words = { readonly reason: string; readonly remedy: string };

const INDENT: Words = {
  reason: "l’indentation n’est pas celle d’un YAML valide",
  remedy: "Alignez les clés d’un même niveau sur la même colonne, avec des espaces.",
};
const QUOTE: Words = {
  reason: "cette valeur ne peut pas s’écrire sans guillemets",
  remedy: 'Mettez la valeur entre guillemets : clé: "…".',
};
const PLAIN: Words = {
  reason: "ce texte n’est pas du YAML valide ici",
  remedy: "Écrivez clé: valeur, une par ligne, ou { clé: valeur, … }.",
};
const ADVANCED: Words = {
  reason: "cette construction YAML (ancre, étiquette, directive) n’est pas admise",
  remedy: "Écrivez la valeur en toutes lettres.",
};

const WORDS: Partial<Readonly<Record<ErrorCode, Words>>> = {
  BAD_INDENT: INDENT,
  BAD_COLLECTION_TYPE: ADVANCED,
  TAB_AS_INDENT: {
    reason: "une tabulation sert d’indentation",
    remedy: "Remplacez la tabulation par des espaces : YAML ne l’admet pas.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    reason: "deux clés se suivent sur la même ligne",
    remedy: "Passez à la ligne, ou mettez la valeur entre guillemets si elle contient « : ».",
  },
  MULTILINE_IMPLICIT_KEY: {
    reason: "cette ligne n’a pas de « : » après la clé, ou la ligne précédente n’est pas terminée",
    remedy: "Écrivez clé: valeur, et fermez les guillemets, crochets et accolades ouverts.",
  },
  DUPLICATE_KEY: { reason: "cette clé est écrite deux fois", remedy: "Gardez-en une seule." },
  MISSING_CHAR: {
    reason: "il manque un signe (deux-points, guillemet, virgule, crochet ou accolade)",
    remedy: "Fermez ce qui est ouvert, et séparez les éléments d’une liste par des virgules.",
  },
  BAD_SCALAR_START: QUOTE,
  BAD_DQ_ESCAPE: {
    reason: "cette barre oblique inverse n’est pas admise entre guillemets doubles",
    remedy: "Doublez-la (\\\\), ou employez des guillemets simples.",
  },
  UNEXPECTED_TOKEN: PLAIN,
  BAD_ALIAS: QUOTE,
  NON_STRING_KEY: { reason: "une clé doit être un texte simple", remedy: PLAIN.remedy },
  MULTIPLE_DOCS: { reason: "plusieurs documents YAML se suivent", remedy: "Retirez la ligne « --- » ou « ... »." },
  TAG_RESOLVE_FAILED: ADVANCED,
  BAD_DIRECTIVE: ADVANCED,
};

/** The French words for an error of the YAML library. */
export function yamlErrorWords(code: ErrorCode): Words {
  return WORDS[code] ?? PLAIN;
}
