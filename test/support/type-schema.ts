import ts from "typescript";

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema (draft 2020-12) of an interface of plain data, from its source: names, unions, arrays and what its comments say. */
export function typeSchema(file: string, name: string, title: string): Schema {
  const program = ts.createProgram([file], {
    ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: [] },
    ...{
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
    exactOptionalPropertyTypes: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  if (symbol === undefined) throw new Error(`no ${name} in ${file}`);
  const writer = new SchemaWriter(checker);
  const root = writer.of(checker.getDeclaredTypeOfSymbol(symbol));
  const definitions = Object.fromEntries([...writer.definitions].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title, ...root, $defs: definitions };
}

class SchemaWriter {
  readonly definitions = new Map<string, Schema>();
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  of(type: ts.Type): Schema {
    if (type.flags & ts.TypeFlags.StringLiteral) return { const: (type as ts.StringLiteralType).value };
    if (type.flags & ts.TypeFlags.NumberLiteral) return { const: (type as ts.NumberLiteralType).value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: this.#checker.typeToString(type) === "true" };
    if (type.flags & ts.TypeFlags.String) return { type: "string" };
    if (type.flags & ts.TypeFlags.Number) return { type: "number" };
    if (type.flags & ts.TypeFlags.Boolean) return { type: "boolean" };
    if (type.flags & ts.TypeFlags.Null) return { type: "null" };
    if (type.isUnion()) return this.#named(type, () => this.#union(type));
    const [item] = this.#checker.isArrayType(type) ? this.#checker.getTypeArguments(type as ts.TypeReference) : [];
    if (item !== undefined) return { type: "array", items: this.of(item) };
    return this.#named(type, () => this.#object(type));
  }

  #union({ types }: ts.UnionType): Schema {
    const given = types.filter((type) => !(type.flags & ts.TypeFlags.Undefined));
    if (given.every((type) => type.isStringLiteral()))
      return { enum: given.map((type) => (type as ts.StringLiteralType).value) };
    const others = given.filter((type) => !(type.flags & ts.TypeFlags.BooleanLiteral));
    const each = [
      ...(others.length + 2 === given.length ? [{ type: "boolean" }] : []),
      ...others.map((type) => this.of(type)),
    ];
    return each.length === 1 ? (each[0] ?? {}) : { anyOf: each };
  }

  #object(type: ts.Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of this.#checker.getPropertiesOfType(type)) {
      const description = ts.displayPartsToString(property.getDocumentationComment(this.#checker));
      const schema = this.of(this.#checker.getTypeOfSymbol(property));
      properties[property.name] = description === "" ? schema : { description, ...schema };
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    return { type: "object", properties, required, additionalProperties: false };
  }

  /** What has a name in the source has it in the schema. */
  #named(type: ts.Type, make: () => Schema): Schema {
    const symbol = type.aliasSymbol ?? (type.symbol?.flags & ts.SymbolFlags.Interface ? type.symbol : undefined);
    if (symbol === undefined || (symbol.flags & ts.SymbolFlags.TypeAlias && type.aliasTypeArguments !== undefined))
      return make();
    const { name } = symbol;
    if (!this.definitions.has(name)) {
      this.definitions.set(name, {});
      const description = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
      this.definitions.set(name, description === "" ? make() : { description, ...make() });
    }
    return { $ref: `#/$defs/${name}` };
  }
}
