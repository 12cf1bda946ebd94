import type { CommandWords } from "./command-words.ts";

/** The shells that a script can be written for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type ShellName = (typeof SHELLS)[number];

/** A completion script. It knows every word itself: completing starts no program. */
export function completionScript(shell: ShellName, words: readonly CommandWords[]): string {
  if (shell === "fish") return fish(words);
  const body = bash(words);
  // zsh runs bash's completions through its own bridge.
  return shell === "bash" ? body : `#compdef constat\nautoload -U +X bashcompinit && bashcompinit\n${body}`;
}

function bash(words: readonly CommandWords[]): string {
  const commands = words.map(
    ({ path, subcommands }) => `    ${quote(path)}) subs=${quote(subcommands.map(({ name }) => name).join(" "))} ;;`,
  );
  const options = words.map(
    ({ path, options: own }) => `    ${quote(path)}) opts=${quote(own.flatMap(({ flags }) => flags).join(" "))} ;;`,
  );
  const choices = words.flatMap(({ path, options: own }) =>
    own.flatMap(({ flags, choices: allowed }) =>
      allowed.length === 0
        ? []
        : flags.map((flag) => `    ${quote(`${path}:${flag}`)}) vals=${quote(allowed.join(" "))} ;;`),
    ),
  );
  return `# constat completion bash : à lire par « source », ou à mettre dans ~/.local/share/bash-completion/completions/constat
_constat() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path="" subs="" opts="" vals="" at word
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    _constat_subs "$path"
    case " $subs " in *" $word "*) path="\${path:+$path }$word" ;; esac
  done
  _constat_subs "$path"
  case "$path" in
${options.join("\n")}
  esac
  case "$path:$prev" in
${choices.join("\n")}
  esac
  if [ -n "$vals" ]; then COMPREPLY=($(compgen -W "$vals" -- "$cur"))
  elif [ "\${cur#-}" != "$cur" ]; then COMPREPLY=($(compgen -W "$opts" -- "$cur"))
  elif [ -n "$subs" ]; then COMPREPLY=($(compgen -W "$subs" -- "$cur"))
  else COMPREPLY=()
  fi
}
_constat_subs() {
  subs=""
  case "$1" in
${commands.join("\n")}
  esac
}
complete -o default -F _constat constat
`;
}

function fish(words: readonly CommandWords[]): string {
  const lines = words.flatMap(({ path, subcommands, options }) => {
    const names = path === "" ? [] : path.split(" ");
    const inside = names.map((name) => `__fish_seen_subcommand_from ${name}`);
    const none =
      subcommands.length === 0
        ? []
        : [`not __fish_seen_subcommand_from ${subcommands.map(({ name }) => name).join(" ")}`];
    const when = [...inside, ...none].join("; and ");
    return [
      ...subcommands.map(({ name, what }) => `complete -c constat -f -n ${quote(when)} -a ${name} -d ${quote(what)}`),
      ...options.map(({ flags, what, takesValue, choices }) =>
        [
          "complete -c constat",
          ...(when === "" ? [] : [`-n ${quote(when)}`]),
          ...flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
          ...(choices.length > 0 ? [`-x -a ${quote(choices.join(" "))}`] : takesValue ? ["-r"] : []),
          `-d ${quote(what)}`,
        ].join(" "),
      ),
    ];
  });
  return `# constat completion fish : à mettre dans ~/.config/fish/completions/constat.fish\n${lines.join("\n")}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
