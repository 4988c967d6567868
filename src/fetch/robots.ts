import robotsParser from 'robots-parser'
import type { Outcome } from '../problems.js'
import { Fault } from './fetch-problem.js'

/** Says which addresses the robots.txt files allow. */
export interface Robots {
  /** Throws `FETCH_ROBOTS` when the file of the address's origin forbids it or cannot be had. */
  assertAllows(url: URL): Promise<void>
}

/** Whether a page is held to robots.txt: by the table of hosts, else if it was discovered. The file itself never is (RFC 9309, 2.2.2). */
export function obeysRobots(
  { hostname, pathname }: URL,
  isDiscovered = false,
  table: Readonly<Record<string, 'obey' | 'ignore'>> = {},
): boolean {
  const word = Object.hasOwn(table, hostname) ? table[hostname] : undefined
  return pathname !== '/robots.txt' && (word === undefined ? isDiscovered : word === 'obey')
}

/** Longest address and rule that are compared: matching takes the product of both. */
const maxCompared = 2_000

/** How much of a file is read, in characters; RFC 9309 asks for 500 KiB at least. */
const maxRobots = 512 * 1024

/** The package's types describe an ES module; it is a CommonJS one, whose export is the function itself. */
const parseRobots = robotsParser as typeof robotsParser & typeof robotsParser.default

/**
 * Reads each robots.txt (RFC 9309) once. A missing or empty one (4xx) allows all; one that cannot be had forbids all, until the next run.
 * `fetchText` gets it through the same queues and limits as pages.
 */
export function createRobots(fetchText: (url: string) => Promise<Outcome<string>>, userAgent: string): Robots {
  const files = new Map<string, Promise<(url: string) => void>>()

  async function load(origin: string): Promise<(url: string) => void> {
    const address = `${origin}/robots.txt`
    const outcome = await fetchText(address)
    if (outcome.ok) {
      const rules = parseRobots(address, selectGroups(outcome.value, productToken(userAgent)))
      return url => {
        if (url.length <= maxCompared && rules.isAllowed(url, userAgent) !== false) return
        throw new Fault('FETCH_ROBOTS', `${address} forbids ${url.slice(0, maxCompared)}.`)
      }
    }
    const { code, message, data } = outcome.problem
    const isMissing = code === 'FETCH_EMPTY' || code === 'FETCH_GONE' || (code === 'FETCH_STATUS' && data?.['status']?.startsWith('4'))
    return () => {
      if (isMissing) return
      if (code === 'FETCH_ABORTED' || code === 'FETCH_BUDGET') throw new Fault(code, message)
      throw new Fault('FETCH_ROBOTS', `${address} could not be had, so its rules are unknown.`, { cause: message, again: 'later' })
    }
  }

  return {
    async assertAllows(url) {
      const file = files.get(url.origin) ?? load(url.origin)
      files.set(url.origin, file)
      const assertAllowed = await file
      assertAllowed(url.href)
    },
  }
}

/** `weekloom/1.0 (+…)` goes by the name `weekloom`. */
function productToken(userAgent: string): string {
  return (/^[\w-]+/.exec(userAgent)?.[0] ?? '*').toLowerCase()
}

/**
 * The groups of a robots.txt that concern us, in one pass. The parser keeps every rule once for each user agent of its group,
 * so that a hostile file of many of both would fill the memory.
 */
function selectGroups(text: string, token: string): string {
  const kept: string[] = []
  let agents = new Set<string>()
  let isNaming = false
  for (const line of text.slice(0, maxRobots).split(/\r\n|\r|\n/)) {
    const colon = line.indexOf(':')
    const field = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    const value = (line.slice(colon + 1).split('#', 1)[0] ?? '').trim()
    if (field === 'user-agent') {
      if (!isNaming) agents = new Set()
      isNaming = true
      const name = (/^[\w*-]+/.exec(value)?.[0] ?? '').toLowerCase()
      if (name === '*' || name === token) agents.add(name)
    } else if (field === 'allow' || field === 'disallow') {
      isNaming = false
      for (const agent of value.length > maxCompared ? [] : agents) kept.push(`User-agent: ${agent}`, `${field}: ${value}`)
    }
  }
  return kept.join('\n')
}
