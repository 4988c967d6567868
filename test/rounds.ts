const asked = Number(process.env['WEEKLOOM_DEPTH'])
// What is no number would try nothing, and nothing would fail.
const depth = asked > 0 ? asked : process.env['CI'] === 'true' ? 1 : 0.25

/**
 * How often something is tried whose claim is of any case: so often where a change is judged (CI), a fourth of it
 * elsewhere, so that `npm test` ends while somebody waits. `WEEKLOOM_DEPTH=1` has all of them, 10 ten times as many.
 */
export const rounds = (times: number): number => Math.ceil(times * depth)
