/** How pages are asked for. */
export interface FetchOptions {
  /**
   * Pause between two requests to a host, in milliseconds, by host; `*` is for all that are not named. Up to 30 % are added by chance.
   * @default { 'mp.weixin.qq.com': 3000, '*': 1000 }
   * @example { 'blog.example': 10_000 }
   */
  pause?: Readonly<Record<string, number>>
  /**
   * Requests at a time to one host.
   * @default 1
   * @example 2
   */
  perHost?: number
  /**
   * Requests at a time in all.
   * @default 8
   * @example 4
   */
  total?: number
  /**
   * Time for one try of a page, redirects and body included, in milliseconds. What fails for a moment is tried twice.
   * @default 20_000
   * @example 60_000
   */
  timeout?: number
  /**
   * Decoded bytes of one page at most.
   * @default 8_388_608
   * @example 20_000_000
   */
  maxBytes?: number
  /**
   * Name under which this program asks; give an address where its owner can be reached.
   * @default the name and version of this program, and the address of its project
   * @example 'example-weekly/1.0 (+https://example.org/)'
   */
  userAgent?: string
  /**
   * Days after which an article that was had is read again.
   * @default never
   * @example 30
   */
  maxAge?: number
  /**
   * What robots.txt decides, by host: `obey` asks it for every page, `ignore` for none.
   * @default obeyed for pages that no post or list names one by one
   * @example { 'blog.example': 'obey' }
   */
  robots?: Readonly<Record<string, 'obey' | 'ignore'>>
  /**
   * Lets private and loopback addresses be asked: for mirrors in a network of your own.
   * @default false
   * @example true
   */
  allowPrivate?: boolean
}
