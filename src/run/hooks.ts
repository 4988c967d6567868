import { adoptEntry, adoptGiven } from '../entry/adopt-given.js'
import { sortNewest } from '../entry/canonical-order.js'
import { articleForm, linkForm, postForm } from '../entry/document-forms.js'
import { identifyLink } from '../links/identify-link.js'
import { causeOf, makeProblem, type Where } from '../problems.js'
import type { Article, Entry, Post, SourceHooks } from '../types.js'
import { loadText } from './load-text.js'
import type { Hook, Options } from './options.js'
import { refineEntry } from './refine-entry.js'
import type { RunContext } from './run-context.js'
import { hearSignal, untilStopped } from './until-stopped.js'

type Hooks = Pick<Options, 'onPost' | 'onLink' | 'onArticle' | 'onEntry'>
/** What hooks are called with besides: where problems go, and what stops the run. */
type Calling = Pick<RunContext, 'report'> & { settings: Pick<RunContext['settings'], 'signal'> }

/** The hooks that sources call, made safe: a hook that fails is a problem, and costs nothing but its change. */
export function sourceHooks({ onPost, onLink, onArticle }: Hooks, run: Calling): SourceHooks {
  const copies = new WeakMap<Post, Post>()
  const copyOf = (post: Post): Post => {
    const copy = copies.get(post) ?? structuredClone(post)
    copies.set(post, copy)
    return copy
  }
  return {
    post: (post, where) => callHook('onPost', onPost, { value: post, adopt: given => adoptGiven(given, postForm, 'post') }, where, run),
    async link(link, post, where) {
      const bound: Hook<typeof link> | undefined = onLink && (given => onLink(given, copyOf(post)))
      const changed = await callHook(
        'onLink',
        bound,
        { value: link, adopt: given => adoptGiven(given, linkForm, 'link') },
        { ...where, line: link.line },
        run,
      )
      // Another address is another thing, unless the hook has said what it is.
      if (!changed || changed.url === link.url || changed.key !== link.key) return changed
      const { key, url } = identifyLink(changed.url)
      return { ...changed, key, url }
    },
    article: article =>
      callHook(
        'onArticle',
        onArticle,
        { value: article, adopt: given => adoptGiven(given, articleForm, 'article') },
        { url: article.url },
        run,
      ),
  }
}

/**
 * `onArticle` for the articles of a run, each once, however many entries it completes. The hook sees the body; of a body that it leaves as it
 * was the run holds none.
 */
export function articleHook({ onArticle }: Hooks, run: RunContext): (article: Article) => Promise<Article | undefined> {
  if (!onArticle) return async article => article
  const hooks = sourceHooks({ onArticle }, run)
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
    const adopt = (given: object) => adoptEntry({ ...given, id: entry.id, keys: entry.keys })
    const given = await refineEntry(entry, whole => callHook('onEntry', onEntry, { value: whole, adopt }, where, run), run)
    if (given) changed.push(given)
  }
  return sortNewest(changed)
}

/** @param adopt takes over what the hook gives; throws for what cannot take the place of what it was called with */
async function callHook<T extends object>(
  name: keyof Hooks,
  hook: Hook<T> | undefined,
  { value, adopt }: { value: T; adopt: (given: object) => T },
  where: Where,
  { report, settings: { signal } }: Calling,
): Promise<T | undefined> {
  if (!hook) return value
  await hearSignal(signal)
  try {
    // Of its own: what it changes in place is held to the same rules as what it gives, and gone when it fails.
    const copy = structuredClone(value)
    const given: unknown = await untilStopped(Promise.resolve(hook(copy)), signal, name)
    if (given === null) return undefined
    if (given === undefined) return adopt(copy)
    if (typeof given !== 'object') throw new TypeError(`It gave ${typeof given}, which is neither what it was called with nor null.`)
    return adopt(given)
  } catch (error) {
    signal.throwIfAborted()
    report(makeProblem('HOOK_FAILED', where, `${name} stopped.`, { cause: causeOf(error) }))
  }
  return value
}
