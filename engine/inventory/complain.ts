import type { YamlPath } from "./field-at.ts";
import type { Complaint } from "./yaml-mistake.ts";

/** Puts a complaint where the value was written last: the first of these paths that a file holds. */
export type Complain = (paths: readonly YamlPath[], complaint: Complaint, at?: "value" | "key") => void;
