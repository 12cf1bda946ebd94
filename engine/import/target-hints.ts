/** What the prose says of where something happens: one node, or every one. */
export interface TargetHint {
  readonly target: string;
  /** The words that say so. */
  readonly words: string;
}

const NAME = "(\\p{Ll}{2,}(?:[-\\u2010\\u2011]\\p{Ll}+)*[-\\u2010\\u2011]?\\d{1,2})(?![\\p{L}\\p{N}.])";
const CUES =
  "(?:depuis|sur|dans|via|vers|chez|de|du|[àa]|d[’']|from|on|nœud|noeud|serveur|h[ôo]te|machine|node|server)(?:[\\s\\u00a0]+(?:le|du|la|the|nœud|noeud|serveur|h[ôo]te|machine|node|server))*";
const SINGLE = new RegExp(`(?<![\\p{L}])${CUES}[\\s\\u00a0]+${NAME}`, "giu");
const EVERY =
  /(?:chaque|chacun des|tous les|l[’']ensemble des|les (?:deux|trois|quatre|cinq)|each|every|all(?: the)?)[\s\u00a0]+(?:n(?:œ|oe)uds?|serveurs?|h[ôo]tes?|nodes?|servers?)/iu;
/** Interfaces, disks and protocols have names of the same form. */
const NO_NODE =
  /^(?:vmbr|eth|eno|ens|enp|vlan|bond|sd|nvme|vg|lv|ipv|ip|sha|md|ext|raid|port|page|disk|cap|http|usb|rj|cat|vm|iso|layer|net)[-\d]/i;

/** The target that a sentence names; undefined when it names none, or several. */
export function targetHint(text: string): TargetHint | undefined {
  const every = EVERY.exec(text);
  if (every !== null) return { target: "@noeuds", words: every[0] };
  const found = [...text.matchAll(SINGLE)].flatMap((match) => {
    const target = (match[1] ?? "").replace(/[\u2010\u2011]/g, "-");
    return NO_NODE.test(target) ? [] : [{ target, words: match[0] }];
  });
  const names = new Set(found.map(({ target }) => target));
  return names.size === 1 ? found[0] : undefined;
}

/** What may automate a picture, by the words of its caption; undefined when they do not say. */
export function kindHint(caption: string): string | undefined {
  if (/install(?:ation|ateur|er)|bios|uefi|[ée]cran|login sur|console/i.test(caption)) return "yaml {.console}";
  if (/commande|statut|\bsortie\b|ping|connectivit|journal/i.test(caption)) return "bash {.check}";
  if (/interface|page|vue|onglet|tableau de bord|section|web|liste|configuration|cluster|ajout/i.test(caption))
    return "yaml {.browser}";
  return undefined;
}
