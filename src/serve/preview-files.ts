import { setImmediate } from 'node:timers/promises'
import { aggregate } from '../aggregate.js'
import { causeOf, type Problem, WeekloomError } from '../problems.js'
import { openCheck } from '../run/check-made.js'
import type { Options } from '../run/options.js'
import { isArchived } from '../run/output-files.js'
import { settleOptions } from '../run/settings.js'
import { unwrittenStore } from '../store/unwritten-store.js'
import { decodePercent } from '../text/url.js'
import { createHandler } from './create-handler.js'
import { listFile, problemFiles } from './problem-files.js'
import type { ServedFile } from './served-files.js'

export type Handler = ReturnType<typeof createHandler>

/** What a build gave, and where it is served. */
export interface Preview {
  url: string
  files: ServedFile[]
  problems: Problem[]
}

/** Serves the files below a path; what is asked for elsewhere is sent there, so that nobody need know the path. */
export function mountAt(base: string, served: () => readonly ServedFile[]): Handler {
  const handler = createHandler(served, { base: decodePercent(base), cacheControl: 'no-cache', cors: false })
  return async request => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith(base)) return handler(request)
    return new Response(null, {
      status: 302,
      headers: { location: base.startsWith(pathname) ? base : base + pathname.slice(1), 'cache-control': 'no-store' },
    })
  }
}

/**
 * A build as it is published, but by this machine: under the same path, so that what points from one part of a site to another still does. Archived documents, of which there can be
 * hundreds, are made when they are asked for; a real build checks them.
 */
export async function buildFiles(options: Options, host: string, signal: AbortSignal): Promise<Preview> {
  const settings = settleOptions(options)
  const url = new URL(new URL(settings.baseUrl).pathname, host).href
  // A preview that fetches nothing has nothing to keep.
  const look = options.network === 'frozen' ? { store: unwrittenStore(settings.store) } : {}
  const run = await aggregate({ ...options, ...look, baseUrl: url, signal })
  const files: ServedFile[] = []
  const findings: Problem[] = []
  const check = await openCheck(settings.store)
  for await (const file of run.files) {
    if (file.body instanceof Uint8Array || isArchived(file.path)) {
      files.push(file)
      continue
    }
    const text = [...file.body].join('')
    files.push({ ...file, body: [text] })
    if (/\.(?:xml|json|opml)$/.test(file.path)) {
      findings.push(...check(file.path, text))
    }
    // Who asks meanwhile is answered.
    await setImmediate()
    signal.throwIfAborted()
  }
  return { url, files, problems: [...run.report.problems, ...findings] }
}

/** What is shown of a build: its files, a list of them where it makes no page, and what is wrong. @param failure why there was no new build */
export function shownFiles({ files, problems }: Preview, failure?: string): ServedFile[] {
  const list = files.some(({ path }) => path === 'index.html' || path === 'feeds.html') ? [] : [listFile(files.map(({ path }) => path))]
  return [...files, ...list, ...problemFiles(problems, failure)]
}

/** What went wrong, with what to do where that is known. */
export function tellWhole(error: unknown): string {
  const hint = error instanceof WeekloomError ? error.hint : undefined
  return hint === undefined ? causeOf(error) : `${causeOf(error)} ${hint}`
}
