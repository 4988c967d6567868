import { isPart } from '../entry/part-entries.js'
import { pickDefined } from '../entry/pick-defined.js'
import { newestInstant } from '../entry/select-entries.js'
import type { PageFeed } from '../page/page-options.js'
import { pageChunks } from '../page/write-page.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Entry } from '../types.js'
import type { PictureCopies } from './copy-pictures.js'
import { madeAnew, type OutputFile } from './output-file.js'
import type { Settings } from './settings.js'

/**
 * The page for people, which shows the whole of what the run knows within its own bounds, not only what is in the feeds; nothing when
 * the options want none.
 */
export function* pageFile(
  feeds: readonly PageFeed[],
  entries: readonly Entry[],
  { page, opml, calendar, site, baseUrl, images }: Settings,
  pictures: PictureCopies,
): Generator<OutputFile> {
  if (page === false) return
  const shown = entries.filter(entry => !isPart(entry))
  const options = {
    selfUrl: new URL(page === 'index.html' ? '' : page, baseUrl).href,
    entries: shown,
    ...(opml === false ? {} : { opmlUrl: new URL(opml, baseUrl).href }),
    ...(calendar === false ? {} : { calendarUrl: new URL(calendar, baseUrl).href }),
    language: site.language,
    timeZone: site.timeZone,
    images,
    ...pickDefined(pictures, 'rewriteImage'),
  }
  const body = madeAnew(() => pageChunks(feeds, options))
  yield { path: page, mediaType: 'text/html', body, ...dropAbsent({ updated: newestInstant(shown) }) }
}
