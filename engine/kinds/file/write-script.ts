/**
 * Writes `$constat_content` to `$constat_path`: a temporary file in the same folder, then one rename, so that nobody ever reads half of
 * it. Rights and owner are those asked for, else those of the file that is there, else 0644. Prints what changes; changes nothing when
 * all is as asked. Plain POSIX sh with coreutils and diffutils.
 */
export const WRITE_SCRIPT = `set -u
refuse() { printf '%s\\n' "$1" >&2; exit 3; }
folder=$(dirname "$constat_path")
test -d "$folder" || refuse "Le dossier $folder n’existe pas."
test ! -d "$constat_path" || refuse "$constat_path est un dossier."
test ! -L "$constat_path" || refuse "$constat_path est un lien : écrivez le fichier qu’il désigne."
new=$(mktemp "$folder/.constat.XXXXXXXX") || refuse "Le dossier $folder n’accepte pas de fichier."
trap 'rm -f "$new"' EXIT
printf '%s\\n' "$constat_content" > "$new" || refuse "Le fichier ne s’écrit pas dans $folder."
before=absent
mode=0644
if test -e "$constat_path"; then
  before=$(stat -c '%a %U:%G' "$constat_path") || exit 1
  mode=\${before%% *}
fi
test -z "$constat_mode" || mode=$constat_mode
mode=\${mode#0}
same=no
if test "$before" != absent && diff -q "$constat_path" "$new" >/dev/null; then same=yes; fi
rights() {
  if test "$1" != "$mode"; then
    chmod "$mode" "$3" || refuse "Les droits $mode ne se donnent pas à $constat_path."
    changed="$changed droits $1 -> $mode;"
  fi
  case "$constat_owner" in
    '') ;;
    *:*) test "$2" = "$constat_owner" || own "$2" "$3" ;;
    *) test "\${2%%:*}" = "$constat_owner" || own "$2" "$3" ;;
  esac
}
own() {
  chown "$constat_owner" "$2" || refuse "$constat_path ne se donne pas à $constat_owner."
  changed="$changed propriétaire $1 -> $constat_owner;"
}
changed=
if test "$same" = yes; then
  rights "\${before%% *}" "\${before#* }" "$constat_path"
  test -n "$changed" || { printf 'inchangé : %s\\n' "$constat_path"; exit 0; }
  printf '%s :%s\\n' "$constat_path" "$changed"
  exit 0
fi
old=$constat_path
test "$before" != absent || old=/dev/null
printf -- '--- %s\\n+++ %s\\n' "$old" "$constat_path"
diff -u "$old" "$new" | sed -n '/^@@/,$p'
fresh=$(stat -c '%a %U:%G' "$new") || exit 1
if test "$before" != absent && test -z "$constat_owner" && test "\${before#* }" != "\${fresh#* }"; then constat_owner=\${before#* }; fi
rights "\${fresh%% *}" "\${fresh#* }" "$new"
mv "$new" "$constat_path" || refuse "$constat_path ne se remplace pas."
test "$(cat "$constat_path"; echo .)" = "$(printf '%s\\n' "$constat_content"; echo .)" || refuse "$constat_path n’a pas le contenu écrit."
`;
