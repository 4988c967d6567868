import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../problems.js'
import type { CheckMade } from '../run/check-made.js'
import { patientlySync } from '../store/whole-file.js'
import type { WrittenFile } from './write-files.js'

/**
 * What is wrong with the feeds that were just written, each finding with its file, line and column; those unchanged were checked before.
 *
 * @param own names of files that outputs of the user's own write, which may be no feeds
 */
export function checkWritten(files: readonly WrittenFile[], folder: string, own: readonly string[], check: CheckMade): Problem[] {
  const isFeed = (path: string) => /\.(xml|json|opml)$/.test(path) && !own.includes(path.slice(path.lastIndexOf('/') + 1))
  const changed = files.filter(({ path, state }) => (state === 'created' || state === 'changed') && isFeed(path))
  return changed.flatMap(({ path }) => {
    const file = join(folder, path)
    return check(
      file,
      patientlySync(() => readFileSync(file, 'utf8')),
    )
  })
}
