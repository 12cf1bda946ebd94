/** What a script does to a machine, before it runs. Loads a whole parser of bash: only for those who need it. */

export { placeInBody } from "../lint/places.ts";
export { doubtsAbout, readsDisks } from "./classify-script.ts";
