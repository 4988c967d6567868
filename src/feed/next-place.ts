/** Where something next stands in a text, remembered, so that what is far away, or nowhere, is looked for once. */
export class NextPlace {
  private known = 0
  private found = -2

  constructor(
    private readonly text: string,
    private readonly what: string,
  ) {}

  from(at: number): number {
    if (this.found === -2 || at < this.known || (this.found >= 0 && at > this.found)) {
      this.known = at
      this.found = this.text.indexOf(this.what, at)
    }
    return this.found
  }
}

/** The same for several things, by what they are. */
export class NextPlaces {
  private readonly places = new Map<string, NextPlace>()

  constructor(
    private readonly text: string,
    /** Each may be looked for to the end of the text, so there are no more than so many. */
    private readonly most: number,
  ) {}

  /** Absent when there are too many already. */
  of(what: string): NextPlace | undefined {
    const known = this.places.get(what)
    if (known !== undefined || this.places.size >= this.most) return known
    const place = new NextPlace(this.text, what)
    this.places.set(what, place)
    return place
  }
}
