import { type Field, readField } from './fields.js'
import type { PageFacts } from './page-facts.js'

/** Reads fields of one page and keeps where each was found, for `Article.from`. */
export class FieldReader {
  readonly from: Record<string, string> = {}
  readonly facts: PageFacts

  constructor(facts: PageFacts) {
    this.facts = facts
  }

  /** The value of a row of the table, noted under the name of the article's field. */
  take<T>(name: string, row: Field<T>): T | undefined {
    const found = readField(this.facts, row)
    if (found !== undefined) this.note(name, found.from)
    return found?.value
  }

  note(name: string, place: string): void {
    this.from[name] ??= place
  }
}
