import { readFile } from 'node:fs/promises'
import { type ParsedOpml, parseOpml, type Subscription } from '../feed/parse-opml.js'
import { identifyLink } from '../links/identify-link.js'
import { causeOf, failed, makeProblem, type Outcome, type Problem } from '../problems.js'
import { keepListCopy, readListCopy } from '../store/list-copies.js'
import { decodeBody } from '../text/decode-body.js'
import type { Page, Plain, Source, SourceTools } from '../types.js'
import { distinctBy, type FeedsOptions, feeds } from './feeds.js'
import { makeFilter } from './filter-items.js'
import { type FoundFile, findFiles, nothingFound } from './find-files.js'
import { copyStandsIn, cutProblem, type Extent, endingOf, isDoubtful } from './good-copy.js'
import { readAhead } from './read-ahead.js'
import { assertSourceOptions, readPlaces } from './source-schemas.js'

/** What `opml()` can be told, with the options of `feeds()` and the filters. */
export interface OpmlOptions extends Omit<FeedsOptions, 'name'> {
  /**
   * Name of the source, in reports.
   * @default 'opml'
   * @example 'blogroll'
   */
  name?: string
  /**
   * Folders whose feeds are taken, by name; the folders in them are taken too.
   * @default all
   * @example ['社区']
   */
  folders?: readonly string[]
}

/**
 * The feeds of a list as a source: OPML 1.0 or 2.0, as feed readers export it, from this machine or by its address. Each feed is read as by `feeds()`, with the same options; the names
 * of the folders that it lies in become tags of its entries. A list that cannot be read, is empty or cut off is a problem and costs no other source; its last good copy stands in. What a
 * list at an address names is asked for as robots.txt allows; lists that a list includes are not followed.
 *
 * @param lists paths or patterns of lists, relative to the folder of the config file, and addresses of lists
 */
export function opml(lists: string | readonly string[], options: OpmlOptions = {}): Source {
  assertSourceOptions('opml', options)
  const { name = 'opml', folders, ...rest } = options
  const all = readPlaces('opml', lists)
  const paths = all.filter(list => !isAddress(list))
  // Options that mean nothing are refused when the source is made, not in the middle of a run.
  makeFilter(rest, name, 'opml')
  feeds([], { ...rest, name })
  const readOne = ({ feed: { url, tags }, isDiscovered }: ListedFeed, tools: SourceTools) =>
    feeds(url, { ...rest, name, tags: [...tags, ...(rest.tags ?? [])] }).read(isDiscovered ? askPolitely(tools) : tools)
  return {
    name,
    files: paths,
    async *read(tools) {
      const lists = await readLists(all, name, tools)
      const known = new Set(lists.flatMap(({ list }) => list.feeds.flatMap(({ tags }) => tags)))
      for (const folder of folders ?? [])
        if (lists.length > 0 && !known.has(folder))
          tools.report(
            makeProblem('SOURCE_EMPTY', { source: name }, noFolder(folder, [...known]), { hint: 'Correct the name in `folders`.' }),
          )
      const listed = lists.flatMap(({ list, isDiscovered }) =>
        list.feeds.filter(feed => isWanted(feed, folders)).map(feed => ({ feed, isDiscovered })),
      )
      // Of several lists the first says in which folders a feed lies.
      const distinct = distinctBy(listed, ({ feed }) => identifyLink(feed.url).key)
      yield* readAhead(distinct, readOne, tools)
    },
  }
}

function noFolder(folder: string, known: readonly string[]): string {
  return `No list has feeds in a folder ${folder}${known.length === 0 ? '' : `; there are ${known.slice(0, 10).join(', ')}`}.`
}

/** A feed that a list subscribes to. */
interface ListedFeed {
  feed: Subscription
  /** The list stands at an address, so somebody else may write it. */
  isDiscovered: boolean
}

function isAddress(list: string): boolean {
  return /^https?:\/\//i.test(list)
}

/** What nobody but a list somewhere names is asked for as robots.txt allows. */
function askPolitely(tools: SourceTools): SourceTools {
  return { ...tools, fetchText: (url, options) => tools.fetchText(url, { ...options, discovered: true }) }
}

