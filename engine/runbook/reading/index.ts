/** What a script does to a machine, before it runs. Loads a whole parser of bash: only for those who need it. */

export { type Doubt, doubtsAbout } from "./classify-script.ts";
