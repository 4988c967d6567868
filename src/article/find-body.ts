import type { Document, Element } from 'domhandler'
import { endsOf, type WeighedPage, weighPage } from './block-weights.js'
import { underOneRoot } from './one-root.js'
import { isArticle, isAuthor, isCodeLabel, isForeign, isFrame, isGutter, isHidden, isMarkedBody, isStrange } from './page-parts.js'

/** Where the body of an article was found. */
export interface FoundBody {
  root: Element
  /** Running text in it; a Chinese character counts as two. */
  size: number
  /** Parts within it that are none of the article. */
  strange: readonly Element[]
}

/** How much running text a body must have at least to be believed. Where the page marks it (`articleBody`, `class="post-content"`), twenty Chinese characters will do; */
const leastMarked = 40
/** where nothing marks it, a hundred of them, some four sentences; */
const leastUnmarked = 200
/** the only `article` of a page needs less than that; */
const leastInArticle = 80
/** what stands beside a list of other articles needs more, since a list may have an introduction of a few sentences. */
const leastBesideList = 600
/** A picture in a marked body says as much as a sentence. */
const weightOfPicture = 40
/** Share of the text of the longest marked part that another needs to be a part of the same body. */
const leastShare = 0.1
/** Share of the text of its parent that a part must have to stand for it. */
const nearlyAll = 0.85
/** Elements that can hold an article; a single paragraph or list is part of one. */
const containers = /^(?:div|section|article|main|td|tr|tbody|table|center|body|html|span|form|[a-z]+-[a-z-]+)$/

/**
 * Finds the part of a page that is the article's body: where the page marks it, else the smallest part that holds nearly all running text. Nothing where there is too little text,
 * where most of it is links, and where the page is a list of articles: no body is better than a wrong one. Linear in the page, whatever the page.
 *
 * @param url the page's address: a list of other pages of the same site is none of the article
 */
export function findBody(document: Document, url: string): FoundBody | undefined {
  const page = weighPage(underOneRoot(document))
  const parts = new BodySearch(page, url)
  const marked = parts.findMarked()
  const whole = marked ?? parts.descend(parts.findArticle() ?? 0)
  const isList = parts.isList(whole, marked !== undefined)
  if (marked === undefined && !parts.leaveOutLists(whole, isList) && isList) return undefined
  const root = marked ?? parts.descend(whole)
  if (parts.isList(root, marked !== undefined)) return undefined
  const least = marked !== undefined ? leastMarked : isList ? leastBesideList : parts.isLoneArticle(root) ? leastInArticle : leastUnmarked
  const enough = parts.sum(root) + (marked !== undefined ? parts.pictures(root) : 0) >= least
  const element = page.elements[root]
  return element === undefined || !enough ? undefined : { root: element, size: parts.sum(root), strange: parts.strangeIn(root) }
}

class BodySearch {
  readonly #page: WeighedPage
  readonly #isLeftOut: boolean[]
  /** Running text in each element and all in it, without the parts that are left out. */
  #sums: number[] = []
  /** Running text of the page. */
  #whole = 0
  /** The part of each element with the most running text; the first of several. */
  #heaviest: (number | undefined)[] = []
  readonly #ends: readonly number[]

  readonly #hasOneArticle: boolean
  readonly #isOwn: (href: string) => boolean
  /** The only `article` of the page that is not left out. */
  readonly #loneArticle: number | undefined

  constructor(page: WeighedPage, url: string) {
    const host = URL.canParse(url) ? new URL(url).host : ''
    this.#isOwn = href => !/^\s*(?:[a-z]+:|\/\/)/i.test(href) || (host !== '' && href.slice(0, 300).includes(`//${host}/`))
    this.#page = page
    this.#ends = endsOf(page)
    this.#isLeftOut = page.elements.map(element => isHidden(element) || isStrange(element))
    // What is called strange in code is a word of the code.
    for (const [at, { name }] of page.elements.entries()) if (name === 'pre') this.#isLeftOut.fill(false, at + 1, this.#ends[at])
    for (const [at, element] of page.elements.entries()) if (isGutter(element) || isCodeLabel(element)) this.#isLeftOut[at] = true
    this.#hasOneArticle = page.elements.filter(({ name }) => name === 'article').length === 1
    this.#addUp()
    this.#readmit()
    const articles = this.#indices(({ name }) => name === 'article')
    this.#loneArticle = articles.length === 1 ? articles[0] : undefined
  }

  sum(at: number): number {
    return this.#sums[at] ?? 0
  }

