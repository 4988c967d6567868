// The catalogue of problems as a page: a part for each code, so that a code can be linked to.

const levels = {
  error: 'error: something was lost',
  warning: 'warning: something was mended or left out',
  note: 'note: for information',
}

export function problemPage(catalogue) {
  const parts = Object.entries(catalogue).map(
    ([code, { level, why, cure }]) => `## ${code}\n\n${levels[level]}\n\n**Why.** ${why}\n\n**What to do.** ${cure}\n`,
  )
  return `# Problems

Every problem that weekloom can report. A code is permanent: it is never renamed and never given another meaning. What happened in one
case, and where, stands in the problem's message; this page says why it happens and what to do about it. The page is made from
\`src/problem-catalogue.ts\`; a test refuses one that differs.

${parts.join('\n')}`
}
