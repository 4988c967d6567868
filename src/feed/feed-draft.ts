import type { Attachment, Instant, ParsedFeed, Person } from '../types.js'
import type { NameScope } from './feed-names.js'

/** HTML with the base that relative addresses in it have by `xml:base`. */
export interface BasedHtml {
  html: string
  base: string | undefined
}

/** What has been read of a feed or an entry so far. All keys are there from the start: engines are quicker so. */
export class Draft {
  id: string | undefined = undefined
  /** `rdf:about`: names it where nothing else does. */
  about: string | undefined = undefined
  /** Nobody told where the feed is, so addresses start from the page that it belongs to. */
  isBaseGuessed = false
  /** The guid says that it is no address. */
  isNoPermalink = false
  title: string | undefined = undefined
  /** Titles of modules, for want of one. */
  otherTitle: string | undefined = undefined
  url: string | undefined = undefined
  urlRank = 0
  self: string | undefined = undefined
  next: string | undefined = undefined
  previousArchive: string | undefined = undefined
  hubs: string[] | undefined = undefined
  summary: BasedHtml | undefined = undefined
  /** Descriptions of modules, for want of one. */
  otherSummary: BasedHtml | undefined = undefined
  otherSummaryRank = 0
  content: BasedHtml | undefined = undefined
  contentRank = 0
  published: Instant | undefined = undefined
  updated: Instant | undefined = undefined
  created: Instant | undefined = undefined
  /** Dublin Core's date, which does not say of what. */
  date: Instant | undefined = undefined
  authors: Person[] | undefined = undefined
  authorRank = 0
  tags: string[] | undefined = undefined
  image: string | undefined = undefined
  imageRank = 0
  attachments: Attachment[] | undefined = undefined
  /** Media RSS, which may repeat what stands elsewhere. */
  media: Attachment[] | undefined = undefined
  /** What comes next stands in a file of Media RSS: it is called so, not the entry. */
  isInFile = false
  duration: number | undefined = undefined
  /** FeedBurner put an address of its own in the place of this one. */
  originalEnclosure: string | undefined = undefined
  language: string | undefined = undefined
  /** That of what stands around it, for want of its own. */
  outerLanguage: string | undefined = undefined
  rights: string | undefined = undefined
  generator: string | undefined = undefined
  comments: string | undefined = undefined

  constructor(
    readonly format: ParsedFeed['format'],
    readonly scope: NameScope,
    /** By `xml:base`. */
    public xmlBase: string | undefined,
    /** What addresses are resolved by. */
    public base: string | undefined,
    readonly isFeed: boolean,
    /** Atom 0.3, which has no `div` of its own around XHTML. */
    readonly isOldAtom: boolean,
  ) {}

  /** Of equals the last wins, as with readers; of Atom's the first (RFC 4287, 4.1.2). */
  setUrl(url: string | undefined, rank: number): void {
    if (url === undefined || rank < this.urlRank || (rank === this.urlRank && this.format === 'atom')) return
    this.url = url
    this.urlRank = rank
  }

  setImage(url: string | undefined, rank: number): void {
    if (url === undefined || rank <= this.imageRank) return
    this.image = url
    this.imageRank = rank
  }

  /** People named by a better-placed element replace the others. */
  addAuthor(person: Person | undefined, rank: number): void {
    if (person === undefined) return
    const known = this.authors?.length === 1 ? this.authors[0] : undefined
    if (rank < this.authorRank) {
      if (rank > 2) nameBare(known, person)
      return
    }
    if (this.authors === undefined || rank > this.authorRank) {
      if (this.authorRank > 2) nameBare(person, known)
      this.authors = []
    }
    this.authorRank = rank
    if (
      this.authors.length < MOST &&
      !this.authors.some(({ name, email, url }) => name === person.name && email === person.email && url === person.url)
    )
      this.authors.push(person)
  }

  addTag(tag: string): void {
    if (tag === '') return
    this.tags ??= []
    if (this.tags.length < MOST && !this.tags.includes(tag)) this.tags.push(tag)
  }

  addAttachment(attachment: Attachment): void {
    this.attachments ??= []
    if (this.attachments.length < MOST && !this.attachments.some(({ url }) => url === attachment.url)) this.attachments.push(attachment)
  }

  addMedia(attachment: Attachment): void {
    this.media ??= []
    if (this.media.length < MOST) this.media.push(attachment)
  }
}

/** Gives a person of whom only the address is told the name that another element has. */
function nameBare(bare: Person | undefined, other: Person | undefined): void {
  if (bare !== undefined && bare.name === bare.email && other !== undefined && (other.email ?? bare.email) === bare.email)
    bare.name = other.name
}

/** Tags, people, files of one entry at most: lists are searched for repetitions, so they may not grow without bound. */
const MOST = 500
