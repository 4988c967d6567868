/** The first of the marks that git leaves where two changes meet. */
export const conflictMark = /^<{7} /m

export const conflictSays = 'It has the marks of a git conflict.'
