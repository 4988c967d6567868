import { openNumbers } from './name-patterns.js'
import { numbered, periodical, type ReadPost } from './read-post.js'

/** `issue-7`, `vol.12` */
const numberedSlug = /(?:^|[^a-z])(?:issue|vol|volume)[-_. ]?\d/i

/**
 * Whether what a pattern finds is a weekly: most say so, or their names are alike but for numbers, or they make up a folder and are numbered or
 * dated. Posts that share a word, and single ones, are other posts of a blog that list what they draw on.
 */
export function isSeries(pattern: string, issues: readonly ReadPost[]): boolean {
  const areMost = (some: readonly unknown[], fewest: number) => some.length >= fewest && some.length >= 0.7 * issues.length
  const telling = issues.filter(
    ({ path, post: { title, slug } }) => periodical.test(`${path} ${title}`) || numbered.test(title) || numberedSlug.test(slug),
  )
  if (telling.length * 2 >= issues.length) return true
  const shapes = issues.map(({ post }) => openNumbers(post.slug))
  if (
    shapes.some(
      shape =>
        shape.includes('*') &&
        areMost(
          shapes.filter(each => each === shape),
          3,
        ),
    )
  )
    return true
  const ordered = issues.filter(({ post }) => post.published !== undefined || /\d/.test(post.slug))
  return /(?:^|\/)\*(?:\.[a-z]+|\/index[^/]*)$/i.test(pattern) && areMost(ordered, 5)
}
