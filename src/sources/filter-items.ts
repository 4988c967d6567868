import { adoptEntry } from '../entry/adopt-given.js'
import { compareText } from '../entry/canonical-order.js'
import { type EntryPattern, matchEntry, PatternError } from '../entry/match-entry.js'
import { causeOf, makeProblem, type Problem, WeekloomError } from '../problems.js'
import type { Entry, SourceItem, SourceTools } from '../types.js'
import { OptionsError } from './option-mistakes.js'

/** What these sources can be told about the entries that they give, beside their own options. What `weekly()` gives is chosen by `links`, `onPost` and `onLink`. */
export interface EntryFilters {
  /**
   * Entries that are taken: those that one of the patterns matches.
   * @default all
   * @example { title: '发布' }
   */
  include?: EntryPattern | readonly EntryPattern[]
  /**
   * Entries that are left out, also of those that `include` takes.
   * @default none
   * @example ['招聘', { url: /\/ads\// }]
   */
  exclude?: EntryPattern | readonly EntryPattern[]
  /**
   * Gives each entry that is left another form, or `undefined` or `null` to leave it out. What names the entry stays whatever it gives: `id`, `keys` and `origins`. An entry
   * for which it throws, or gives what is no entry, stays as it was, with `ENTRY_MAP_FAILED`. A date counts for entries that are new: what was published keeps its date, which
   * `onEntry` can change.
   * @default none
   * @example entry => ({ ...entry, title: `[社区] ${entry.title}` })
   */
  map?: (entry: Entry) => Entry | null | undefined
  /**
   * At most so many of the entries that are left, the newest; those without a date come last, in their order. Of a source of feeds, so many of each feed.
   * @default none
   * @example 20
   */
  limit?: number
  /**
   * Tags that every entry gets.
   * @default none
   * @example ['社区']
   */
  tags?: readonly string[]
}

/**
 * Filters made ready: takes the items of a source, or of one of its feeds, and gives those that are left.
 *
 * @param onKept hears of each item that `include` and `exclude` leave, when it comes
 */
export type FilterItems = (items: AsyncIterable<SourceItem>, tools: Reporting, onKept?: () => void) => AsyncGenerator<SourceItem>

type Reporting = Pick<SourceTools, 'report'>

/**
 * Makes filters ready. An entry that a page is to complete is looked at twice: what `exclude` matches at once is never asked for, and once the page has been had
 * `include`, `exclude` and `map` decide by what it says (see `SourceItem.refine`). `limit` counts before that. Twins pass. Throws a `WeekloomError` for filters that mean nothing.
 *
 * @param source name of the source, in reports
 * @param kind the function that made it, in mistakes
 */
export function makeFilter({ include, exclude, map, limit, tags = [] }: EntryFilters, source: string, kind = source): FilterItems {
  const isIncluded = include === undefined ? () => true : guard('include', readPattern(include, `${kind}.include`), true)
  const isExcluded = exclude === undefined ? () => false : guard('exclude', readPattern(exclude, `${kind}.exclude`), false)
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 0)) {
    throw new WeekloomError(`limit: ${String(limit)} is no number of entries`, 'Use a whole number, or leave it out.')
  }
  const mapEntry = (entry: Entry, { report }: Reporting): Entry | undefined => {
    if (map === undefined) return entry
    try {
      const given = map(structuredClone(entry))
      return given === undefined || given === null ? undefined : takeOver(entry, given)
    } catch (error) {
      report(mapFailure('map', entry, error))
      return entry
    }
  }
  const refine = (entry: Entry, tools: Reporting) =>
    isIncluded(entry, tools) && !isExcluded(entry, tools) ? mapEntry(entry, tools) : undefined
  const isUseless = include === undefined && exclude === undefined && map === undefined
  return async function* filterItems(items, tools, onKept = () => {}) {
    const kept: SourceItem[] = []
    for await (const item of items) {
      if (item.twin) yield item
      else {
        const tagged = tags.length === 0 ? item : { ...item, entry: { ...item.entry, tags: [...new Set([...item.entry.tags, ...tags])] } }
        const chosen = choose(tagged, tools)
        if (chosen !== undefined) onKept()
        if (chosen !== undefined && limit === undefined) yield* finish(chosen, tools)
        else if (chosen !== undefined) kept.push(chosen)
      }
    }
    for (const item of takeNewest(kept, limit ?? 0)) yield* finish(item, tools)
  }

  function choose(item: SourceItem, tools: Reporting): SourceItem | undefined {
    return isExcluded(item.entry, tools) || (item.wants === undefined && !isIncluded(item.entry, tools)) ? undefined : item
  }

  /** A function of the user's own that throws decides nothing. */
  function guard(option: string, matches: (entry: Entry) => boolean, otherwise: boolean) {
    return (entry: Entry, { report }: Reporting) => {
      try {
        return matches(entry)
      } catch (error) {
        report(mapFailure(option, entry, error))
        return otherwise
      }
    }
  }

  function mapFailure(option: string, { url, title }: Entry, error: unknown): Problem {
    return makeProblem('ENTRY_MAP_FAILED', { source, url }, `${option} stopped at “${title}”.`, { cause: causeOf(error) })
  }

  function* finish(item: SourceItem, tools: Reporting): Generator<SourceItem> {
    if (isUseless) yield item
    else if (item.wants !== undefined) yield { ...item, refine: entry => refine(entry, tools) }
    else {
      const entry = mapEntry(item.entry, tools)
      if (entry !== undefined) yield { ...item, entry }
    }
  }
}

/** Patterns made ready. Throws an {@link OptionsError} for those that mean nothing. */
function readPattern(pattern: EntryPattern | readonly EntryPattern[], option: string): (entry: Entry) => boolean {
  try {
    return matchEntry(pattern, option)
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    const { fault, hint = '' } = error
    const cure = fault.endsWith('?') ? '' : `; ${hint.charAt(0).toLowerCase()}${hint.slice(1).replace(/\.$/, '')}`
    throw new OptionsError([{ path: error.option, message: `${fault}${cure}` }])
  }
}

/** In the order in which they came. */
function takeNewest(items: readonly SourceItem[], limit: number): readonly SourceItem[] {
  if (items.length <= limit) return items
  const newest = [...items].sort((a, b) => compareText(b.entry.published ?? '', a.entry.published ?? '')).slice(0, limit)
  const taken = new Set(newest)
  return items.filter(item => taken.has(item))
}

/** The entry as a user's function gives it, but for what names it. */
function takeOver({ id, keys, origins }: Entry, given: Entry): Entry {
  return adoptEntry({ ...given, id, keys, origins })
}
