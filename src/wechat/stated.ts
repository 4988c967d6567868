/** An object whose absent values are absent keys. */
export type Stated<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The object without the keys whose values are undefined; nothing when that leaves none. */
export function stating<T extends object>(values: T): Stated<T> | undefined {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Stated<T>)
}
