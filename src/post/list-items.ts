import type { Block } from './blocks.js'

/**
 * Whether a block above can speak of one below it: in the same item of a list it can, and in the item around it even over a label; before
 * the list, only bold text does; in another item or another row of a table it cannot.
 */
export function isAround(above: Block, below: Block | undefined): 'same' | 'around' | 'before' | 'apart' {
  if (!below || above.cell !== below.cell || (above.cell && above.line !== below.line)) return 'apart'
  if (!below.item) return 'same'
  if (below.item === above.item) return 'same'
  for (let item = below.item.parent; item; item = item.parent) if (item === above.item) return 'around'
  return above.item ? 'apart' : 'before'
}

/** One of several items of a list names nothing that stands below the list. */
export function isAmongItems(blocks: readonly Block[], at: number): boolean {
  const item = blocks[at]?.item
  const above = item && blocks[at - 1]?.item
  return above !== undefined && above !== item && above.parent === item?.parent
}
