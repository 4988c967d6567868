import type { Options } from '../run/options.js'
import { settleOptions } from '../run/settings.js'
import { readPublished } from '../store/last-output.js'

/** Whether a build has published feeds of this config before: their ids are out in the world. */
export async function wasPublished(options: Options): Promise<boolean> {
  const { feeds, store } = settleOptions(options)
  for (const { name } of feeds) if ((await readPublished(store, name, () => {})) !== undefined) return true
  return false
}
