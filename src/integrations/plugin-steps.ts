import { listConfigFiles } from '../build/config-files.js'
import { locateMistakes } from '../build/load-config.js'
import { runBuild } from '../build/run-build.js'
import { showProgress } from '../cli/progress.js'
import { tellResult } from '../cli/summary.js'
import { type DiscoveryLink, discoveryLinks } from '../feed/autodiscovery.js'
import { WeekloomError } from '../problems.js'
import type { ProgressEvent } from '../run/options.js'
import { settleOptions } from '../run/settings.js'
import { tellWhole } from '../serve/preview-files.js'
import type { PluginOptions } from './plugin-options.js'
import { configFile, siteOptions } from './site-config.js'
import { openSitePreview } from './site-preview.js'

/** Writes the feeds and says so, as `weekloom build` does. Rejects with what stopped it. */
async function buildFeeds(given: PluginOptions, root: string): Promise<void> {
  const progress = showProgress({ quiet: false })
  try {
    const options = await siteOptions(given, root)
    const onProgress = (event: ProgressEvent) => {
      progress.event(event)
      options.onProgress?.(event)
    }
    const result = await runBuild({ ...options, onProgress }, { purpose: 'build', dryRun: false, acceptChurn: false })
    progress.end()
    tellResult(result, { json: false, quiet: false })
    if (result.failures.length > 0) throw new WeekloomError('The feeds failed by the policy of their config: the lines above say why.')
  } catch (error) {
    throw inWords(error, given, root)
  } finally {
    progress.end()
  }
}

/** What stopped a build, for a tool to show: what is wrong, where, and what to do. Tools print stacks, so misuse has none; a crash has. */
function inWords(error: unknown, given: PluginOptions, root: string): unknown {
  const file = configFile(given, root)
  const located = file === undefined ? error : locateMistakes(error, listConfigFiles(file))
  if (!(located instanceof WeekloomError)) return located
  const shown = new WeekloomError(tellWhole(located))
  shown.stack = shown.message
  return shown
}

/** The tags by which readers find the feeds of the site. None where its config is mistaken: that is told by the build, and by what shows the feeds. */
async function siteLinks(given: PluginOptions, root: string): Promise<DiscoveryLink[]> {
  const settings = await siteOptions(given, root).then(settleOptions, () => undefined)
  return settings === undefined ? [] : discoveryLinks({ info: { title: settings.site.title, feedUrl: settings.baseUrl } })
}

/** What plugins do, one by one. */
export const steps = { buildFeeds, openSitePreview, siteLinks }
