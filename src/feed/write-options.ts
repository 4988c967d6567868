import { anObjectOf, aText, aWholeNumber, makeForm, oneOf, optionsOf } from '../text/form.js'

/** How often a feed says that it changes, in the words of the RSS syndication module. */
export interface Rhythm {
  period: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly'
  /** Times in a period. @default 1 */
  frequency?: number
}

/** What a writer cannot know from the feed. The same options give the same bytes. */
export interface WriteOptions {
  /** The address under which this very document is published. @default `feed.info.feedUrl` */
  selfUrl?: string
  /** RSS only: minutes for which a reader may keep a copy. @default 1440, a day */
  ttl?: number
  /** RSS only: written as `sy:updatePeriod` and `sy:updateFrequency`. @default once a week */
  rhythm?: Rhythm
  /**
   * Links among archived documents by RFC 5005, section 4. A document with `current` is itself an archive, which never changes again.
   * In JSON Feed, `next_url` leads to `previous`.
   */
  archive?: {
    /** Address of the archive with the entries before these. */
    previous?: string
    /** Address of the archive with the entries after these. */
    next?: string
    /** Address of the feed that this archive belongs to. */
    current?: string
  }
}

const rhythmForm = /* @__PURE__ */ makeForm<Rhythm>('an object with `period`', () => ({
  demanded: { period: oneOf('hourly', 'daily', 'weekly', 'monthly', 'yearly') },
  optional: { frequency: aWholeNumber },
}))
const archiveForm = /* @__PURE__ */ makeForm<NonNullable<WriteOptions['archive']>>('an object', () => ({
  demanded: {},
  optional: { previous: aText, next: aText, current: aText },
}))

/** What the options of a writer have to be. */
export const writeOptions = /* @__PURE__ */ optionsOf<WriteOptions>(() => ({
  selfUrl: aText,
  ttl: aWholeNumber,
  rhythm: anObjectOf(rhythmForm),
  archive: anObjectOf(archiveForm),
}))
