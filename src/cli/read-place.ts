import { readFileSync } from 'node:fs'
import { causeOf, failed, makeProblem, type Outcome } from '../problems.js'
import { decodeBody } from '../text/decode-body.js'
import type { Page } from '../types.js'

/** Whether a place that was named on the command line is an address; else it is a file. */
export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place)
}

/** What stands at a place that somebody named by hand: the page of an address, or a file as it is. `hosts` says where hosts are really asked. */
export async function readPlace(
  place: string,
  hosts: Readonly<Record<string, string>> = {},
): Promise<Outcome<Pick<Page, 'url' | 'finalUrl' | 'mediaType' | 'body'>>> {
  if (isAddress(place)) return fetchPage(place, hosts)
  try {
    return { ok: true, value: { url: place, finalUrl: place, mediaType: '', body: new Uint8Array(readFileSync(place)) } }
  } catch (error) {
    const hint = 'Correct the path; it is relative to the folder that you are in. An address begins with https://.'
    return failed(makeProblem('FEED_UNREADABLE', { file: place }, `${place} cannot be read.`, { cause: causeOf(error), hint }))
  }
}

async function fetchPage(url: string, hosts: Readonly<Record<string, string>>): Promise<Outcome<Page>> {
  const { createFetcher } = await import('../fetch/fetcher.js')
  // The address was given by hand, so its host is meant, wherever it lies; those that it redirects to are the choice of whoever answers there.
  const named = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|[\].]$/g, '') : ''
  const fetcher = createFetcher({ allows: () => true, allowPrivate: new Set([named]), hosts })
  try {
    const outcome = await fetcher.fetch(url)
    if (!outcome.ok) return outcome
    if (outcome.value.kind === 'page') return { ok: true, value: outcome.value.page }
    return failed(makeProblem('FETCH_NOT_MODIFIED_UNASKED', { url }, `${url} answered “not modified”.`))
  } finally {
    await fetcher.close()
  }
}

/** The text of what was read, in whatever encoding. */
export function textOf({ body }: Pick<Page, 'body'>): string {
  return typeof body === 'string' ? body : decodeBody(body).text
}
