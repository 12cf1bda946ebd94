import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dirname, "../..");
const CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^(?:SIGNER)$/;

/** A code that the operator may meet, with what the source says of it: `…` stands for what differs from case to case. */
export interface ErrorCode {
  readonly code: string;
  readonly causes: readonly string[];
  readonly remedies: readonly string[];
}

/** Codes of `engine/` that are raised: errors, outcomes, points of the doctor. `computed` are those whose code is no plain word, by file and expression. */
export function errorCodes(): { readonly codes: readonly ErrorCode[]; readonly computed: readonly string[] } {
  const found = new Map<string, { causes: Set<string>; remedies: Set<string> }>();
  const computed: string[] = [];
  const add = (code: string, cause: string, remedy: string): void => {
    const entry = found.get(code) ?? { causes: new Set(), remedies: new Set() };
    if (cause !== "") entry.causes.add(cause);
    if (remedy !== "") entry.remedies.add(remedy);
    found.set(code, entry);
  };
  for (const path of globSync("engine/**/*.ts", { cwd: ROOT }).sort()) {
    const source = ts.createSourceFile(path, readFileSync(join(ROOT, path), "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
        const [code, cause, details] = node.arguments ?? [];
        const isProblem = node.expression.getText() === "ProblemError";
        if (
          code !== undefined &&
          ts.isStringLiteral(code) &&
          CODE.test(code.text) &&
          (isProblem || details !== undefined)
        )
          add(
            code.text,
            textOf(cause),
            details !== undefined && ts.isObjectLiteralExpression(details) ? fieldOf(details, HINTS) : textOf(details),
          );
        else if (isProblem && code !== undefined) computed.push(`${path}: ${code.getText().replace(/[`${}]/g, "")}`);
      }
      if (ts.isObjectLiteralExpression(node)) {
        const code = property(node, ["code"]);
        if (code !== undefined && ts.isStringLiteral(code) && CODE.test(code.text)) {
          // `...{ …, code: "X" }` shares its lines with the object around it.
          const around = ts.isSpreadAssignment(node.parent) ? node.parent.parent : node;
          add(code.text, fieldOf(around, TEXTS), fieldOf(around, HINTS));
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  const codes = [...found].map(([code, { causes, remedies }]) => ({
    code,
    causes: [...causes],
    remedies: [...remedies],
  }));
  return { codes: codes.sort((a, b) => (a.code < b.code ? -1 : 1)), computed };
}

const HINTS = ["hint", "remedy"];
const TEXTS = ["reason", "text", "message", "cause"];

function fieldOf(node: ts.ObjectLiteralExpression, names: readonly string[]): string {
  return textOf(property(node, names));
}

function property(node: ts.ObjectLiteralExpression, names: readonly string[]): ts.Expression | undefined {
  for (const each of node.properties) {
    if (ts.isPropertyAssignment(each) && names.includes(each.name.getText())) return each.initializer;
    if (ts.isShorthandPropertyAssignment(each) && names.includes(each.name.text)) return each.name;
  }
  return undefined;
}

/** The words of an expression; empty when it has none of its own. */
function textOf(node: ts.Node | undefined): string {
  if (node === undefined) return "";
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (ts.isConditionalExpression(node))
    return [textOf(node.whenTrue), textOf(node.whenFalse)].filter((text) => text !== "").join(" / ");
  if (ts.isBinaryExpression(node)) {
    const parts = [textOf(node.left), textOf(node.right)];
    if (node.operatorToken.kind === ts.SyntaxKind.PlusToken) return parts.join("");
    return parts.filter((text) => text !== "").join(" / ");
  }
  if (ts.isIdentifier(node)) return textOf(declaredFor(node));
  return "";
}

/** What a constant is: of the innermost block around its use that declares one of this name. */
function declaredFor(use: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node | undefined = use.parent; scope !== undefined; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const own = statement.declarationList.declarations.find(({ name }) => name.getText() === use.text)?.initializer;
      if (own !== undefined) return own;
    }
  }
  return undefined;
}
