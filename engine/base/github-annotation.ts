/** What an annotation of GitHub Actions says, and of which line of which file. */
export interface Annotation {
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly text: string;
}

/** A line that GitHub's runner takes out of a job's output and shows on the change. Nothing in the texts ends it. */
export function githubAnnotation({ severity, title, file, line, column, text }: Annotation): string {
  const where = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(title)}`,
  ];
  return `::${severity} ${where.join(",")}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
