/** Parts of an answer that change from one look to the next without anything having changed. */
export interface VolatileRule {
  /** What `--ignore` and `--compare` call it. */
  readonly name: string;
  /** What it leaves out, in French. */
  readonly about: string;
  /** Whether it holds unless it is taken away by name. */
  readonly usual: boolean;
  /** Parts of a line. Each is linear in the line's length. */
  readonly parts: readonly RegExp[];
  /** Whole keys of JSON objects whose values it leaves out. */
  readonly keys?: RegExp | undefined;
  /** Only numbers under those keys: `"used": "LVM"` is no measurement. */
  readonly onlyNumbers?: boolean | undefined;
}

const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|lun|mar|mer|jeu|ven|sam|dim)[a-zé]{0,6}\\.?,? +";
const MONTH =
  "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)[a-zé]{0,6}\\.?";
const CLOCK = "\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d{1,9})?";
/** One measured length of time, `2h3m` and `1,5 s` included. */
const SPAN =
  "(?:\\d+(?:[.,]\\d+)?\\s?(?:ns|µs|us|ms|msec|sec|secs|seconds?|secondes?|s|mins?|minutes?|m|h|hours?|heures?|d|days?|jours?|w|weeks?|semaines?)(?!\\p{L}),?\\s?){1,6}";