function isWanted({ tags }: Subscription, folders: readonly Plain[] | undefined): boolean {
  return folders === undefined || tags.some(tag => folders.includes(tag))
}

interface ReadList {
  list: ParsedOpml
  /** It stands at an address, so somebody else may write it. */
  isDiscovered: boolean
}

async function readLists(lists: readonly string[], source: string, tools: SourceTools): Promise<ReadList[]> {
  const read: ReadList[] = []
  const take = (outcome: Outcome<ParsedOpml>, where: Problem['where']) => {
    if (outcome.ok) {
      const { feeds: found } = outcome.value
      read.push({ list: outcome.value, isDiscovered: where.url !== undefined })
      if (found.length === 0)
        tools.report(
          makeProblem('SOURCE_EMPTY', { source, ...where }, `The list ${where.url ?? where.file} names no feed.`, {
            hint: 'Open it: its feeds stand in outlines with `xmlUrl`. Where they do not, export the list anew.',
          }),
        )
    } else tools.report({ ...outcome.problem, where: { source, ...outcome.problem.where, ...where } })
  }
  for (const list of lists) {
    tools.signal.throwIfAborted()
    if (isAddress(list)) take(await fetchList(list, source, tools), { url: list })
    else {
      const files = await findFiles(list, tools.cwd)
      if (files.length === 0) tools.report(nothingFound(source, [list], tools.cwd))
      for (const file of files) take(await readList(file, source, tools), { file: file.path })
    }
  }
  return read
}

const mendList = 'Mend the file or take it back from git; where it is no longer wanted, take it out of `opml()`.'

/** A list of this machine. Where its file is gone, damaged, empty or cut off, the last good copy stands in. */
async function readList(
  { path, absolutePath }: FoundFile,
  source: string,
  { store, site, report }: SourceTools,
): Promise<Outcome<ParsedOpml>> {
  // Several sites may have one store.
  const name = `${new URL(site.url).host}/${path}`
  const tell = (problem: Problem) => report({ ...problem, where: { source, file: path }, hint: mendList })
  let text = ''
  let list: Outcome<ParsedOpml>
  try {
    text = decodeBody(new Uint8Array(await readFile(absolutePath))).text
    list = parseOpml(text)
  } catch (error) {
    list = failed(makeProblem('POST_UNREADABLE', { file: path }, `${path} cannot be read.`, { cause: causeOf(error), hint: mendList }))
  }
  const kept = (await readListCopy(store, name)) ?? ''
  const copy = parseOpml(kept)
  if (!list.ok) {
    if (!copy.ok) return list
    tell({ ...list.problem, message: `${list.problem.message} Its last good copy stands in.` })
    return copy
  }
  const extent = extentOf(text, list.value)
  const refused = copy.ok ? copyStandsIn(extent, extentOf(kept, copy.value)) : undefined
  if (!isDoubtful(extent)) await keepListCopy(store, name, text)
  else if (refused ?? extent.ending !== 'whole') tell(refused ?? cutProblem())
  return refused ? copy : list
}

function extentOf(body: Page['body'], list: ParsedOpml): Extent {
  return { ending: endingOf({ body }), count: list.feeds.length }
}

async function fetchList(url: string, source: string, { fetchText, report }: SourceTools): Promise<Outcome<ParsedOpml>> {
  const parse = ({ body, finalUrl, mediaType }: Page) => parseOpml(body, { url: finalUrl, contentType: mediaType })
  // A page that says “busy” with status 200, or a list that is empty for a moment, must not take the place of the one that was read before; it is told all the same.
  let refused: Problem | undefined
  const isGood = (page: Page, kept?: Page) => {
    const read = parse(page)
    const copy = kept && parse(kept)
    if (!read.ok) {
      refused = read.problem
      return false
    }
    const extent = extentOf(page.body, read.value)
    if (kept && copy?.ok) refused = copyStandsIn(extent, extentOf(kept.body, copy.value))
    return refused === undefined && (isDoubtful(extent) ? 'for now' : true)
  }
  const had = await fetchText(url, { isGood })
  const list = had.ok ? parse(had.value) : had
  const told = refused ?? (had.ok && list.ok && endingOf(had.value) !== 'whole' ? cutProblem() : undefined)
  if (list.ok && told) report({ ...told, where: { source, ...told.where, url } })
  return list
}
