import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RewriteImage } from '../entry/present-pictures.js'
import { failed, makeProblem, type Outcome, type Problem } from '../problems.js'
import { noteCopies, readAllCopies } from '../store/copy-records.js'
import { isDue } from '../store/failed-try.js'
import {
  noteFailedCopy,
  type PictureRecord,
  prunePictureBytes,
  readPicture,
  readPictureBytes,
  writePicture,
  writePictureBytes,
} from '../store/picture-records.js'
import type { Feed } from '../types.js'
import { endsHost, groupByHost } from './by-host.js'
import type { OutputFile } from './output-file.js'
import { picturePath, pictureTypeOf } from './picture-file.js'
import { copyablePictures } from './presented-feed.js'
import { readPictureFile } from './read-picture-file.js'
import type { RunContext } from './run-context.js'
import type { Settings } from './settings.js'

/** A larger picture stays where it is: bytes. */
export const maxPictureBytes = 2_000_000

/** The pictures that lie beside the feeds. */
export interface PictureCopies {
  /** Address of a picture's copy; absent where there is none of any. */
  rewriteImage?: RewriteImage
  /** The copies as files, read as they are taken. */
  files(): AsyncGenerator<OutputFile>
}

/** For a run that copies nothing. */
const noCopies: PictureCopies = { async *files() {} }

/** A store in git has no copies: they are no text. */
const toBeHad =
  'Run `weekloom update` on this machine before, or build without `--frozen`: the copies lie in `cache/` of the store, which git leaves out.'

/** These tell of the run, not of the picture: nothing is kept of them. */
const tellsNothing: ReadonlySet<string> = new Set(['FETCH_BUDGET', 'FETCH_ABORTED', 'FETCH_REFUSED'])

/**
 * Copies the pictures that sources told of as files and, with `images: 'copy'`, the pictures of guarded hosts that the feeds show, each once. A copy that an earlier run made is taken from the
 * store or from the output folder; only what is in neither is asked for, in a frozen run nothing. A picture that cannot be had keeps its address (`IMAGE_NOT_COPIED`).
 * A copy stays for a while after the feeds have let its entry go.
 */
export async function copyPictures(feeds: Readonly<Record<string, Feed>>, run: RunContext): Promise<PictureCopies> {
  const { settings } = run
  if (settings.images !== 'copy' && run.pictures.size === 0) return noCopies
  const paths = new Map<string, string>()
  const settle = (url: string, outcome: Outcome<string>) => {
    if (outcome.ok) paths.set(url, outcome.value)
    else run.report(notCopied(url, outcome.problem))
  }
  const open: OpenPicture[] = []
  // One after the other, so that the bytes of one picture at a time are held.
  for (const url of copyablePictures(feeds, run)) {
    const file = run.pictures.get(url)
    if (file !== undefined) {
      const copy = pictureOf(url, await readPictureFile(file, settings.cwd, maxPictureBytes))
      if (copy.ok && !(await readPictureBytes(settings.store, copy.value.path)))
        await writePictureBytes(settings.store, copy.value.path, copy.value.bytes)
      settle(url, copy.ok ? { ok: true, value: copy.value.path } : copy)
      continue
    }
    const known = await lookUp(url, run)
    if (known.outcome) settle(url, known.outcome)
    else open.push({ url, ...known })
  }
  await Promise.all([...groupByHost(open)].map(([host, pictures]) => fetchFromHost(host, pictures, settle, run)))
  settings.signal.throwIfAborted()
  const shown = new Set(paths.values())
  const kept = [...shown, ...(await noteCopies(settings, shown, run.report))]
  if (settings.network !== 'frozen') await prunePictureBytes(settings.store, await readAllCopies(settings.store, run.report))
  return {
    rewriteImage: url => {
      const path = paths.get(url)
      return path === undefined ? undefined : new URL(path, settings.baseUrl).href
    },
    async *files() {
      for (const path of kept.sort()) {
        const body = await readCopy(path, settings)
        if (body) yield { path, mediaType: pictureTypeOf(body)?.mediaType ?? '', body }
      }
    },
  }
}

/** What is known of a picture before anything is asked for. */
interface KnownPicture {
  record: PictureRecord
  /** Its copy is there. */
  isKept: boolean
  /** How things stand without asking; absent when it is to be asked for. */
  outcome?: Outcome<string>
}

