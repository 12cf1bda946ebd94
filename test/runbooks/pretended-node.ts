/** A node's `pvesh` that answers from the environment, and names on stderr what it is told to set. */
export const PVESH = `case "$2" in
  */sdn/zones) printf '%s' "$ZONES" ;;
  */sdn/vnets) printf '%s' "$VNETS" ;;
  */config) printf '%s' "$CONFIG" ;;
  */status/current) printf '%s' "$STATUS" ;;
  *) printf '%s' "$ANSWER" ;;
esac
[ "$1" = set ] && echo "set $*" >&2
exit 0`;

/** What every machine says of itself. */
export const SAY = { hostname: "echo pve1" };

export const json = (value: unknown) => JSON.stringify(value);
