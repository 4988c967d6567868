/** The words of a text with white space between them, for tables that are read by people and looked up by programs. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/))
}
