/** A value of front matter. All that is no list and no table is text, as its author wrote it: "1.10" stays so, and a date keeps its offset. */
export type FrontValue = string | readonly FrontValue[] | FrontTable

/** Keys in the one spelling of {@link frontKey}. */
export type FrontTable = ReadonlyMap<string, FrontValue>

/** The one spelling of a key, in lower case and without `-`, `_` and spaces: `pubDate`, `pub_date` and `pubdate` are one. */
export function frontKey(key: string): string {
  return key.trim().toLowerCase().replace(/[-_ ]/g, '')
}
