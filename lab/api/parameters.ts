import { parameterError } from "../state/pve-error.ts";

/** Parameters as they travel: texts, whatever they mean. Path parts such as `{node}` are among them. */
export type Parameters = Readonly<Record<string, string>>;

/** What one parameter may be; the texts of refusals are those of real nodes. */
export interface ParameterRule {
  readonly type?: "string" | "integer" | "boolean";
  readonly required?: true;
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Refuses a value with a text of its own. */
  readonly check?: (value: string) => string | undefined;
}

export type ParameterSchema = Readonly<Record<string, ParameterRule>>;

/** Throws 400 with one text for every parameter that is unknown, missing or wrong. */
export function checkParameters(given: Parameters, schema: ParameterSchema): void {
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const rule = schema[name];
    const refusal = rule ? refusalOf(value, rule) : UNKNOWN;
    if (refusal !== undefined) errors[name] = refusal;
  }
  for (const [name, rule] of Object.entries(schema)) {
    if (rule.required && given[name] === undefined) errors[name] = "property is missing and it is not optional";
  }
  if (Object.keys(errors).length > 0) throw parameterError(errors);
}

/** The eight corosync links of create and join; their values are read by `parseLinks`. */
export const LINK_PARAMETERS: ParameterSchema = Object.fromEntries(
  Array.from({ length: 8 }, (_, link) => [`link${link}`, {}]),
);

/** A flag as Proxmox reads it. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|on|yes|true)$/i.test(value);
}

/** A number out of a checked parameter. */
export function toNumber(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

const UNKNOWN = "property is not defined in schema and the schema does not allow additional properties";
const BOOLEAN = /^(?:1|0|on|off|yes|no|true|false)$/i;

function refusalOf(value: string, rule: ParameterRule): string | undefined {
  const { type = "string", values, pattern, minLength, maxLength, minimum, maximum } = rule;
  if (type === "integer" && !/^-?\d+$/.test(value)) return `type check ('integer') failed - got '${value}'`;
  if (type === "boolean" && !BOOLEAN.test(value)) return `type check ('boolean') failed - got '${value}'`;
  if (values && !values.includes(value)) {
    return `value '${value}' does not have a value in the enumeration '${values.join(", ")}'`;
  }
  if (maxLength !== undefined && value.length > maxLength) return `value may only be ${maxLength} characters long`;
  if (minLength !== undefined && value.length < minLength) {
    return `value must be at least ${minLength} characters long`;
  }
  if (pattern && !pattern.test(value)) return "value does not match the regex pattern";
  if (minimum !== undefined && Number(value) < minimum) return `value must have a minimum value of ${minimum}`;
  if (maximum !== undefined && Number(value) > maximum) return `value must have a maximum value of ${maximum}`;
  return rule.check?.(value);
}
