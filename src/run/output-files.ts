import { pickDefined } from '../entry/pick-defined.js'
import type { ArchivePlan } from '../entry/plan-archive.js'
import { newestInstant } from '../entry/select-entries.js'
import { feedWriters } from '../feed/feed-writers.js'
import { calendarChunks } from '../feed/write-calendar.js'
import { opmlChunks } from '../feed/write-opml.js'
import type { WriteOptions } from '../feed/write-options.js'
import { dropAbsent } from '../text/drop-absent.js'
import type { Entry, Feed } from '../types.js'
import { archivedFeeds, type LazyFeed } from './archives.js'
import type { PictureCopies } from './copy-pictures.js'
import { madeAnew, type OutputFile } from './output-file.js'
import { fileOf, ownChunks } from './own-outputs.js'
import { pageFile } from './page-file.js'
import { presentFeed } from './presented-feed.js'
import type { RunContext } from './run-context.js'
import type { Settings } from './settings.js'

/** What the files are made of. */
interface OutputParts {
  /** All entries of the run, of which those of the archives are looked up. */
  entries: readonly Entry[]
  feeds: Readonly<Record<string, Feed>>
  archives: Readonly<Record<string, ArchivePlan>>
  pictures: PictureCopies
}

/**
 * Every feed in every format, those of the user's own included: the first at the top of the output folder, the others in folders of their names; after each its archive, in
 * `archive/1/`, `archive/2/` and so on below it; before them all the pictures that they show, behind them the list of all, the
 * calendar and the page for people.
 */
export async function* outputFiles({ entries, feeds, archives, pictures }: OutputParts, run: RunContext): AsyncGenerator<OutputFile> {
  const { settings } = run
  yield* pictures.files()
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  for (const feedSettings of settings.feeds) {
    const { name, folder } = feedSettings
    const feed = feeds[name]
    if (!feed) continue
    settings.onProgress({ step: 'write', subject: name, done: 0, total: 0 })
    const plan = (Object.hasOwn(archives, name) ? archives[name] : undefined) ?? []
    const placeOf = (number: number) => (number === 0 || number > plan.length ? undefined : `${folder}archive/${number}/`)
    const shown = presentFeed(feed, feedSettings, settings, pictures.rewriteImage)
    yield* filesOf({ ...pickDefined(shown, 'updated'), present: () => shown }, folder, { previous: placeOf(plan.length) }, settings)
    for (const output of settings.outputs) {
      const { mediaType } = output
      yield { path: folder + fileOf(output), mediaType, body: madeAnew(() => ownChunks(output, shown)), ...pickDefined(shown, 'updated') }
    }
    let number = 0
    for await (const archived of archivedFeeds(plan, feed, byId, feedSettings, run)) {
      number++
      const around = { previous: placeOf(number - 1), next: placeOf(number + 1), current: folder }
      yield* filesOf(archived, placeOf(number) ?? '', around, settings)
    }
  }
  yield* listFile(feeds, settings)
  yield* calendarFile(entries, settings)
  yield* pageFile(Object.values(feeds), entries, settings, pictures)
}

/** Whether a path is that of an archived document. */
export function isArchived(path: string): boolean {
  return /(?:^|\/)archive\/\d+\/[^/]+$/.test(path)
}

/** The list of all feeds. */
function* listFile(feeds: OutputParts['feeds'], { opml, site }: Settings): Generator<OutputFile> {
  if (opml === false) return
  const listed = Object.values(feeds)
  const [updated] = listed
    .map(feed => feed.updated ?? '')
    .sort()
    .reverse()
  const dated = updated ? { updated } : {}
  const options = { title: site.title, owner: site.authors[0] ?? { name: site.title, url: site.url }, ...dated }
  const body = madeAnew(() => opmlChunks(listed, options))
  yield { path: opml, mediaType: 'text/x-opml', body, ...dated }
}

/** The meetings of all issues, however old: what was in a calendar once should not go from it. */
function* calendarFile(entries: readonly Entry[], { calendar, site, baseUrl }: Settings): Generator<OutputFile> {
  if (calendar === false) return
  const meetings = entries.filter(entry => entry.meeting !== undefined)
  const info = { title: site.title, homeUrl: site.url, ...pickDefined(site, 'description') }
  const options = { selfUrl: new URL(calendar, baseUrl).href, timeZone: site.timeZone }
  yield {
    path: calendar,
    mediaType: 'text/calendar',
    body: madeAnew(() => calendarChunks({ info, entries: meetings }, options)),
    ...dropAbsent({ updated: newestInstant(meetings) }),
  }
}

type Around = Record<keyof NonNullable<WriteOptions['archive']>, string | undefined>

/** A feed in every format, with links to those around it in the same format: `around` names their folders. */
function* filesOf(feed: LazyFeed, folder: string, around: Partial<Around>, { baseUrl }: Pick<Settings, 'baseUrl'>): Generator<OutputFile> {
  for (const { file, mediaType, chunks } of feedWriters) {
    const selfUrl = new URL(folder + file, baseUrl).href
    const links = Object.entries(around).flatMap(([rel, place]) =>
      place === undefined ? [] : [[rel, new URL(place + file, baseUrl).href]],
    )
    const body = madeAnew(() => chunks(feed.present(), { selfUrl, archive: Object.fromEntries(links) }))
    yield { path: folder + file, mediaType, body, ...pickDefined(feed, 'updated') }
  }
}
