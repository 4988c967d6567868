/** Names of elements, as written. */
export class NameSet {
  /** Finds a tag of one of them, a comment, or CDATA. */
  readonly breaks: RegExp

  private constructor(readonly names: readonly string[]) {
    this.breaks = new RegExp(`<!${names.length === 0 ? '' : `|</?(?:${names.map(escapeName).join('|')})[\\0- />]`}`)
  }

  /** The set of these names, none of them long. Feeds have the same over and over, so each is made once. */
  static of(names: readonly string[]): NameSet {
    const key = names.join(' ')
    const known = sets.get(key)
    if (known !== undefined) return known
    // Split, the names are in memory of their own.
    const set = new NameSet(names.length === 0 ? names : key.split(' '))
    if (sets.size >= MOST_SETS) sets.clear()
    sets.set(key, set)
    return set
  }
}

const sets = new Map<string, NameSet>()
const MOST_SETS = 200

function escapeName(name: string): string {
  return name.replace(/[^\w:]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** No names. */
export const noNames = NameSet.of([])
