import type { ArticleKind } from '../types.js'

/** Kinds of messages by `item_show_type`, as the pages' own table `ITEM_SHOW_TYPE_MAP` names them; all others are articles. */
const kinds: Readonly<Record<string, ArticleKind>> = {
  '5': 'video',
  '6': 'audio',
  '7': 'audio',
  '8': 'pictures',
  '10': 'text',
}

/** A pointer to the article of another account, in `copyright_info.reprint_type`; 3 is a whole copy. */
const pointer = '2'

/** What a message is. */
export function messageKind(showType: string | undefined, reprintType: string | undefined): ArticleKind {
  return kinds[showType ?? ''] ?? (reprintType === pointer ? 'share' : 'article')
}
