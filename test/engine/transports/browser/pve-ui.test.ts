import { pveUiContract } from "../../../contract/pve-ui.ts";
import { labPages } from "./lab-pages.ts";

for (const dialect of ["9", "8.4"] as const) pveUiContract(dialect, () => labPages(dialect));
