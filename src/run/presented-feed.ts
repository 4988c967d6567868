import { fitFeed, fitTexts } from '../entry/fit-feed.js'
import { presentEntry } from '../entry/present-entry.js'
import { isGuarded, type Pictures, type RewriteImage, readPicturePolicy, treatPictures } from '../entry/present-pictures.js'
import type { Entry, Feed } from '../types.js'
import { contentLevel } from './make-feeds.js'
import type { RunContext } from './run-context.js'
import type { FeedSettings, Settings } from './settings.js'

/** The feed as its readers see it: entries in their presented form, within the feed's size, with pictures where they can be seen. */
export function presentFeed(feed: Feed, feedSettings: FeedSettings, settings: Settings, rewriteImage: RewriteImage | undefined): Feed {
  const fitted = fitPresented(feed, feedSettings, settings)
  if (!rewriteImage) return fitted
  const pictures = readPicturePolicy(settings.images === 'copy' ? 'copy' : 'keep', rewriteImage)
  return { ...fitted, entries: fitted.entries.map(entry => movePictures(entry, pictures)) }
}

/** Addresses of the pictures for copying that the feeds show as covers and in texts: those on guarded hosts, where they are wanted, and those that lie in files. Other pictures are seen in any reader as they are. */
export function copyablePictures(feeds: Readonly<Record<string, Feed>>, { settings, pictures }: RunContext): Set<string> {
  const urls = new Set<string>()
  const collect: RewriteImage = url => {
    if (pictures.has(url) || (settings.images === 'copy' && isGuarded(url))) urls.add(url)
    return undefined
  }
  for (const feedSettings of settings.feeds) {
    const feed = feeds[feedSettings.name]
    if (feed) presentFeed(feed, feedSettings, settings, collect)
  }
  return urls
}

/** An archived document as its readers see it: every entry stays in it, with as much text as its size allows. It shows no copies of pictures, which are kept only for feeds. */
export function presentArchived(feed: Feed, feedSettings: FeedSettings, settings: Settings): Feed {
  const shown = presentAll(feed, feedSettings, settings, settings.images === 'copy' ? 'no-referrer' : settings.images)
  return feedSettings.maxBytes === false ? shown : fitTexts(shown, feedSettings.maxBytes)
}

/** The feed in its presented form and within its size, with the pictures where they were. */
export function fitPresented(feed: Feed, feedSettings: FeedSettings, settings: Settings): Feed {
  // Copies are put in when it is known which entries fit: none is made of a picture that is not shown.
  const shown = presentAll(feed, feedSettings, settings, settings.images === 'copy' ? 'keep' : settings.images)
  return feedSettings.maxBytes === false ? shown : fitFeed(shown, feedSettings.maxBytes)
}

function presentAll(feed: Feed, feedSettings: FeedSettings, settings: Settings, images: string): Feed {
  const { timeZone, language } = settings.site
  const present = (entry: Entry) =>
    presentEntry(entry, { content: contentLevel(entry, feedSettings, settings), images, timeZone, language })
  return { ...feed, entries: feed.entries.map(present) }
}

function movePictures(entry: Entry, pictures: Pictures): Entry {
  const { html, image } = entry
  return {
    ...entry,
    ...(html === undefined ? {} : { html: treatPictures(html, pictures) }),
    ...(image === undefined ? {} : { image: pictures.rewrite(image) ?? image }),
  }
}
