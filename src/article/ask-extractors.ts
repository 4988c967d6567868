import { causeOf, makeProblem, type Outcome, type Problem } from '../problems.js'
import type { Article, Extractor, Page } from '../types.js'
import { adoptOutcome } from './adopt-article.js'

/** What the user's own extractors made of a page. */
export interface OwnReading {
  /** Absent where none matches, or none of those that match can be used. */
  outcome?: Outcome<Article>
  /** What is wrong with the extractors that were passed over: `EXTRACTOR_FAILED`. */
  problems: readonly Problem[]
}

/**
 * Asks the user's own extractors, made safe: one that stops, gives something else than an outcome, or changes what it was given, costs nothing but its own reading, and the
 * next that matches is asked.
 */
export function askExtractors(extractors: readonly Extractor[], page: Page, { body }: { body: boolean }): OwnReading {
  const problems: Problem[] = []
  for (const extractor of extractors) {
    const { name } = extractor
    try {
      if (!doesMatch(extractor, page.finalUrl)) continue
      return { outcome: adoptOutcome(extractor.extract(copyOf(page), { body }), { name, page, body }), problems }
    } catch (error) {
      problems.push(
        makeProblem('EXTRACTOR_FAILED', { url: page.url }, `The extractor ${name} could not be used.`, { cause: causeOf(error) }),
      )
    }
  }
  return { problems }
}

/** The one of the user's own extractors that is asked first about a page of this address; those that cannot be asked are passed over. */
export function findExtractor(extractors: readonly Extractor[], url: string): Extractor | undefined {
  return extractors.find(extractor => {
    try {
      return doesMatch(extractor, url)
    } catch {
      return false
    }
  })
}

function doesMatch(extractor: Extractor, url: string): boolean {
  const matches: unknown = extractor.matches(new URL(url))
  if (typeof matches === 'boolean') return matches
  if (matches instanceof Promise) matches.catch(() => {})
  throw new TypeError('Its `matches` gave neither true nor false.')
}

/** Others read the same page, and the store keeps it. */
function copyOf(page: Page): Page {
  return { ...page, body: typeof page.body === 'string' ? page.body : page.body.slice() }
}
