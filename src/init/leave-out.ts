import { fits, matches } from './name-patterns.js'
import { ofOthers, type ReadPost } from './read-post.js'

/** Whether a generator makes no page of a file: its name, or that of a folder, has one of these forms. */
export function isUnpublished(path: string, forms: readonly string[]): boolean {
  return path.split('/').some(step => forms.some(form => fits(form, step)))
}

/** `!news/_*` for files that patterns match, though no page is made of them, and `!news/README.md` for those that tell of others. */
export function exclusionsOf(
  patterns: readonly string[],
  paths: readonly string[],
  posts: readonly ReadPost[],
  unpublished: readonly string[],
): string[] {
  const read = new Set(posts.map(({ path }) => path))
  const leftOut = paths.filter(path => isUnpublished(path, unpublished) || (ofOthers.test(path) && !read.has(path)))
  const excluded = patterns.flatMap(pattern =>
    leftOut
      .filter(path => matches(pattern, path))
      .map(path => {
        const steps = path.split('/')
        const at = steps.findIndex(step => isUnpublished(step, unpublished))
        const step = steps.at(at) ?? ''
        const wide = pattern
          .split('/')
          .with(at, unpublished.find(form => fits(form, step)) ?? step)
          .join('/')
        return `!${posts.some(post => matches(wide, post.path)) ? path : wide}`
      }),
  )
  return [...new Set(excluded)]
}
