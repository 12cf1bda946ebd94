import type { Complaint } from "./complaint.ts";
import type { YamlPath } from "./field-at.ts";

/** Puts a complaint where the value was written last: the first of these paths that a file holds. */
export type Complain = (paths: readonly YamlPath[], complaint: Complaint, at?: "value" | "key") => void;