async function lookUp(url: string, { settings, report }: RunContext): Promise<KnownPicture> {
  const { store, network, now } = settings
  const record = (await readPicture(store, url, report)) ?? { url }
  const { path, failure } = record
  const isKept = path !== undefined && (await readCopy(path, settings)) !== undefined
  if (network === 'refresh') return { record, isKept }
  if (isKept) return { record, isKept, outcome: { ok: true, value: path } }
  const isWaiting = failure !== undefined && !isDue(failure, now)
  if (network === 'auto' && !isWaiting) return { record, isKept }
  const problem = failure
    ? makeProblem(failure.code, { url }, failure.message)
    : makeProblem('FETCH_FROZEN', { url }, `${url} was not asked for: the run is frozen.`)
  return { record, isKept, outcome: failed(problem) }
}

type OpenPicture = KnownPicture & { url: string }

/** Asks for the pictures of a host, and tells how far it is. When the host is left alone, that is told once for all that wait. */
async function fetchFromHost(
  host: string,
  pictures: readonly OpenPicture[],
  settle: (url: string, outcome: Outcome<string>) => void,
  run: RunContext,
): Promise<void> {
  let done = 0
  let stop: string | undefined
  const tell = (more: { item?: string; problem?: string } = {}) =>
    run.settings.onProgress({ step: 'fetch', subject: host, done, total: pictures.length, ...more })
  tell()
  const work = async (known: OpenPicture) => {
    const outcome = await fetchCopy(known, run)
    settle(known.url, outcome)
    const problem = outcome.ok ? undefined : outcome.problem
    const before = stop
    stop = problem && endsHost(problem) ? problem.code : undefined
    if (stop === undefined) done++
    if (stop === undefined || stop !== before) tell({ item: known.url, ...(problem ? { problem: problem.code } : {}) })
  }
  await Promise.all(pictures.map(work))
}

/** Asks for a picture; of one that cannot be had any more, the copy that is there stays. */
async function fetchCopy({ record, isKept }: KnownPicture, run: RunContext): Promise<Outcome<string>> {
  const { store, now } = run.settings
  const { url, path } = record
  const outcome = await fetchPicture(url, run)
  if (outcome.ok) {
    await writePictureBytes(store, outcome.value.path, outcome.value.bytes)
    await writePicture(store, { url, path: outcome.value.path })
    return { ok: true, value: outcome.value.path }
  }
  if (!tellsNothing.has(outcome.problem.code)) await writePicture(store, noteFailedCopy(record, outcome.problem, now))
  return isKept && path !== undefined ? { ok: true, value: path } : outcome
}

async function fetchPicture(url: string, { fetcher, named }: RunContext): Promise<Outcome<{ path: string; bytes: Uint8Array }>> {
  named.add(new URL(url).hostname)
  const fetched = await (await fetcher()).fetch(url, { as: 'bytes', accept: 'image/png,image/jpeg,image/gif,image/webp' })
  if (!fetched.ok) return fetched
  const body = fetched.value.kind === 'page' ? fetched.value.page.body : ''
  return pictureOf(url, typeof body === 'string' ? new TextEncoder().encode(body) : body)
}

/** @param bytes or why there are none */
function pictureOf(url: string, bytes: Uint8Array | string): Outcome<{ path: string; bytes: Uint8Array }> {
  if (typeof bytes === 'string') return refuse(url, bytes)
  if (bytes.length > maxPictureBytes) return refuse(url, `It has ${bytes.length} bytes; ${maxPictureBytes} are the limit.`)
  const path = picturePath(bytes)
  return path === undefined ? refuse(url, 'Its bytes are those of no PNG, JPEG, GIF, WebP or AVIF.') : { ok: true, value: { path, bytes } }
}

function refuse(url: string, message: string): { ok: false; problem: Problem } {
  return failed(makeProblem('IMAGE_NOT_COPIED', { url }, message, { data: { again: 'rarely' } }))
}

/** The bytes of a copy that is whole, from the store or from where an earlier build has written them. */
async function readCopy(path: string, { store, output }: Settings): Promise<Uint8Array | undefined> {
  const kept = await readPictureBytes(store, path)
  if (kept && picturePath(kept) === path) return kept
  const written = await readFile(join(output, path)).catch(() => undefined)
  return written && picturePath(written) === path ? new Uint8Array(written) : undefined
}

function notCopied(url: string, { message, code }: Problem): Problem {
  return makeProblem('IMAGE_NOT_COPIED', { url }, 'The picture was not copied and keeps its address.', {
    cause: message,
    ...(code === 'IMAGE_NOT_COPIED' ? {} : { data: { code } }),
    ...(code === 'FETCH_FROZEN' ? { hint: toBeHad } : {}),
  })
}
