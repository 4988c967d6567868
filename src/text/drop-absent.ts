type Absent<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T]
/** What may be undefined may be absent. */
type Present<T> = { [K in Exclude<keyof T, Absent<T>>]: T[K] } & { [K in Absent<T>]?: Exclude<T[K], undefined> }

/** The fields that are there: an absent value is an absent key. */
export function dropAbsent<T extends object>(fields: T): Present<T> {
  const present: T = { ...fields }
  for (const key in present) if (present[key] === undefined) delete present[key]
  return present
}
