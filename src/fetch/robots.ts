import type { Outcome } from '../problems.js'
import { Fault } from './fetch-problem.js'
import { maxCompared, readRules } from './robots-rules.js'

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

/**
 * Reads each robots.txt (RFC 9309) once. A missing or empty one (4xx) allows all; one that cannot be had forbids all, until the next run.
 * `fetchText` gets it through the same queues and limits as pages.
 */
export function createRobots(fetchText: (url: string) => Promise<Outcome<string>>, userAgent: string): Robots {
  const files = new Map<string, Promise<(url: URL) => void>>()

  async function load(origin: string): Promise<(url: URL) => void> {
    const address = `${origin}/robots.txt`
    const outcome = await fetchText(address)
    if (outcome.ok) {
      const allows = readRules(outcome.value, productToken(userAgent))
      return ({ href, pathname, search }) => {
        if (href.length <= maxCompared && allows(pathname + search)) return
        throw new Fault('FETCH_ROBOTS', `${address} forbids ${href.slice(0, maxCompared)}.`)
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
      assertAllowed(url)
    },
  }
}

/** `weekloom/1.0 (+…)` goes by the name `weekloom`. */
function productToken(userAgent: string): string {
  return (/^[\w-]+/.exec(userAgent)?.[0] ?? '*').toLowerCase()
}