  /** The marked part with the most text: of several in one another the innermost that has nearly all of it. One that has less than half of the page's is a teaser or a comment. */
  findMarked(): number | undefined {
    let best: number | undefined
    for (const at of this.#indices(isMarkedBody)) {
      const isWithin = best !== undefined && at < (this.#ends[best] ?? 0)
      if (best === undefined || (isWithin ? this.sum(at) >= nearlyAll * this.sum(best) : this.sum(at) > this.sum(best))) best = at
    }
    if (best === undefined) return undefined
    const alike = this.#alike(best)
    const posts = this.#posts(alike)
    if (posts.length > 1) return posts[0]
    const body = this.#joined(best, alike)
    return this.sum(body) > this.#whole / 2 || this.#whole === 0 ? body : undefined
  }

  /** The parts called as one is called. */
  #alike(best: number): readonly number[] {
    const name = nameOf(this.#page.elements[best])
    return name === '' ? [best] : this.#indices(element => nameOf(element) === name)
  }

  /** Of parts those of a topic of a forum: each says itself who wrote it, and when, and no heading leads to a page of its own. The first asks, or tells, what the others speak of. */
  #posts(parts: readonly number[]): readonly number[] {
    if (parts.length < 2) return []
    const dates = this.#counts(({ name }) => name === 'time' || name === 'relative-time')
    const authors = this.#counts(isAuthor)
    const headings = this.#counts(({ name }) => /^h[1-4]$/.test(name))
    return parts.filter(at => {
      const has = (counts: readonly number[]) => (counts[this.#ends[at] ?? 0] ?? 0) > (counts[at] ?? 0)
      return has(dates) && has(authors) && !has(headings)
    })
  }

  /** How many of the elements before each index are meant, so that those within a part are told by a subtraction: parts can stand in one another. */
  #counts(isMeant: (element: Element) => boolean): readonly number[] {
    const counts = [0]
    for (const [at, element] of this.#page.elements.entries()) counts.push((counts[at] ?? 0) + Number(isMeant(element)))
    return counts
  }

  /** A page may break its body into several parts of one name, for what it puts between them: then what holds them all. */
  #joined(best: number, alike: readonly number[]): number {
    const { parents } = this.#page
    const isAround = (at: number) => at < best && best < (this.#ends[at] ?? 0)
    const parts = alike.filter(at => !isAround(at) && this.sum(at) >= leastShare * this.sum(best))
    const [first = best] = parts
    const last = parts.at(-1) ?? best
    let holder = best
    while (holder > 0 && (holder > first || last >= (this.#ends[holder] ?? 0))) holder = parents[holder] ?? 0
    if (holder === best) return best
    const articles = this.#indices(({ name }) => name === 'article').filter(at => at > holder && at < (this.#ends[holder] ?? 0))
    return articles.length > 1 || this.isList(holder, false) ? best : holder
  }

  /** What the pictures in a part stand for. */
  pictures(root: number): number {
    return this.#page.elements.slice(root, this.#ends[root]).filter(({ name }) => name === 'img').length * weightOfPicture
  }

  /** Leaves the lists of other pages out that directly stand in a part, of this site's pages where the part is not such a list as a whole; false where there are none, or too little of it would be left. */
  leaveOutLists(root: number, isList: boolean): boolean {
    const lists: number[] = []
    for (let at = root + 1; at < (this.#ends[root] ?? 0); at = this.#ends[at] ?? at + 1)
      if (!this.#isLeftOut[at] && this.isList(at, false, !isList)) lists.push(at)
    const left = lists.reduce((sum, at) => sum - this.sum(at), this.sum(root))
    if (lists.length === 0 || left < (isList ? leastBesideList : leastUnmarked)) return false
    for (const at of lists) this.#isLeftOut[at] = true
    this.#addUp()
    return true
  }

  /** The `article`, `main` or the like that has more than half of the page's text; the innermost. */
  findArticle(): number | undefined {
    return this.#indices(isArticle).findLast(at => this.sum(at) > this.#whole / 2)
  }

  /** From a part to the smallest one in it that has nearly all of its text. */
  descend(from: number): number {
    let at = from
    for (let next: number | undefined = at; next !== undefined && containers.test(this.#page.elements[next]?.name ?? ''); ) {
      if (this.sum(next) < nearlyAll * this.sum(at)) break
      at = next
      next = this.#heaviest[at]
    }
    return at
  }

  /** Whether most of a part's text is links, or stands below headings that lead elsewhere: then it tells of other pages. */
  isList(root: number, isMarked: boolean, onlyOwn = false): boolean {
    let [leading, below, text, linked] = [0, 0, 0, 0]
    let leads = false
    for (let at = root; at < (this.#ends[root] ?? 0); at++) {
      if (this.#isLeftOut[at] && at > root) at = (this.#ends[at] ?? at + 1) - 1
      else {
        const [size, links] = [this.#page.text[at] ?? 0, this.#page.linked[at] ?? 0]
        text += size
        linked += links
        if (/^h[1-4]$/.test(this.#page.elements[at]?.name ?? '') && size > 0) {
          leads = links > 0.8 * size && (!onlyOwn || this.#leadsWithin(at))
          if (leads) leading++
        }
        if (leads) below += this.#page.own[at] ?? 0
      }
    }
    return (linked > text / 2 && !onlyOwn) || (!isMarked && leading >= 3 && below > this.sum(root) / 2 && !this.isLoneArticle(root))
  }

  /** Whether the link in a heading, or around it, leads to a page of the same site. */
  #leadsWithin(heading: number): boolean {
    const parent = this.#page.parents[heading] ?? -1
    const inside = this.#page.elements.slice(heading, this.#ends[heading])
    const link = [...inside, this.#page.elements[parent]].find(element => element?.name === 'a' && element.attribs['href'] !== undefined)
    return this.#isOwn(link?.attribs['href'] ?? '')
  }

  /** Whether a part is or lies in the only `article` of the page, or holds hardly anything else: its headings may lead to what it speaks of. */
  isLoneArticle(root: number): boolean {
    const article = this.#loneArticle
    if (article === undefined) return false
    const end = this.#ends[article] ?? 0
    return (
      (root >= article && root < end) ||
      (article > root && article < (this.#ends[root] ?? 0) && this.sum(article) >= nearlyAll * this.sum(root))
    )
  }

  strangeIn(root: number): Element[] {
    const isPart = (element: Element, at: number) => this.#isLeftOut[at] || (this.sum(at) === 0 && isFrame(element))
    return this.#page.elements.slice(root + 1, this.#ends[root]).filter((element, index) => isPart(element, root + 1 + index))
  }

  /** Indices of the elements that are meant and stand in no part that is left out. */
  #indices(isMeant: (element: Element) => boolean): number[] {
    const found: number[] = []
    for (let at = 0; at < this.#page.elements.length; at++) {
      const element = this.#page.elements[at]
      if (this.#isLeftOut[at]) at = (this.#ends[at] ?? at + 1) - 1
      else if (element !== undefined && isMeant(element)) found.push(at)
    }
    return found
  }

  #addUp(): void {
    const { own, parents } = this.#page
    this.#sums = sumsOf(this.#page, at => this.#isLeftOut[at] !== true)
    this.#whole = this.#isLeftOut[0] ? 0 : this.sum(0)
    this.#heaviest = own.map(() => undefined)
    for (let at = own.length - 1; at > 0; at--) {
      const parent = parents[at] ?? -1
      if (parent < 0 || this.#isLeftOut[at]) continue
      const known = this.#heaviest[parent]
      if (known === undefined || this.sum(at) >= this.sum(known)) this.#heaviest[parent] = at
    }
  }

  /** A page may call all of itself by what it has (`comments-open`); then its title is in it. Nor is its only `article` of others. */
  #isForeign(at: number): boolean {
    const [part, ...others] = this.#page.elements.slice(at, this.#ends[at])
    if (part === undefined || !isForeign(part) || others.some(({ name }) => name === 'h1')) return false
    return part.name !== 'article' || !this.#hasOneArticle
  }

  /** A page may keep its article in what looks like none of it (`class="layout sidebar"`, a root that a script shows): the part that has most of the text is let in again. */
  #readmit(): void {
    const all = sumsOf(this.#page, () => true)
    const whole = (at: number) => all[at] ?? 0
    for (let attempt = 0; attempt < 5; attempt++) {
      const outer: number[] = []
      for (let at = 0; at < this.#isLeftOut.length; at++) {
        if (!this.#isLeftOut[at]) continue
        if (!this.#isForeign(at)) outer.push(at)
        at = (this.#ends[at] ?? at + 1) - 1
      }
      const left = this.#whole
      const holding = (isMeant: (element: Element) => boolean) =>
        outer.filter(at => whole(at) >= leastUnmarked && this.#page.elements.slice(at, this.#ends[at]).some(isMeant))
      const candidates = [holding(({ name }) => name === 'article'), holding(isMarkedBody)].find(({ length }) => length > 0) ?? outer
      // What is in parts that are left out too counts little: most of it is of comments.
      const weight = (at: number) => this.sum(at) + (whole(at) - this.sum(at)) / 5
      const best = candidates.reduce<number | undefined>(
        (most, at) => (most === undefined || weight(at) > weight(most) ? at : most),
        undefined,
      )
      if (best === undefined || whole(best) < leastUnmarked || left > 0.15 * (left + whole(best))) return
      this.#isLeftOut[best] = false
      this.#addUp()
    }
  }
}

/** The first class of an element, without a number at its end. */
function nameOf(element: Element | undefined): string {
  const [first = ''] = (element?.attribs['class'] ?? '').trim().split(/\s+/, 1)
  return first.slice(0, 100).replace(/[-_]?\d{1,9}$/, '')
}

/** Running text in each element and in those parts of it that count. */
function sumsOf({ own, parents }: WeighedPage, counts: (at: number) => boolean): number[] {
  const sums = [...own]
  for (let at = sums.length - 1; at > 0; at--) {
    const parent = parents[at] ?? -1
    if (parent >= 0 && counts(at)) sums[parent] = (sums[parent] ?? 0) + (sums[at] ?? 0)
  }
  return sums
}
