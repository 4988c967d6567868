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
import type { PluginOptions, ToolBuild } from './plugin-options.js'
import { configFile, siteOptions, sourceFiles } from './site-config.js'
import { openSitePreview } from './site-preview.js'

/** The output folders that this process has built: what it builds again, for a server or while it watches, asks no network, and is told where something changed. */
const built = new Set<string>()

/** Writes the feeds and says so, as `weekloom build` does, when the turn of their folder has come. Rejects with what stopped it. */
async function buildFeeds(given: PluginOptions, { root, out }: ToolBuild, turn: 'before' | 'after'): Promise<void> {
  let progress: Progress | undefined
  try {
    const options = await siteOptions(given, root)
    const { output } = settleOptions(options)
    const isInside = out !== undefined && isBelow(out, output)
    if (isInside !== (turn === 'after')) return
    const isAgain = built.has(output)
    progress = showProgress({ quiet: isAgain })
    const onProgress = (event: ProgressEvent) => {
      progress?.event(event)
      options.onProgress?.(event)
    }
    const result = await runBuild(
      { ...options, ...(isAgain ? { network: 'frozen' } : {}), onProgress },
      { purpose: 'build', dryRun: false, acceptChurn: false },
    )
    built.add(output)
    progress.end()
    tellResult(result, { json: false, quiet: isAgain && result.files.every(({ state }) => state === 'unchanged') })
    if (result.failures.length > 0) throw new WeekloomError('The feeds failed by the policy of their config: the lines above say why.')
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

/** The tags by which readers find the feeds of the site. None where its config is mistaken: that is told by the build, and by what shows the feeds. */
async function siteLinks(given: PluginOptions, root: string): Promise<DiscoveryLink[]> {
  const settings = await siteOptions(given, root).then(settleOptions, () => undefined)
  return settings === undefined ? [] : discoveryLinks({ info: { title: settings.site.title, feedUrl: settings.baseUrl } })
}

/** What plugins do, one by one. */
export const steps = { buildFeeds, lookAt, openSitePreview, siteLinks, sourceFiles }
