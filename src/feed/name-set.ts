/** Names of elements, as written. */
export class NameSet {
  readonly initials: ReadonlySet<number>

  constructor(readonly names: readonly string[]) {
    this.initials = new Set(names.map(name => name.charCodeAt(0)))
  }
}

/** No names. */
export const noNames = new NameSet([])