/** All rules, in the order in which they are listed. */
export const VOLATILE_RULES: readonly VolatileRule[] = [
  {
    name: "horodatages",
    about:
      "dates et heures : ISO 8601, asctime, syslog, jj/mm/aaaa, hh:mm:ss ; clés *time, *stamp, ctime, last_changed…",
    usual: true,
    parts: [
      /\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s?(?:Z\b|UTC\b|[+-]\d{2}:?\d{2}\b))?)?/g,
      new RegExp(
        `(?<![\\p{L}\\d])(?:${DAY})?(?:\\d{1,2} +${MONTH}(?! +\\d{1,2} +\\d)|${MONTH} +\\d{1,2})(?:,? +\\d{4})?(?:,? +${CLOCK})?(?: +[AP]M\\b)?(?: +(?:UTC|GMT|CET|CEST|[+-]\\d{4})\\b)?(?: +\\d{4}\\b)?`,
        "gu",
      ),
      /\b\d{2}\/\d{2}\/\d{4}\b/g,
      // Not a part of a MAC address, an IPv6 address or a version.
      /(?<![\w:.-])\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?![\w:-])/g,
      // Seconds since 1970 where a name carries them: `config-1795418507.sql.gz`.
      /(?<=[-_@]|\b\w*(?:time|stamp)=)1[5-9]\d{8}(?![\w-])/g,
    ],
    keys: /^(?:(?:[acm]|start|end|local|begin|finish|boot|reset)_?time|time|since|\w+_since|last_?(?:changed|seen|reset_?time|modified)|created|modified|\w*(?:time)?stamp|datetime)$/i,
  },
  {
    name: "durees",
    about:
      "durées mesurées : uptime, age, since, time=, rtt, real/user/sys, + 1,2 s ; clés uptime, age, elapsed, durationMs",
    usual: true,
    parts: [
      /\bup\s+(?:\d{1,5} (?:days?|weeks?|hours?|hrs?|minutes?|mins?|jours?|heures?),? *){0,4}(?:\d{1,3}:\d{2})?(?=,| |$)/g,
      new RegExp(
        `(?<=\\b(?:time|age|since|took|elapsed|duration|durée|uptime|depuis|il y a|copied,|copiés,)[\\s=:(<]{0,4})${SPAN}`,
        "gu",
      ),
      /(?<=^(?:real|user|sys)\s{1,20})\d+m[\d.,]+s$/g,
      /(?<=(?:mdev|stddev) = )[\d./]+(?: ms)?/g,
      /^\+\s*\d+[.,]\d+\s+s\b/g,
    ],
    keys: /^(?:uptime|age|\w+_age|elapsed|duration(?:_?ms)?|took)$/i,
  },
  {
    name: "processus",
    about: "numéros de processus et d’exécution : sshd[1234], pid 1234, /proc/1234, UPID ; clés pid, ppid",
    usual: true,
    parts: [
      /(?<=[\w)])\[\d{1,8}\](?=:|\s|$)/g,
      /\b(?:Main )?P?PID[\s=:]{1,3}\d{1,8}\b/gi,
      /(?<=\/proc\/)\d{1,8}\b/g,
      /(?<=\bUPID:[\w.-]{1,63}:)[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}(?=:)/g,
    ],
    keys: /^(?:p?pid|mainpid|pstart)$/i,
  },
  {
    name: "mesures",
    about:
      "charge et débits du moment : load average, Memory, CPU, Tasks, Mo/s ; nombres des clés cpu, mem, used, avail, netin…",
    usual: true,
    parts: [
      /(?<=load average: ).{1,40}/g,
      /(?<=^\s{0,20}(?:Memory|CPU|Tasks): ).{1,80}/g,
      /(?<![\w.,])\d+(?:[.,]\d+)?\s?[kKMGT]?i?[BbOo](?:it)?\/s\b/g,
      /^\d+ mesures?$/g,
    ],
    keys: /^(?:cpu|mem|(?:cpu|memory|disk)usage|available|memhost|freemem|disk(?:read|write|io)?|net(?:in|out)|loadavg|wait|iowait|idle|pressure\w*|used|avail|free|used_fraction|used_percent|percent_used|bytes_used|\w+_bytes_sec|\w+_op_per_sec)$/i,
    onlyNumbers: true,
  },
  {
    name: "ephemeres",
    about: "noms donnés au hasard du moment : /tmp/…, ports de la boucle locale, identifiants des éléments d’une page",
    usual: true,
    parts: [
      /(?<![\w/])(?:\/var)?\/tmp\/[\w.@+-]+/g,
      /(?<=\b(?:127\.0\.0\.1|localhost)[:,]|\[::1\]:)\d{4,5}\b/g,
      /\bextModel\d+-\d+\b/g,
      /\b(?:(?:pve|pmx|proxmox|ext)[A-Za-z]+|[A-Za-z]*(?:panel|grid|view|window|toolbar|button|combo|combobox|field))-\d{4,}\b/g,
    ],
  },
  {
    name: "espaces",
    about: "largeur des colonnes et des filets ; le retrait en début de ligne compte toujours",
    usual: true,
    parts: [/(?<=\S)[ \t\u00a0]+/g, /([-=─━═_])\1{3,}/g],
  },
  {
    name: "jauges",
    about: "ce que montrent les jauges d’une page : 12,5 %, 1.96 Gio sur 32 Gio, 0.20, 0.15, 0.10",
    usual: false,
    parts: [
      /(?<![\w.,])\d{1,3}(?:[.,]\d+)?\s?%/g,
      /(?<![\w.,])\d+(?:[.,]\d+)?\s?[kKMGTP]?i?[BoO](?= (?:sur|of|used|utilisés?) )/g,
      /(?<![\w.,])\d+\.\d+(?:, ?\d+\.\d+){2}(?![\w.,])/g,
    ],
  },
  {
    name: "identifiants",
    about:
      "ce qu’une nouvelle installation tire au sort : UUID, empreintes, clés publiques, adresses MAC, digest, fsid, etag",
    usual: false,
    parts: [
      /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
      /\b(?:[0-9a-f]{2}:){5,63}[0-9a-f]{2}\b/gi,
      /\bfe80::[0-9a-f:]{1,40}/gi,
      /\benx[0-9a-f]{12}\b/g,
      /\bSHA256:[\w+/=]{20,64}/g,
      /\bAAAA[\w+/=]{40,2000}/g,
      /\b[0-9a-f]{32,128}\b/gi,
      /(?<=\bW\/\\?")[^"\\]{1,80}/g,
    ],
    keys: /^(?:\w*digest|fsid|\w*uuid|serverid|@odata\.etag)$/i,
  },
];

/** Names of all rules. */
export const RULE_NAMES: readonly string[] = VOLATILE_RULES.map(({ name }) => name);
