type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that are there: an absent value is an absent key. */
export function dropAbsent<T extends object>(fields: T): Present<T> {
  const present: Present<T> = { ...fields }
  for (const key in present) if (present[key] === undefined) delete present[key]
  return present
}
