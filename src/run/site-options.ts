import type { Person } from '../types.js'

/** The site whose feeds are made. */
export interface SiteOptions {
  /**
   * Name of the weekly or the site; the title of the feeds.
   * @example 'Example Weekly'
   */
  title: string
  /**
   * Absolute address of the home page. Permalinks and ids are built on it, so it should never change.
   * @example 'https://example.org/'
   */
  url: string
  /**
   * What the site is about, in a sentence; feeds show it below their title.
   * @default none
   * @example 'What happened in our community this week'
   */
  description?: string
  /**
   * BCP 47 tag of the language that the feeds are in.
   * @default 'zh-CN'
   * @example 'en'
   */
  language?: string
  /**
   * IANA name of the zone in which dates without a zone in posts are read, and times are shown. Feeds have one of their own (`timeZone` of `feeds()`).
   * @default 'Asia/Shanghai'
   * @example 'Europe/Berlin'
   */
  timeZone?: string
  /**
   * Who makes the site; the authors of the feeds.
   * @default the site itself, by its title
   * @example [{ name: 'Example Team', email: 'team@example.org' }]
   */
  authors?: readonly Person[]
  /**
   * Absolute address of the site's picture.
   * @default none
   * @example 'https://example.org/logo.png'
   */
  image?: string
  /**
   * Copyright line of the feeds.
   * @default none
   * @example 'CC BY 4.0, Example Team'
   */
  rights?: string
}
