import { listConfigFiles } from '../build/config-files.js'
import { locateMistakes } from '../build/load-config.js'
import { runBuild } from '../build/run-build.js'
import { type Progress, showProgress } from '../cli/progress.js'
import { tellResult } from '../cli/summary.js'
import { type DiscoveryLink, discoveryLinks } from '../feed/autodiscovery.js'
import { WeekloomError } from '../problems.js'
import { isBelow } from '../run/is-below.js'
import type { ProgressEvent } from '../run/options.js'
import { settleOptions } from '../run/settings.js'
import { tellWhole } from '../serve/preview-files.js'
import { signatureOf } from '../serve/watch-files.js'
import { resolveUrl } from '../text/url.js'
import type { PluginOptions, ToolBuild } from './plugin-options.js'
import { configFile, siteOptions, sourceFiles, sourceFolders } from './site-config.js'
import { openSitePreview } from './site-preview.js'

/** When each output folder was built last by this process. */
const built = new Map<string, number>()

/** Builds that come so soon after another, in milliseconds, are of one run of the tool: some load their plugins anew for browser and server. */
const ofOneBuild = 60_000

/** Whether what was done at a moment is done for the build that goes on now; what still goes on (no moment) is. */
function isOneBuild(done: number | undefined): boolean {
  return done === undefined || performance.now() - done < ofOneBuild
}

/** Of two plugins in one tool one writes after the other: they may share a store. */
let turnOfNext: Promise<unknown> = Promise.resolve()

/** Writes the feeds and says so, as `weekloom build` does, when the turn of their folder has come. Rejects with what stopped it. */
function buildFeeds(given: PluginOptions, build: ToolBuild, turn: 'before' | 'after'): Promise<void> {
  const own = turnOfNext.then(() => buildInTurn(given, build, turn))
  turnOfNext = own.catch(() => {})
  return own
}

async function buildInTurn(given: PluginOptions, { root, out, isWatching = false }: ToolBuild, turn: 'before' | 'after'): Promise<void> {
  let progress: Progress | undefined
  try {
    const options = await siteOptions(given, root)
    const { output } = settleOptions(options)
    const isInside = out !== undefined && isBelow(out, output)
    if (isInside !== (turn === 'after')) return
    // What is built again asks no network: it was asked a moment ago, or would be at each save.
    const last = built.get(output)
    const isAgain = last !== undefined && (isWatching || isOneBuild(last))
    progress = showProgress({ quiet: isAgain })
    const onProgress = (event: ProgressEvent) => {
      progress?.event(event)
      options.onProgress?.(event)
    }
    const result = await runBuild(
      { ...options, ...(isAgain ? { network: 'frozen' } : {}), onProgress },
      { purpose: 'build', dryRun: false, acceptChurn: false },
    )
    progress.end()
    const isNoNews = isInside || result.files.every(({ state }) => state === 'unchanged')
    tellResult(result, { json: false, quiet: isAgain && isNoNews })
    if (result.failures.length > 0) throw new WeekloomError('The feeds failed by the policy of their config: the lines above say why.')
    built.set(output, performance.now())
  } catch (error) {
    throw inWords(error, given, root)
  } finally {
    progress?.end()
  }
}

/** What stopped a build, for a tool to show: what is wrong, where, and what to do. Tools print stacks, so misuse has none; a crash has. */
function inWords(error: unknown, given: PluginOptions, root: string): unknown {
  const file = configFile(given, root)
  const located = file === undefined ? error : locateMistakes(error, listConfigFiles(file))
  if (!(located instanceof WeekloomError)) return located
  const shown = new Error(tellWhole(located))
  shown.stack = shown.message
  return shown
}

/** What the posts and the config look like, to tell whether they have changed. */
async function lookAt(given: PluginOptions, root: string): Promise<string> {
  return signatureOf({ patterns: [], paths: await sourceFiles(given, root), cwd: root })
}

/**
 * The tags by which readers find the feeds of the site, but for those that a page has. None where the config is mistaken: that is told by the build, and by what shows the feeds.
 *
 * @param page as HTML
 */
async function siteLinks(given: PluginOptions, root: string, page: string): Promise<DiscoveryLink[]> {
  const settings = await siteOptions(given, root).then(settleOptions, () => undefined)
  if (settings === undefined) return []
  const had = Array.from(page.matchAll(/<link\b[^>]{0,2000}>/gi), ([tag]) => /\shref\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1])
  const addresses = new Set(had.map(href => resolveUrl(href ?? '', settings.site.url)))
  return discoveryLinks({ info: { title: settings.site.title, feedUrl: settings.baseUrl } }).filter(({ href }) => !addresses.has(href))
}

/** What plugins do, one by one. */
export const steps = { buildFeeds, isOneBuild, lookAt, openSitePreview, siteLinks, sourceFiles, sourceFolders }
