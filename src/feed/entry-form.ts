import { aFlag, aListOf, aNumber, anObjectOf, assertForm, aText, type Check, type Form, findFlaw, makeForm, oneOf } from '../text/form.js'
import type { Account, Attachment, Dating, Entry, Meeting, Origin, Person } from '../types.js'

export const texts = /* @__PURE__ */ aListOf(aText, 'a list of texts')

export const personForm: Form<Person> = /* @__PURE__ */ makeForm<Person>('a person with `name`', () => ({
  demanded: { name: aText },
  optional: { url: aText, email: aText },
}))
export const personList = /* @__PURE__ */ aListOf(/* @__PURE__ */ anObjectOf(personForm), 'a list of persons')

const accountForm = /* @__PURE__ */ makeForm<Account>('an account with `name`', () => ({
  demanded: { name: aText },
  optional: { id: aText, userName: aText, alias: aText, image: aText },
}))

const attachmentForm = /* @__PURE__ */ makeForm<Attachment>('an attachment with `url`', () => ({
  demanded: { url: aText },
  optional: { type: aText, length: aNumber, title: aText, duration: aNumber },
}))

const datedFrom = /* @__PURE__ */ oneOf(
  'page',
  'feed',
  'front-matter',
  'file-name',
  'heading',
  'text',
  'twin',
  'neighbours',
  'issue',
  'first-seen',
)
const precision = /* @__PURE__ */ oneOf('second', 'minute', 'day')

const datingForm = /* @__PURE__ */ makeForm<Dating>('an object with `from` and `precision`', () => ({
  demanded: { from: datedFrom, precision },
  optional: { estimated: aFlag },
}))

const originForm = /* @__PURE__ */ makeForm<Origin>('an origin with `source` and `kind`', () => ({
  demanded: { source: aText, kind: oneOf('post', 'article', 'feed') },
  optional: { id: aText, url: aText, feed: aText, title: aText, published: aText, section: aText, line: aNumber, note: aText },
}))

const meetingForm = /* @__PURE__ */ makeForm<Meeting>('a meeting with `topic` and `line`', () => ({
  demanded: { topic: aText, line: aNumber },
  optional: { start: aText, end: aText, timeZone: aText, url: aText, code: aText, phones: texts, agenda: texts, replay: aText },
}))

/** What an entry has to be. Whether its texts are addresses and dates is seen when it is written: what is none is left out. */
export const entryForm: Form<Entry> = /* @__PURE__ */ makeForm<Entry>('an entry', () => ({
  demanded: {
    id: aText,
    keys: texts,
    url: aText,
    title: aText,
    authors: personList,
    tags: texts,
    kind: oneOf('issue', 'article', 'item', 'question', 'release', 'event'),
    state: oneOf('full', 'partial'),
    origins: aListOf(anObjectOf(originForm), 'a list of at least one origin', { isFilled: true }),
  },
  optional: {
    published: aText,
    dated: anObjectOf(datingForm),
    updated: aText,
    firstSeen: aText,
    account: anObjectOf(accountForm),
    summary: aText,
    html: aText,
    image: aText,
    attachments: aListOf(anObjectOf(attachmentForm), 'a list of attachments'),
    language: aText,
    meeting: anObjectOf(meetingForm),
  },
}))

/** Any entry. */
export const anEntry: Check = value => (isPlainEntry(value) ? undefined : findFlaw(value, entryForm))
export const entryList = /* @__PURE__ */ aListOf(anEntry, 'a list of entries')

/** Refuses what is no list of entries with a `WeekloomError`. */
export function assertEntries(entries: unknown, given: string): void {
  assertForm(entries, entryList, given)
}

/**
 * Whether a value is of the form beyond doubt, as by far the most entries are: writers look at ten thousand of them, and this takes a tenth of the time. False says nothing.
 */
function isPlainEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const entry: Partial<Entry> = value
  return (
    typeof entry.id === 'string' &&
    typeof entry.url === 'string' &&
    typeof entry.title === 'string' &&
    (entry.kind === 'article' || entry.kind === 'issue' || entry.kind === 'item') &&
    (entry.state === 'full' || entry.state === 'partial') &&
    mayBeText(entry.published) &&
    mayBeText(entry.updated) &&
    mayBeText(entry.summary) &&
    mayBeText(entry.html) &&
    mayBeText(entry.image) &&
    mayBeText(entry.language) &&
    (entry.account === undefined || isPlainAccount(entry.account)) &&
    (entry.dated === undefined || isPlainDating(entry.dated)) &&
    entry.attachments === undefined &&
    entry.meeting === undefined &&
    isListOf(entry.keys, isText) &&
    isListOf(entry.tags, isText) &&
    isListOf(entry.authors, isPlainPerson) &&
    isListOf(entry.origins, isPlainOrigin) &&
    entry.origins?.[0] !== undefined
  )
}

function isPlainAccount(account: Account): boolean {
  if (account === null) return false
  const { name, id, userName, alias, image } = account
  return typeof name === 'string' && mayBeText(id) && mayBeText(userName) && mayBeText(alias) && mayBeText(image)
}

function isPlainDating(dated: Dating): boolean {
  return dated !== null && dated.estimated === undefined && datedFrom(dated.from) === undefined && precision(dated.precision) === undefined
}

function isPlainPerson({ name, url, email }: Person): boolean {
  return typeof name === 'string' && mayBeText(url) && mayBeText(email)
}

function isPlainOrigin({ source, kind, id, url, feed, title, published, section, line, note }: Origin): boolean {
  return (
    typeof source === 'string' &&
    (kind === 'post' || kind === 'feed' || kind === 'article') &&
    mayBeText(id) &&
    mayBeText(url) &&
    mayBeText(feed) &&
    mayBeText(title) &&
    mayBeText(published) &&
    mayBeText(section) &&
    (line === undefined || typeof line === 'number') &&
    mayBeText(note)
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function mayBeText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isListOf<T>(values: readonly T[] | undefined, test: (value: T) => boolean): boolean {
  if (!Array.isArray(values)) return false
  for (let index = 0; index < values.length; index++) if (values[index] == null || !test(values[index])) return false
  return true
}
