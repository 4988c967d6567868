import type { Document, Element } from 'domhandler'
import { type WeighedPage, weighPage } from './block-weights.js'
import { isArticle, isFrame, isGutter, isHidden, isMarkedBody, isStrange } from './page-parts.js'

/** Where the body of an article was found. */
export interface FoundBody {
  root: Element
  /** Parts within it that are none of the article. */
  strange: readonly Element[]
}

/** A root that the page marks needs so much running text, any other so much: fifty Chinese characters are two sentences. */
const leastMarked = 40
const leastUnmarked = 200
/** Share of the text of its parent that a part must have to stand for it. */
const nearlyAll = 0.9
/** Elements that can hold an article; a single paragraph or list is part of one. */
const containers = /^(?:div|section|article|main|td|tr|tbody|table|center|body|html|span|form|[a-z]+-[a-z-]+)$/

/**
 * Finds the part of a page that is the article's body: where the page marks it, else the smallest part that holds nearly all running text. Nothing where there is too little text,
 * where most of it is links, and where the page is a list of articles: no body is better than a wrong one. Linear in the page, whatever the page.
 */
export function findBody(document: Document): FoundBody | undefined {
  const page = weighPage(document)
  const parts = new PageParts(page)
  const marked = parts.findMarked()
  const root = marked ?? parts.descend(parts.findArticle() ?? parts.top)
  if (
    root === undefined ||
    parts.sum(root) < (marked === undefined ? leastUnmarked : leastMarked) ||
    parts.isList(root, marked !== undefined)
  )
    return undefined
  const element = page.elements[root]
  return element === undefined ? undefined : { root: element, strange: parts.strangeIn(root) }
}

class PageParts {
  readonly #page: WeighedPage
  readonly #isLeftOut: boolean[]
  /** Running text in each element and all in it, without the parts that are left out. */
  #sums: number[] = []
  /** Running text of the page. */
  #whole = 0
  /** The part of each element with the most running text; the first of several. */
  #heaviest: (number | undefined)[] = []
  readonly #ends: readonly number[]

  constructor(page: WeighedPage) {
    this.#page = page
    this.#ends = endsOf(page)
    this.#isLeftOut = page.elements.map(element => isHidden(element) || isStrange(element))
    // What is called strange in code is a word of the code.
    for (const [at, { name }] of page.elements.entries()) if (name === 'pre') this.#isLeftOut.fill(false, at + 1, this.#ends[at])
    for (const [at, element] of page.elements.entries()) if (isGutter(element)) this.#isLeftOut[at] = true
    this.#addUp()
    this.#readmit()
  }

  get top(): number | undefined {
    return this.#page.elements.length > 0 ? 0 : undefined
  }

  sum(at: number): number {
    return this.#sums[at] ?? 0
  }

  /** The marked part with the most text: of several in one another the innermost that has nearly all of it. One that has less than half of the page's is a teaser or a comment. */
  findMarked(): number | undefined {
    let best: number | undefined
    for (const at of this.#indices(element => isMarkedBody(element))) {
      const isWithin = best !== undefined && at < (this.#ends[best] ?? 0)
      if (best === undefined || (isWithin ? this.sum(at) >= nearlyAll * this.sum(best) : this.sum(at) > this.sum(best))) best = at
    }
    return best !== undefined && this.sum(best) > this.#whole / 2 ? best : undefined
  }

  /** The `article`, `main` or the like that has more than half of the page's text; the innermost. */
  findArticle(): number | undefined {
    return this.#indices(isArticle).findLast(at => this.sum(at) > this.#whole / 2)
  }

  /** From a part to the smallest one in it that has nearly all of its text. */
  descend(from: number | undefined): number | undefined {
    let at = from
    for (let next = at; next !== undefined && containers.test(this.#page.elements[next]?.name ?? ''); ) {
      if (this.sum(next) < nearlyAll * this.sum(at ?? next)) break
      at = next
      next = this.#heaviest[at]
    }
    return at
  }

  /** Whether most of a part's text is links, or stands below headings that lead elsewhere: then it tells of other pages. */
  isList(root: number, isMarked: boolean): boolean {
    let [leading, below, text, linked] = [0, 0, 0, 0]
    let leads = false
    for (let at = root; at < (this.#ends[root] ?? 0); at++) {
      if (this.#isLeftOut[at] && at > root) at = (this.#ends[at] ?? at + 1) - 1
      else {
        const [size, links] = [this.#page.text[at] ?? 0, this.#page.linked[at] ?? 0]
        text += size
        linked += links
        if (/^h[1-4]$/.test(this.#page.elements[at]?.name ?? '') && size > 0) {
          leads = links > 0.8 * size
          if (leads) leading++
        }
        if (leads) below += this.#page.own[at] ?? 0
      }
    }
    return linked > text / 2 || (!isMarked && leading >= 3 && below > this.sum(root) / 2)
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
    this.#whole = parents.reduce((sum, parent, at) => (parent < 0 && !this.#isLeftOut[at] ? sum + this.sum(at) : sum), 0)
    this.#heaviest = own.map(() => undefined)
    for (let at = own.length - 1; at > 0; at--) {
      const parent = parents[at] ?? -1
      if (parent < 0 || this.#isLeftOut[at]) continue
      const known = this.#heaviest[parent]
      if (known === undefined || this.sum(at) >= this.sum(known)) this.#heaviest[parent] = at
    }
  }

  /** A page may keep its article in what looks like none of it (`class="layout sidebar"`, a root that a script shows): the part that has most of the text is let in again. */
  #readmit(): void {
    const all = sumsOf(this.#page, () => true)
    const whole = (at: number) => all[at] ?? 0
    for (let attempt = 0; attempt < 5; attempt++) {
      const outer: number[] = []
      for (let at = 0; at < this.#isLeftOut.length; at++) {
        if (!this.#isLeftOut[at]) continue
        outer.push(at)
        at = (this.#ends[at] ?? at + 1) - 1
      }
      const left = this.#whole
      const best = outer.reduce<number | undefined>(
        (most, at) => (most === undefined || this.sum(at) > this.sum(most) ? at : most),
        undefined,
      )
      if (best === undefined || whole(best) < leastUnmarked || left > 0.15 * (left + whole(best))) return
      this.#isLeftOut[best] = false
      this.#addUp()
    }
  }
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

/** For each element the index behind the last one in it. */
function endsOf({ parents }: WeighedPage): number[] {
  const ends = parents.map((_, at) => at + 1)
  for (let at = parents.length - 1; at >= 0; at--) {
    const parent = parents[at] ?? -1
    if (parent >= 0) ends[parent] = Math.max(ends[parent] ?? 0, ends[at] ?? 0)
  }
  return ends
}
