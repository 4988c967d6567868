import { isTable } from '../text/form.js'
import { type LiteralRecord, readLiteral } from './literal.js'
import type { PageText } from './page-text.js'

/** `window.cgiDataNew`: the one object in which a page since 2025 states all that it knows of its article, whatever the kind. */
export interface CgiData {
  readonly record: LiteralRecord
  /** It was read to its end; else it holds what stood before the damage. */
  readonly complete: boolean
}

const assignment = /^window\.cgiDataNew\s{0,20}=\s{0,200}(?=\{)/
const name = 'window.cgiDataNew'
/** Libraries in the page name it some dozen times. */
const maxPlaces = 1_000
/** The assignment stands near the start of its script. */
const scriptWindow = 20_000

/** The bodies: taken as the script engine gives them, since `JsDecode` would turn the escapes that an article writes about into markup. */
const bodies: ReadonlySet<string> = new Set(['content_noencode'])

/**
 * Finds and reads `window.cgiDataNew`, without running anything. Absent when the page has none. `body: false` passes over the bodies,
 * which are most of it.
 */
export function readCgiData(page: PageText, options: { body: boolean }): CgiData | undefined {
  let at = page.find(name)
  for (let place = 0; place < maxPlaces && at >= 0; place++) {
    const start = assignment.exec(page.slice(at, at + 300))?.[0].length
    if (start !== undefined && isInScript(page, at)) {
      const end = page.find('</script', at)
      const { value, complete } = readLiteral(
        page.slice(at + start, end < 0 ? page.length : end),
        0,
        options.body ? { verbatim: bodies } : { skip: bodies },
      )
      if (isTable(value)) return { record: value, complete }
    }
    at = page.find(name, at + name.length)
  }
  return undefined
}

/** An article about pages like this one may hold such an assignment as its text. */
function isInScript(page: PageText, at: number): boolean {
  const before = page.slice(Math.max(0, at - scriptWindow), at).toLowerCase()
  return before.lastIndexOf('<script') > before.lastIndexOf('</script')
}

/** The value at a path of names and list positions, where the data has one. */
export function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step]
    else if (isTable(value) && typeof step === 'string') value = value[step]
    else return undefined
  }
  return value
}

/** The objects of a list at a path; empty where there is no list. */
export function recordsAt(data: unknown, path: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const list = valueAt(data, path)
  return Array.isArray(list) ? list.filter(isTable) : []
}
