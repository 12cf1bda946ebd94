import { HASH_POSITION, type PveScope } from "../../model/pve-views.ts";

const POSITIONS = 10;
const TREE = 1;
const RESOURCE = 2;

/** The page's address fragment for a tab of a resource. Literals only: the page's numeric abbreviations differ between versions. */
export function pveHash(scope: PveScope, rid: string, tab: string): string {
  const fields = Array.from({ length: POSITIONS }, () => "");
  const put = (position: number, text: string) => {
    fields[position - 1] = `=${encodeURIComponent(text)}`;
  };
  put(TREE, "server");
  put(RESOURCE, rid);
  put(HASH_POSITION[scope], tab);
  return `#v1:${fields.join(":")}`;
}
