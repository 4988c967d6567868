import type { Page } from '../types.js'

/** What to ask for, beside the address. */
export interface FetchRequest {
  /** `ETag` of the stored copy, as it was sent, byte for byte. */
  etag?: string
  /** `Last-Modified` of the stored copy, as it was sent. */
  lastModified?: string
  /** The address was found by following pages, not named by the user: robots.txt is obeyed. @default false */
  discovered?: boolean
  /** Value of `Accept`. @default pages first, then XML, then anything */
  accept?: string
  /** Whether texts are decoded; what is no text comes as bytes in any case. @default 'text' */
  as?: 'text' | 'bytes'
}

/** Marks of a copy: opaque texts, to be stored and sent back as they are, and replaced by those of every new answer. */
export interface Validators {
  etag?: string
  lastModified?: string
}

/** What was had. */
export type Fetched = ({ kind: 'page'; page: Page } | { kind: 'not-modified' }) &
  Validators & {
    /** Where permanent redirects led: the address to keep instead of the old one. */
    permanentUrl?: string
  }

/** A validator longer than this is not kept: it would bloat the store and every request. */
const maxValidator = 1024

/** Header values of a validator that can be sent: anything but control characters and what is beyond a byte. */
const sendable = /^[\t\x20-\x7e\x80-\xff]+$/

/** Headers of a request. Those of a reader's browser, with our own name: no cookies, no referrer. */
export function requestHeaders(request: FetchRequest, userAgent: string): Record<string, string> {
  const { etag, lastModified } = sentValidators(request)
  return {
    'user-agent': userAgent,
    accept: request.accept ?? 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  }
}

/** The validators of a request that are fit to be sent; a damaged one is left out, which only makes the request unconditional. */
export function sentValidators({ etag, lastModified }: FetchRequest): Validators {
  return keepValidators(etag, lastModified)
}

/** Validators out of the headers of an answer. */
export function receivedValidators(headers: ReadonlyMap<string, string>): Validators {
  return keepValidators(headers.get('etag'), headers.get('last-modified'))
}

function keepValidators(etag: string | undefined, lastModified: string | undefined): Validators {
  return { ...(isUsable(etag) ? { etag } : {}), ...(isUsable(lastModified) ? { lastModified } : {}) }
}

function isUsable(validator: string | undefined): validator is string {
  return validator !== undefined && validator.length <= maxValidator && sendable.test(validator)
}
