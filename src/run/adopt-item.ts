import { adoptEntry } from '../entry/adopt-given.js'
import { assertInput } from '../text/assert-input.js'
import { aFlag, aFunction, aListOf, anObjectOf, assertForm, aTable, aText, makeForm } from '../text/form.js'
import type { SourceItem } from '../types.js'

const wantsForm = makeForm<NonNullable<SourceItem['wants']>>('an object with `url` and `key`', () => ({
  demanded: { url: aText, key: aText },
  optional: { discovered: aFlag },
}))

const itemForm = makeForm<SourceItem>('an object with `entry`', () => ({
  demanded: { entry: aTable },
  optional: { wants: anObjectOf(wantsForm), softKeys: aListOf(aText, 'a list of texts'), refine: aFunction, twin: aFlag, pictures: aTable },
}))

/**
 * Takes over what a source yields, which may be of the user's own: dates may be a `Date`, or any text that is one. Throws an error that names the field for what is no item,
 * before the rest of the run stumbles over it.
 */
export function adoptItem(item: SourceItem): SourceItem {
  assertForm(item, anObjectOf(itemForm), 'What it yields')
  assertInput(item.entry.id !== '', 'The `id` of the entry that it yields', '', 'a text that names it')
  return { ...item, entry: adoptEntry(item.entry) }
}
