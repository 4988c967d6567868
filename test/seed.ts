import fc from 'fast-check'

/** The laws are tried with the same cases everywhere, so that a red run can be had again; WEEKLOOM_SEED=$RANDOM tries others. */
fc.configureGlobal({ seed: Number(process.env['WEEKLOOM_SEED'] ?? 20_190_719) })
