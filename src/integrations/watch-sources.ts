import type { PluginOptions } from './plugin-options.js'
import { loadSteps } from './site-feeds.js'

/** What Rollup and Vite give to a step of a plugin, as far as it is used. */
export interface Watcher {
  meta: { watchMode: boolean }
  addWatchFile(path: string): void
}

/** While a tool watches, lets it build again when a post or the config changes, or a post is new: also when the build that is to come fails. */
export async function watchSources(tool: Watcher, options: PluginOptions, root: string): Promise<void> {
  if (!tool.meta.watchMode) return
  const { sourceFiles, sourceFolders } = await loadSteps()
  for (const path of [...(await sourceFiles(options, root)), ...(await sourceFolders(options, root))]) tool.addWatchFile(path)
}
