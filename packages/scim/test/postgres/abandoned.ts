import { startCluster } from './cluster.ts'

// A run that is going to be killed: it says which server it has, and never stops it.
const { pid, log } = await startCluster({ own: true })
process.send?.({ pid, log })
setInterval(() => {}, 1_000)
