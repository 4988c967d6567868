import { fitFeed } from '../entry/fit-feed.js'
import { presentEntry } from '../entry/present-entry.js'
import { guardedHosts, type RewriteImage, readPicturePolicy, treatPictures } from '../entry/present-pictures.js'
import type { Entry, Feed } from '../types.js'
import { contentLevel } from './make-feeds.js'
import type { FeedSettings, Settings } from './settings.js'

/** The feed as its readers see it: entries in their presented form, within the feed's size, with pictures where they can be seen. */
export function presentFeed(feed: Feed, feedSettings: FeedSettings, settings: Settings, rewriteImage: RewriteImage): Feed {
  const fitted = fitPresented(feed, feedSettings, settings)
  return settings.images === 'copy' ? { ...fitted, entries: fitted.entries.map(entry => movePictures(entry, rewriteImage)) } : fitted
}

/** Addresses of the pictures on guarded hosts that the feeds show as covers and in texts. Other hosts' pictures are seen in any reader as they are. */
export function copyablePictures(feeds: Readonly<Record<string, Feed>>, settings: Settings): Set<string> {
  const urls = new Set<string>()
  const collect: RewriteImage = url => {
    if (URL.canParse(url) && guardedHosts.has(new URL(url).hostname)) urls.add(url)
    return undefined
  }
  for (const feedSettings of settings.feeds) {
    const feed = feeds[feedSettings.name]
    if (feed) presentFeed(feed, feedSettings, settings, collect)
  }
  return urls
}

function fitPresented(feed: Feed, feedSettings: FeedSettings, settings: Settings): Feed {
  const { site, images, fullText } = settings
  const presented = feed.entries.map(entry =>
    presentEntry(entry, {
      content: contentLevel(entry, feedSettings, { fullText }),
      // Copies are put in when it is known which entries fit: none is made of a picture that is not shown.
      images: images === 'copy' ? 'keep' : images,
      timeZone: site.timeZone,
      language: site.language,
    }),
  )
  const shown = { ...feed, entries: presented }
  return feedSettings.maxBytes === false ? shown : fitFeed(shown, feedSettings.maxBytes)
}

function movePictures(entry: Entry, rewriteImage: RewriteImage): Entry {
  const pictures = readPicturePolicy('copy', rewriteImage)
  const { html, image } = entry
  return {
    ...entry,
    ...(html === undefined ? {} : { html: treatPictures(html, pictures) }),
    ...(image === undefined ? {} : { image: rewriteImage(image) ?? image }),
  }
}
