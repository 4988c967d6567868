import { adoptEntry } from '../entry/adopt-entry.js'
import { compareNewest } from '../entry/canonical-order.js'
import { identifyLink } from '../links/identify-link.js'
import { causeOf, makeProblem, type Where } from '../problems.js'
import type { Article, Entry, SourceHooks } from '../types.js'
import { loadText } from './load-text.js'
import type { Hook, Options } from './options.js'
import { refineEntry } from './refine-entry.js'
import type { RunContext } from './run-context.js'

type Hooks = Pick<Options, 'onPost' | 'onLink' | 'onArticle' | 'onEntry'>
type Report = RunContext['report']

/** The hooks that sources call, made safe: a hook that fails is a problem, and costs nothing but its change. */
export function sourceHooks({ onPost, onLink, onArticle }: Hooks, report: Report): SourceHooks {
  return {
    post: (post, where) => callHook('onPost', onPost, post, where, report),
    async link(link, post, where) {
      const bound: Hook<typeof link> | undefined = onLink && (given => onLink(given, post))
      const changed = await callHook('onLink', bound, link, { ...where, line: link.line }, report)
      // Another address is another thing, unless the hook has said what it is.
      if (!changed || changed.url === link.url || changed.key !== link.key) return changed
      const { key, url } = identifyLink(changed.url)
      return { ...changed, key, url }
    },
    article: article => callHook('onArticle', onArticle, article, { url: article.url }, report),
  }
}

/**
 * `onArticle` for the articles of a run, each once, however many entries it completes. The hook sees the body; of a body that it leaves as it
 * was the run holds none.
 */
export function articleHook({ onArticle }: Hooks, run: RunContext): (article: Article) => Promise<Article | undefined> {
  if (!onArticle) return async article => article
  const hooks = sourceHooks({ onArticle }, run.report)
  const done = new Map<string, Promise<Article | undefined>>()
  const call = async (article: Article) => {
    const { html } = await loadText({ keys: [article.key] }, run)
    const changed = await hooks.article(html === undefined ? article : { ...article, html })
    if (changed?.html === undefined || changed.html !== html) return changed
    const { html: _, ...rest } = changed
    return rest
  }
  return article => {
    const known = done.get(article.key) ?? call(article)
    done.set(article.key, known)
    return known
  }
}

/** `onEntry` for the entries of a run. Id and keys stay, whatever the hook gives: they name the entry in ledger and feeds. */
export async function hookEntries(entries: readonly Entry[], { onEntry }: Hooks, run: RunContext): Promise<readonly Entry[]> {
  if (!onEntry) return entries
  const changed: Entry[] = []
  for (const entry of entries) {
    const where = { source: entry.origins[0].source, url: entry.url }
    const hook: Hook<Entry> = async whole => {
      const given = await onEntry(whole)
      return given ? adoptEntry({ ...given, id: entry.id, keys: entry.keys }) : given
    }
    const given = await refineEntry(entry, whole => callHook('onEntry', hook, whole, where, run.report), run)
    if (given) changed.push(given)
  }
  return changed.sort(compareNewest)
}

async function callHook<T extends object>(
  name: keyof Hooks,
  hook: Hook<T> | undefined,
  value: T,
  where: Where,
  report: Report,
): Promise<T | undefined> {
  if (!hook) return value
  try {
    const given = await hook(value)
    if (given === null) return undefined
    if (given === undefined) return value
    if (typeof given !== 'object') throw new TypeError(`It gave ${typeof given}, which is neither what it was called with nor null.`)
    const flaw = demanded[name].find(field => !isAlike(Reflect.get(value, field), Reflect.get(given, field)))
    if (flaw === undefined) return given
    throw new TypeError(`It gave something else than it was called with: \`${flaw}\` is not what it has to be.`)
  } catch (error) {
    report(makeProblem('HOOK_FAILED', where, `${name} stopped.`, { cause: causeOf(error) }))
  }
  return value
}

/** The fields that what a hook gives must have, of the kind that they had; `adoptEntry` knows those of an entry. */
const demanded: Readonly<Record<keyof Hooks, readonly string[]>> = {
  onPost: ['slug', 'title', 'authors', 'tags', 'html', 'sections', 'draft'],
  onLink: ['url', 'text', 'section', 'line', 'kind', 'key'],
  onArticle: ['key', 'url', 'title', 'authors', 'kind', 'extractor', 'from'],
  onEntry: [],
}

function isAlike(a: unknown, b: unknown): boolean {
  return typeof a === typeof b && Array.isArray(a) === Array.isArray(b) && (a === null) === (b === null)
}
