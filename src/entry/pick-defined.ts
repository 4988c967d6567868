/** The named fields of an object that are there: an absent value stays an absent key. */
export function pickDefined<T extends object, K extends keyof T>(from: T, ...names: readonly K[]): Partial<Pick<T, K>> {
  return pickFirst([from], ...names)
}

/** The same of several objects: each field of the first that has it. */
export function pickFirst<T extends object, K extends keyof T>(from: readonly T[], ...names: readonly K[]): Partial<Pick<T, K>> {
  const picked: Partial<Pick<T, K>> = {}
  for (const name of names) {
    const value = from.find(one => one[name] !== undefined)?.[name]
    if (value !== undefined) picked[name] = value
  }
  return picked
}
